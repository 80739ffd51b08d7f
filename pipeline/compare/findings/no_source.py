"""A figure that no article here ties to a source.

Rule: no claim of the series with that number has an attribution, and no wire or source link joins it to
one that has; the figure is asserted, and not a part or a change of another.

What to do: look for the source before you use the figure; if there is none, say so beside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import polars as pl

from pipeline import words
from pipeline.compare.findings.finding import SMALLEST, Evidence, Finding, figure, groups, outlets, whose


def find(evidence: Evidence) -> Iterator[Finding]:
    """One finding a figure of a series."""
    figures = evidence.record.filter(
        (pl.col("number") >= SMALLEST) & (pl.col("scope") == "cumulative") & (pl.col("kind") != "coded")
    )
    keys = ["series_id", "number"]
    sourced = pl.col("source").is_not_null() | pl.col("attribution").is_not_null()
    bare = figures.filter(
        ~sourced.any().over(keys) & ~sourced.any().over("group_id") & (pl.col("stance") == "asserted")
    )
    for rows in groups(bare, keys, "published_on", "claim_id"):
        yield _finding(rows)


def _finding(rows: list[dict[str, Any]]) -> Finding:
    first = rows[0]
    names = outlets(rows)
    return Finding(
        "no_source",
        "low",
        f"{words.listing(names)} printed {figure(first)} ({whose(first)}) and named no source",
        f"First printed here on {words.day(first['published_on'])}. No article here ties the figure to "
        f"anyone.",
        tuple(row["claim_id"] for row in rows),
    )
