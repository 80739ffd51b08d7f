"""MAVERICK: three ways to make one figure of many reports.

Each report counts, also one that repeats another; best, low and high are aggregated apart. How far the
reports disagree is said by two measures of the same authors (van Baalen and Höglund 2026, doi
10.1093/isq/sqag014).
"""

from __future__ import annotations

import polars as pl

from pipeline.compare.codebooks.book import Codebook, Rule, coded, end


def conservative(codebook: Codebook) -> Rule:
    """The smallest figure of any report."""
    best, low, high = _figures(codebook)
    return Rule(uses=best == best.min(), low=low.min(), best=best.min(), high=high.min())


def representative(codebook: Codebook) -> Rule:
    """The figure that most reports give; between figures that as many give, the lowest."""
    best, low, high = _figures(codebook)
    return Rule(uses=best == mode(best), low=mode(low), best=mode(best), high=mode(high))


def informative(codebook: Codebook) -> Rule:
    """The largest figure of any report."""
    best, low, high = _figures(codebook)
    return Rule(uses=best == best.max(), low=low.max(), best=best.max(), high=high.max())


def mode(figures: pl.Expr) -> pl.Expr:
    """The most frequent value; the lowest of those that are as frequent."""
    return figures.drop_nulls().mode().min()


def disagreement(figures: pl.Expr) -> pl.Expr:
    """The share of reports that do not give the most frequent figure: 0 where all agree."""
    given = figures.drop_nulls()
    return 1 - (given == mode(figures)).sum() / given.len()


def discrepancy(figures: pl.Expr) -> pl.Expr:
    """How many different figures reports give, less one."""
    return figures.drop_nulls().n_unique().cast(pl.Int64) - 1


def _figures(codebook: Codebook) -> tuple[pl.Expr, pl.Expr, pl.Expr]:
    return coded(codebook), end(codebook, "low"), end(codebook, "high")
