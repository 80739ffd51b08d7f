"""Figures of several sources for one question that go up and down, and that nobody here reconciles.

Rule: a running total of a series is followed, on a later day, by a lower one of another source; both are
exact and the larger is at most FURTHEST times the smaller. One finding tells all exact figures of the
series.

What to do: give the figures in order of time with their sources, and ask the latest source how its figure
relates to the earlier ones.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import polars as pl

from pipeline import words
from pipeline.compare.findings.finding import FURTHEST, SMALLEST, Evidence, Finding, groups, outlets, whose

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
    # A fall: below the highest figure of the days before, which another source gave.
    days = firsts.group_by("series_id", "stated_on").agg(pl.col("number").max().alias("most"))
    days = days.sort("series_id", "stated_on").with_columns(
        pl.col("most").cum_max().shift().over("series_id").alias("before")
    )
    fallen = (
        firsts.join(days.select("series_id", "stated_on", "before"), on=["series_id", "stated_on"])
        .filter((pl.col("number") < pl.col("before")) & (pl.col("before") <= pl.col("number") * FURTHEST))
        .select("series_id", "originator", "before")
    )
    gave = firsts.select("series_id", pl.col("originator").alias("other"), pl.col("number").alias("before"))
    falls = fallen.join(gave, on=["series_id", "before"]).filter(pl.col("originator") != pl.col("other"))
    told = (
        firsts.join(falls.select("series_id").unique(), on="series_id", how="semi")
        .sort("stated_on", "number", "claim_id")
        .unique(["series_id", "number"], keep="first", maintain_order=True)
    )
    for rows in groups(told, ["series_id"]):
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
