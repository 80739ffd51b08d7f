"""A source's running total that falls, though no article here reports a withdrawal.

Rule: an actor's exact figure for a question is followed, on a later day, by a lower exact figure of the same
actor whose day the article names; the first was not withdrawn and is at most FURTHEST times the second.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import polars as pl

from pipeline import words
from pipeline.compare.findings.finding import FURTHEST, Evidence, Finding, outlet, whose


def find(evidence: Evidence) -> Iterator[Finding]:
    """One finding a fall, with the claims on both sides of it."""
    totals = evidence.record.filter(
        pl.col("actor_id").is_not_null()
        & (pl.col("modifier") == "exact")
        & (pl.col("question_scope") == "cumulative")
        & (pl.col("scope") == "cumulative")
        & (pl.col("stance") == "asserted")
        & (pl.col("status") != "withdrawn")
        & pl.col("stated_on").is_not_null()
    ).sort("stated_on", "claim_id")
    for (_, _), claims in totals.group_by("series_id", "actor_id", maintain_order=True):
        highest = None
        for row in claims.iter_rows(named=True):
            if highest is not None and _falls(highest, row):
                yield _finding(highest, row, _accepted(evidence, highest, row))
                break
            if highest is None or row["value"] >= highest["value"]:
                highest = row


def _falls(before: dict[str, Any], after: dict[str, Any]) -> bool:
    lower = after["value"] < before["value"] <= after["value"] * FURTHEST
    dated = after["said_on"] is not None and after["said_on"] > before["stated_on"]
    return lower and dated


def _accepted(evidence: Evidence, before: dict[str, Any], after: dict[str, Any]) -> str | None:
    """Why the event's own list says that this fall is no surprise; None if it does not."""
    fall = (before["metric"], before["value"], after["value"])
    return next(
        (one.reason for one in evidence.accepted_falls if (one.metric, one.before, one.after) == fall), None
    )


def _finding(before: dict[str, Any], after: dict[str, Any], accepted: str | None) -> Finding:
    first, second = words.number(before["value"]), words.number(after["value"])
    why = "the event's list of accepted falls says why" if accepted else "no article here says why"
    return Finding(
        "silent_revision",
        "low" if accepted else "medium",
        f"{before['originator']} went from {first} to {second} ({whose(before)}) between "
        f"{words.day(before['stated_on'])} and {words.day(after['stated_on'])}; {why}",
        f"{first}: {outlet(before)}. {second}: {outlet(after)}. "
        f"{accepted or 'A running total that falls is a correction or a change of what is counted.'}",
        (before["claim_id"], after["claim_id"]),
    )
