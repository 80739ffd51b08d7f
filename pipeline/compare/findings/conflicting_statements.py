"""Two named sources whose figures for one question and one day no number fits both of.

Rule: pairs marked `conflict` in which both claims name an actor, the actors differ, both are running totals
and neither a stated part, neither was withdrawn, and the larger is at most FURTHEST times the smaller.

What to do: print both figures with who gave each, or ask the sources what they count. Do not average them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import polars as pl

from pipeline import words
from pipeline.compare.findings.finding import FURTHEST, Evidence, Finding, figure, groups, outlet, whose


def find(evidence: Evidence) -> Iterator[Finding]:
    """One finding a series and day, with the lowest and the highest of its figures."""
    named = evidence.record.filter(
        pl.col("actor_id").is_not_null()
        & pl.col("status").is_in(["standing", "superseded"])
        & (pl.col("scope") == "cumulative")
    )
    conflicts = evidence.pairs.filter(pl.col("relation") == "conflict")
    both = conflicts.join(_side(named, "a"), on="claim_a").join(_side(named, "b"), on="claim_b")
    smaller, larger = (pick("number_a", "number_b") for pick in (pl.min_horizontal, pl.max_horizontal))
    both = both.filter((pl.col("actor_a") != pl.col("actor_b")) & (larger <= smaller * FURTHEST))
    ids = pl.concat([both["claim_a"], both["claim_b"]]).unique().alias("claim_id")
    told = named.join(ids.to_frame(), on="claim_id", how="semi")
    for rows in groups(told, ["series_id", "stated_on"], "number", "claim_id"):
        if len({row["originator"] for row in rows}) > 1:
            yield _finding(rows)


def _side(named: pl.DataFrame, side: str) -> pl.DataFrame:
    return named.select(
        pl.col("claim_id").alias(f"claim_{side}"),
        pl.col("actor_id").alias(f"actor_{side}"),
        pl.col("number").alias(f"number_{side}"),
    )


def _finding(rows: list[dict[str, Any]]) -> Finding:
    low, high = rows[0], rows[-1]
    lines = [f"{row['originator']}: {figure(row)} ({outlet(row)})" for row in rows]
    said = words.listing(list(dict.fromkeys(lines)))
    return Finding(
        "conflicting_statements",
        "medium",
        f"{words.day(low['stated_on'])}: {low['originator']} said {figure(low)}, {high['originator']} said "
        f"{figure(high)} ({whose(low)})",
        f"{said}. No number fits both; nothing here says which is right.",
        tuple(row["claim_id"] for row in rows),
    )
