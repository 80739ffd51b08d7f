"""Figures of several sources for one question that go up and down, and that nobody here reconciles.

Rule: a running total of a series is followed, on a later day, by a lower one of another source; both are
exact and the larger is at most FURTHEST times the smaller. One finding tells all exact figures of the
series.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import polars as pl

from pipeline import words
from pipeline.compare.findings.finding import FURTHEST, SMALLEST, Evidence, Finding, outlets, whose

_FEWEST: Final = 2  # two figures are a conflict or a revision; more of them are unreconciled


def find(evidence: Evidence) -> Iterator[Finding]:
    """One finding a series, its figures in order of time."""
    exact = evidence.record.filter(
        (pl.col("modifier") == "exact")
        & (pl.col("question_scope") == "cumulative")
        & pl.col("stance").is_in(["asserted", "retracted", "superseded"])
        & pl.col("source").is_not_null()
        & pl.col("stated_on").is_not_null()
        & (pl.col("number") >= SMALLEST)
        & ~pl.col("metric").str.starts_with("troops")  # a force may shrink
    )
    firsts = exact.sort("stated_on", "claim_id").unique(["series_id", "originator", "number"], keep="first")
    side = firsts.select("series_id", "originator", "number", "stated_on")
    falls = side.join(side, on="series_id", suffix="_later").filter(
        (pl.col("originator") != pl.col("originator_later"))
        & (pl.col("stated_on") < pl.col("stated_on_later"))
        & (pl.col("number") > pl.col("number_later"))
        & (pl.col("number") <= pl.col("number_later") * FURTHEST)
    )
    told = firsts.join(falls.select("series_id").unique(), on="series_id", how="semi")
    for _, claims in told.group_by("series_id", maintain_order=True):
        rows = (
            claims.sort("stated_on", "number", "claim_id")
            .unique("number", keep="first", maintain_order=True)
            .to_dicts()
        )
        if len({row["number"] for row in rows}) > _FEWEST:
            yield _finding(rows)


def _finding(rows: list[dict[str, Any]]) -> Finding:
    steps = list(dict.fromkeys(words.number(row["number"]) for row in rows))
    lines = [
        f"{words.number(row['number'])} ({row['originator']}, {words.day(row['stated_on'])}"
        f"{', withdrawn' if row['status'] == 'withdrawn' else ''})"
        for row in rows
    ]
    return Finding(
        "unreconciled",
        "medium",
        f"{words.listing(steps)} ({whose(rows[0])}) were never reconciled",
        f"{words.listing(lines)}. Printed by {words.listing(outlets(rows))}. A later figure of another "
        f"source is lower than an earlier one, and no article here says why.",
        tuple(row["claim_id"] for row in rows),
    )
