"""Estimates: what each named codebook would code for a series from the same evidence. None of them is ours.

A report is the first standing claim of an evidence group. Figures of a running total are rivals only if they
are of about the same time, so a codebook sees the reports of the last RECENT_DAYS of a series; the trace says
which days those are and how many reports were passed over.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

import polars as pl

from pipeline.compare.codebooks import acled, latest_standing, ucdp
from pipeline.compare.codebooks.book import Codebook, Rule, codebooks, coded
from pipeline.schema import ESTIMATES

RECENT_DAYS: Final = 7
RULES: Final[Mapping[str, Callable[[Codebook], Rule]]] = {
    "acled": acled.rule,
    "latest_standing": latest_standing.rule,
    "ucdp": ucdp.rule,
}


def estimates(claims: pl.DataFrame, series: pl.DataFrame, statements: pl.DataFrame) -> pl.DataFrame:
    """The table `estimates`: series of running totals × codebooks, as of the last day of the evidence."""
    cumulative = series.filter(pl.col("scope") == "cumulative").select("series_id")
    rows = statements.join(cumulative, on="series_id").join(
        claims.select("claim_id", "modifier", "value", "low", "high", "vague_word"), on="claim_id"
    )
    reports = _reports(rows)
    if reports.is_empty():
        return ESTIMATES.frame()
    as_of = rows["stated_on"].max()
    tables = [_coded(reports, book).with_columns(pl.lit(as_of).alias("as_of")) for book in codebooks()]
    return pl.concat(tables).select(ESTIMATES.names).sort(ESTIMATES.key)


def _reports(rows: pl.DataFrame) -> pl.DataFrame:
    """One row an evidence group that stands and is recent, with `passed`: claims of the series not used."""
    rows = rows.filter(pl.col("stated_on").is_not_null()).with_columns(
        pl.len().over("series_id").alias("all")
    )
    standing = rows.filter(pl.col("status") == "standing").with_columns(
        pl.col("stated_on").max().over("series_id").alias("until")
    )
    recent = standing.filter(pl.col("stated_on") > pl.col("until") - pl.duration(days=RECENT_DAYS))
    firsts = (
        recent.sort("stated_on", "claim_id")
        .group_by("event_id", "series_id", "group_id", maintain_order=True)
        .agg(pl.exclude("event_id", "series_id", "group_id").first())
    )
    return firsts.with_columns(
        (pl.col("all") - pl.len().over("series_id")).alias("passed"),
        pl.col("stated_on").min().over("series_id").alias("since"),
    ).sort("series_id", "stated_on", "claim_id")


def _coded(reports: pl.DataFrame, codebook: Codebook) -> pl.DataFrame:
    """What one codebook would code for each series on which it has a number."""
    rule = RULES[codebook.rule](codebook)
    trace = pl.format(
        "{} {} reports from {} to {}, one an independent statement; {} other claims passed over: "
        "repetitions, older, replaced, withdrawn or not stated as fact.",
        pl.lit(codebook.says),
        pl.len(),
        pl.col("since").min().cast(pl.String),
        pl.col("until").max().cast(pl.String),
        pl.col("passed").min(),
    )
    return (
        reports.filter(coded(codebook).is_not_null())
        .group_by("event_id", "series_id", maintain_order=True)
        .agg(
            rule.low.first().alias("low"),
            rule.best.first().alias("best"),
            rule.high.first().alias("high"),
            pl.col("claim_id").filter(rule.uses).sort().alias("claims_used"),
            trace.first().alias("trace"),
        )
        .with_columns(pl.lit(codebook.codebook_id).alias("codebook"))
    )
