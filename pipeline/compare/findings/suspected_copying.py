"""An odd figure that several outlets print and that nobody is named for: they may have it from one another.

Rule: at least FEWEST outlets print one exact figure of a question within NEAR days, none names a source, no
wire joins them, and the figure is not round. It is a suspicion: the outlets stay separate pieces of evidence.

What to do: ask the outlets where the figure is from; until then do not take their number for corroboration.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import polars as pl

from pipeline import words
from pipeline.compare.findings.finding import SMALLEST, Evidence, Finding, figure, groups, outlets, whose

FEWEST: Final = 2
NEAR: Final = 14
ROUND: Final = 10  # figures that this divides are often guessed alike


def find(evidence: Evidence) -> Iterator[Finding]:
    """One finding a figure of a series."""
    keys = ["series_id", "number"]
    figures = evidence.record.filter(
        (pl.col("modifier") == "exact")
        & (pl.col("number") >= SMALLEST)
        & (pl.col("number") % ROUND != 0)
        & (pl.col("kind") != "coded")
        & pl.col("stance").is_in(["asserted", "superseded"])
        & pl.col("published_on").is_not_null()
    )
    named = pl.col("source").is_not_null() | pl.col("wire").is_not_null()
    apart = pl.col("published_on").max().over(keys) - pl.col("published_on").min().over(keys)
    bare = figures.filter(
        ~named.any().over(keys)
        & (pl.coalesce("outlet", "raw_path").n_unique().over(keys) >= FEWEST)
        & (apart.dt.total_days() <= NEAR)
    )
    for rows in groups(bare, keys, "published_on", "claim_id"):
        yield _finding(rows)


def _finding(rows: list[dict[str, Any]]) -> Finding:
    first = rows[0]
    names = outlets(rows)
    return Finding(
        "suspected_copying",
        "low",
        f"{words.listing(names)} print {figure(first)} ({whose(first)}) and name no source: they may "
        f"have it from one another",
        f"From {words.day(first['published_on'])} to {words.day(rows[-1]['published_on'])}. A suspicion: "
        f"they are counted apart.",
        tuple(row["claim_id"] for row in rows),
    )
