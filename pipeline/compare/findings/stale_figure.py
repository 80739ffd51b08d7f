"""A figure printed as a source's, after that source had given a newer one.

Rule: an article asserts a running total of a source more than GRACE days after the day on which another
article here gives a higher one of the same source and question, and does not give that one too.

What to do: use the newer figure of the source, with its day.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import polars as pl

from pipeline import words
from pipeline.compare.findings.finding import (
    EXACT_TOTAL,
    SMALLEST,
    Evidence,
    Finding,
    figure,
    outlet,
    rows_of,
    whose,
)

GRACE: Final = 1


def find(evidence: Evidence) -> Iterator[Finding]:
    """One finding an article and figure."""
    totals = evidence.record.filter(
        EXACT_TOTAL
        & (pl.col("number") >= SMALLEST)
        & pl.col("source").is_not_null()
        & pl.col("published_on").is_not_null()
        & pl.col("said_on").is_null()
    )
    keys = ["series_id", "originator"]
    # The figures that were higher than any before them, and from when a reader could have known them.
    highest = (
        totals.sort("published_on", "claim_id")
        .filter((pl.col("number") > pl.col("number").cum_max().shift().over(keys)).fill_null(value=True))
        .select(
            *keys,
            (pl.col("published_on") + pl.duration(days=GRACE + 1)).alias("from"),
            pl.col("number").alias("newer"),
            pl.col("claim_id").alias("newer_claim"),
        )
        .sort("from", maintain_order=True)
    )
    late = (
        totals.sort("published_on", "claim_id")
        .join_asof(
            highest,
            left_on="published_on",
            right_on="from",
            by=keys,
            strategy="backward",
            check_sortedness=False,
        )
        .filter(pl.col("newer") > pl.col("number"))
    )
    own = totals.select("article_id", "series_id", pl.col("number").alias("newer"))
    late = late.join(own, on=["article_id", "series_id", "newer"], how="anti")
    rows = rows_of(totals, late["newer_claim"])
    for row in late.sort("published_on", "claim_id").iter_rows(named=True):
        yield _finding(row, rows[row["newer_claim"]])


def _finding(old: dict[str, Any], newer: dict[str, Any]) -> Finding:
    days = (old["published_on"] - newer["published_on"]).days
    return Finding(
        "stale_figure",
        "low",
        f"{outlet(old)} printed {figure(old)} ({whose(old)}) on {words.day(old['published_on'])}, {days} "
        f"days after {old['originator']} had given {figure(newer)}",
        f"{figure(newer)} stood in {outlet(newer)} on {words.day(newer['published_on'])}.",
        (old["claim_id"], newer["claim_id"]),
    )
