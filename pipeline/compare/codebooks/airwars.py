"""Airwars: a range of civilian harm and a grade of the sources behind it (Airwars methodology)."""

from __future__ import annotations

import polars as pl

from pipeline.compare.codebooks.book import NOTHING, Codebook, Rule, coded, end

_FAIR = 2  # independent sources from which harm is graded fair


def rule(codebook: Codebook) -> Rule:
    """Low and high of every source, and `fair` or `weak` by how many independent sources there are.

    The codebook's other grades (confirmed, contested, discounted) turn on who accepts responsibility, which a
    figure does not say: they are never given here.
    """
    low, high = end(codebook, "low"), end(codebook, "high")
    sources = coded(codebook).is_not_null().sum()
    grade = pl.when(sources >= _FAIR).then(pl.lit("fair")).otherwise(pl.lit("weak"))
    return Rule(uses=coded(codebook).is_not_null(), low=low.min(), best=NOTHING, high=high.max(), grade=grade)
