"""A running total of one source that falls to less than half: more likely another thing is counted.

Rule: an exact figure of a source is followed, on a later day, by one more than FURTHEST times smaller,
for the same question as far as the articles tell it. Smaller falls are revisions.

What to do: find out what each figure counts: cases or people, held or ever held. If they differ, they are two
series.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import polars as pl

from pipeline import words
from pipeline.compare.findings.finding import (
    EXACT_TOTAL,
    FURTHEST,
    SMALLEST,
    Evidence,
    Finding,
    outlet,
    rows_of,
    whose,
)


def find(evidence: Evidence) -> Iterator[Finding]:
    """One finding a series and source: the largest figure, and the first that is so much smaller."""
    totals = evidence.record.filter(
        EXACT_TOTAL
        & (pl.col("number") >= SMALLEST)
        & pl.col("actor_id").is_not_null()
        & pl.col("stated_on").is_not_null()
    )
    keys = ["series_id", "originator"]
    ordered = totals.sort("stated_on", "claim_id").with_columns(
        pl.col("number").cum_max().shift().over(keys).alias("before")
    )
    falls = (
        ordered.filter(pl.col("before") > pl.col("number") * FURTHEST)
        .unique(keys, keep="first", maintain_order=True)
        .select(*keys, "before", pl.col("claim_id").alias("later"), pl.col("stated_on").alias("later_on"))
    )
    firsts = (
        ordered.select(*keys, pl.col("number").alias("before"), "claim_id", "stated_on")
        .join(falls, on=[*keys, "before"])
        .filter(pl.col("stated_on") < pl.col("later_on"))
        .unique("later", keep="first", maintain_order=True)
    )
    rows = rows_of(totals, firsts["claim_id"], firsts["later"])
    for row in firsts.sort("stated_on", "claim_id").iter_rows(named=True):
        yield _finding(rows[row["claim_id"]], rows[row["later"]])


def _finding(before: dict[str, Any], after: dict[str, Any]) -> Finding:
    first, second = words.number(before["number"]), words.number(after["number"])
    return Finding(
        "definition_break",
        "low",
        f"{before['originator']} gave {first} ({whose(before)}) on {words.day(before['stated_on'])} and "
        f"{second} on {words.day(after['stated_on'])}: more likely another thing is counted than that the "
        f"total fell",
        f"{first}: {outlet(before)}, “{before['quote']}”. {second}: {outlet(after)}, “{after['quote']}”.",
        (before["claim_id"], after["claim_id"]),
    )
