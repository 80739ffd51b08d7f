"""A figure that several outlets carry and that goes back to one statement.

Rule: an evidence group whose claims stand in articles of at least OUTLETS outlets.

What to do: count it as one source, however many outlets carry it, and look for another.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import polars as pl

from pipeline import words
from pipeline.compare.findings.finding import Evidence, Finding, figure, groups, outlets, whose

OUTLETS: Final = 3


def find(evidence: Evidence) -> Iterator[Finding]:
    """One finding a group, the widest carried first."""
    printed = pl.coalesce("outlet", "raw_path")
    wide = evidence.record.filter(
        pl.col("number").is_not_null() & (printed.n_unique().over("group_id") >= OUTLETS)
    )
    found = [rows for rows in groups(wide, ["group_id"]) if len(outlets(rows)) >= OUTLETS]
    for rows in sorted(found, key=lambda rows: (-len(outlets(rows)), rows[0]["claim_id"])):
        yield _finding(rows)


def _finding(rows: list[dict[str, Any]]) -> Finding:
    first, names = rows[0], outlets(rows)
    return Finding(
        "single_origin",
        "low",
        f"{len(names)} outlets carry one statement: {first['originator']}, {figure(first)} ({whose(first)})",
        f"Carried by {words.listing(names)}, {words.day(first['stated_on'])}. Repetition is reach, not "
        f"corroboration.",
        tuple(row["claim_id"] for row in rows),
    )
