"""A stated part that is larger than the whole it is said to be a part of.

Rule: a claim's `part_of` names another claim, and the part's lower end is above the whole's upper end.
"""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from pipeline import words
from pipeline.compare.findings.finding import Evidence, Finding, figure, outlet, whose


def find(evidence: Evidence) -> Iterator[Finding]:
    """One finding a part."""
    record = evidence.record
    wholes = {row["claim_id"]: row for row in record.iter_rows(named=True)}
    for part in record.filter(pl.col("part_of").is_not_null()).iter_rows(named=True):
        whole = wholes.get(part["part_of"])
        if whole is None or whole["high"] is None or part["low"] is None or part["low"] <= whole["high"]:
            continue
        yield Finding(
            "parts_exceed_whole",
            "high",
            f"{outlet(part)}: {figure(part)} ({whose(part)}) as part of {figure(whole)} ({whose(whole)})",
            f"Printed on {words.day(part['published_on'])}. A part cannot be larger than its whole.",
            (part["claim_id"], whole["claim_id"]),
        )
