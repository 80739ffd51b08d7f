"""Parts of a total that leave some of it unaccounted for.

Rule: an article gives a total and at least FEWEST parts of it by place, all exact, and they make less
than it.

What to do: say how many are not placed. A missing place is not a zero.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import polars as pl

from pipeline import words
from pipeline.compare.findings.finding import Evidence, Finding, groups, outlet, rows_of, whose

FEWEST: Final = 2


def find(evidence: Evidence) -> Iterator[Finding]:
    """One finding a total."""
    exact = evidence.record.filter((pl.col("modifier") == "exact") & pl.col("number").is_not_null())
    parts = exact.filter(pl.col("part_of").is_not_null())
    wholes = exact.select(
        pl.col("claim_id").alias("part_of"),
        pl.col("number").alias("total"),
        pl.col("where").alias("whole_where"),
        pl.col("metric").alias("whole_metric"),
    )
    placed = (
        parts.join(wholes, on="part_of")
        .filter((pl.col("where") != pl.col("whole_where")) & (pl.col("metric") == pl.col("whole_metric")))
        .unique(["part_of", "where"], keep="first", maintain_order=True)
        .with_columns(
            pl.col("number").sum().over("part_of").alias("sum"), pl.len().over("part_of").alias("of")
        )
        .filter((pl.col("of") >= FEWEST) & (pl.col("sum") < pl.col("total")))
    )
    rows = rows_of(exact, placed["part_of"])
    for together in groups(placed, ["part_of"]):
        yield _finding(rows[together[0]["part_of"]], together)


def _finding(whole: dict[str, Any], parts: list[dict[str, Any]]) -> Finding:
    total, placed = whole["number"], sum(row["number"] for row in parts)
    lines = [f"{words.number(row['number'])} in {row['where']}" for row in parts]
    return Finding(
        "parts_leave_residual",
        "low",
        f"Of {words.number(total)} ({whose(whole)}) {outlet(whole)} places {words.number(placed)}; "
        f"{words.number(total - placed)} are not placed",
        f"{words.listing(lines)}. The sum and what it leaves are our arithmetic.",
        (whole["claim_id"], *(row["claim_id"] for row in parts)),
    )
