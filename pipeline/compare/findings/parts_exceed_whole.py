"""A stated part, or parts of one total together, larger than the whole they are said to be of.

Rule: a claim's `part_of` names another claim, and the part's lower end is above the whole's
upper end; or the lower ends of an article's parts by place together are. The sum is our arithmetic.

What to do: read both sentences. Either one of the numbers is wrong, or the part is of something else: then
say which in a review.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import polars as pl

from pipeline import words
from pipeline.compare.findings.finding import Evidence, Finding, figure, groups, outlet, rows_of, whose


def find(evidence: Evidence) -> Iterator[Finding]:
    """One finding a part, then one a total whose parts together are too many."""
    record = evidence.record
    wholes = record.select(
        pl.col("claim_id").alias("part_of"),
        (pl.col("high") - (pl.col("modifier") == "less_than").cast(pl.Int64)).alias("limit"),
        pl.col("where").alias("of_where"),
        pl.col("metric").alias("of_metric"),
    )
    least = pl.col("low") + (pl.col("modifier") == "more_than").cast(pl.Int64)
    parts = record.filter(pl.col("low").is_not_null()).with_columns(least.alias("least"))
    parts = parts.join(wholes, on="part_of")
    larger = parts.filter(pl.col("least") > pl.col("limit")).sort("stated_on", "claim_id", nulls_last=True)
    by_place = (
        parts.filter(
            (pl.col("metric") == pl.col("of_metric"))
            & (pl.col("where") != pl.col("of_where"))
            & (pl.col("least") <= pl.col("limit"))
        )
        .unique(["part_of", "where"], keep="first", maintain_order=True)
        .filter(pl.col("low").sum().over("part_of") > pl.col("limit"))
    )
    rows = rows_of(record, larger["part_of"], by_place["part_of"])
    for part in larger.iter_rows(named=True):
        yield _one(part, rows[part["part_of"]])
    for together in groups(by_place, ["part_of"]):
        yield _together(together, rows[together[0]["part_of"]])


def _one(part: dict[str, Any], whole: dict[str, Any]) -> Finding:
    return Finding(
        "parts_exceed_whole",
        "high",
        f"{outlet(part)}: {figure(part)} ({whose(part)}) as part of {figure(whole)} ({whose(whole)})",
        f"Printed on {words.day(part['published_on'])}. A part cannot be larger than its whole.",
        (part["claim_id"], whole["claim_id"]),
    )


def _together(parts: list[dict[str, Any]], whole: dict[str, Any]) -> Finding:
    lines = words.listing([f"{figure(row)} in {row['where']}" for row in parts])
    made = words.number(sum(row["low"] for row in parts))
    return Finding(
        "parts_exceed_whole",
        "high",
        f"{outlet(whole)}: parts that make {made} of {figure(whole)} ({whose(whole)})",
        f"{lines}. Printed on {words.day(whole['published_on'])}. The sum is our arithmetic.",
        (whole["claim_id"], *(row["claim_id"] for row in parts)),
    )
