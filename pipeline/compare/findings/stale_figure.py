"""A figure printed as a source's, after that source had given a newer one.

Rule: an article asserts a running total of a source more than GRACE days after the day on which another
article here gives a higher one of the same source and question, and does not give that one too.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import polars as pl

from pipeline import words
from pipeline.compare.findings.finding import SMALLEST, Evidence, Finding, figure, outlet, whose

GRACE: Final = 1


def find(evidence: Evidence) -> Iterator[Finding]:
    """One finding an article and figure."""
    totals = evidence.record.filter(
        (pl.col("stance") == "asserted")
        & (pl.col("scope") == "cumulative")
        & (pl.col("modifier") == "exact")
        & (pl.col("number") >= SMALLEST)
        & pl.col("source").is_not_null()
        & (pl.col("status") != "withdrawn")
        & pl.col("published_on").is_not_null()
        & pl.col("said_on").is_null()
    )
    keys = ["series_id", "originator"]
    steps = (
        totals.sort("published_on", "claim_id")
        .unique([*keys, "number"], keep="first", maintain_order=True)
        .select(*keys, "number", "published_on", "claim_id")
    )
    late = (
        totals.join(steps, on=keys, suffix="_newer")
        .filter(
            (pl.col("number_newer") > pl.col("number"))
            & ((pl.col("published_on") - pl.col("published_on_newer")).dt.total_days() > GRACE)
        )
        .sort("number_newer", "claim_id_newer")
        .unique("claim_id", keep="last", maintain_order=True)
    )
    own = totals.select("article_id", "series_id", pl.col("number").alias("number_newer"))
    late = late.join(own, on=["article_id", "series_id", "number_newer"], how="anti")
    rows = {row["claim_id"]: row for row in totals.iter_rows(named=True)}
    for row in late.sort("published_on", "claim_id").iter_rows(named=True):
        yield _finding(row, rows[row["claim_id_newer"]])


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
