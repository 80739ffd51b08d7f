"""One number for two facts in one article, which a reader or a copyist may take for one.

Rule: an article gives the same exact number, of SMALLEST or more, for two metrics or for two peoples,
and neither is a part of the other.

What to do: check that a quotation of the number says which of the two facts it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import polars as pl

from pipeline import words
from pipeline.compare.findings.finding import SMALLEST, Evidence, Finding, groups, outlet, whose


def find(evidence: Evidence) -> Iterator[Finding]:
    """One finding an article and number."""
    exact = evidence.record.filter(
        (pl.col("modifier") == "exact")
        & (pl.col("number") >= SMALLEST)
        & (pl.col("stance") == "asserted")
        & (pl.col("kind") != "coded")
    )
    keys = ["article_id", "number"]
    people = pl.col("population").filter(pl.col("population") != "all").n_unique().over(keys)
    several = exact.filter((pl.col("metric").n_unique().over(keys) > 1) | (people > 1))
    for rows in groups(several, keys, "start", "claim_id"):
        yield _finding(rows)


def _finding(rows: list[dict[str, Any]]) -> Finding:
    first = rows[0]
    facts = list(dict.fromkeys(whose(row) for row in rows))
    return Finding(
        "value_collision",
        "low",
        f"{outlet(first)}: {words.number(first['number'])} stands for two facts: {words.listing(facts)}",
        f"Printed on {words.day(first['published_on'])}. They are kept apart here.",
        tuple(row["claim_id"] for row in rows),
    )
