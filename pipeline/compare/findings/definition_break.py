"""A running total of one source that falls to less than half: more likely another thing is counted.

Rule: an exact figure of a source is followed, on a later day, by one more than FURTHEST times smaller,
for the same question as far as the articles tell it. Smaller falls are revisions.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import polars as pl

from pipeline import words
from pipeline.compare.findings.finding import FURTHEST, SMALLEST, Evidence, Finding, outlet, whose


def find(evidence: Evidence) -> Iterator[Finding]:
    """One finding a series and source: the largest figure, and the first that is so much smaller."""
    totals = evidence.record.filter(
        (pl.col("stance") == "asserted")
        & (pl.col("scope") == "cumulative")
        & (pl.col("modifier") == "exact")
        & (pl.col("number") >= SMALLEST)
        & pl.col("actor_id").is_not_null()
        & pl.col("stated_on").is_not_null()
        & (pl.col("status") != "withdrawn")
    )
    keys = ["series_id", "originator"]
    columns = [*keys, "number", "stated_on", "claim_id"]
    falls = (
        totals.select(columns)
        .join(totals.select(columns), on=keys, suffix="_later")
        .filter(
            (pl.col("stated_on") < pl.col("stated_on_later"))
            & (pl.col("number") > pl.col("number_later") * FURTHEST)
        )
        .sort(-pl.col("number"), "stated_on_later", "claim_id")
        .unique(keys, keep="first", maintain_order=True)
    )
    rows = {row["claim_id"]: row for row in totals.iter_rows(named=True)}
    for row in falls.sort("stated_on", "claim_id").iter_rows(named=True):
        yield _finding(rows[row["claim_id"]], rows[row["claim_id_later"]])


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
