"""A source's running total that falls, though no article here reports a withdrawal.

Rule: an actor's exact figure for a question is followed, on a later day, by a lower exact figure of the same
actor whose day the article names; the first was not withdrawn and is at most FURTHEST times the second.

What to do: ask the source. If the reason is known, put it into `[[accepted_falls]]` of event.toml, and the
finding says it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import polars as pl

from pipeline import words
from pipeline.compare.findings.finding import EXACT_TOTAL, FURTHEST, Evidence, Finding, outlet, rows_of, whose


def find(evidence: Evidence) -> Iterator[Finding]:
    """One finding a fall, with the claims on both sides of it."""
    totals = evidence.record.filter(
        EXACT_TOTAL
        & pl.col("actor_id").is_not_null()
        & (pl.col("question_scope") == "cumulative")
        & pl.col("stated_on").is_not_null()
    ).sort("stated_on", "claim_id")
    keys = ["series_id", "actor_id"]
    days = totals.group_by(*keys, "stated_on").agg(pl.col("value").max().alias("most"))
    days = days.sort(*keys, "stated_on").with_columns(
        pl.col("most").cum_max().shift().over(keys).alias("before")
    )
    falls = (
        totals.join(days.select(*keys, "stated_on", "before"), on=[*keys, "stated_on"])
        .filter(
            (pl.col("value") < pl.col("before"))
            & (pl.col("before") <= pl.col("value") * FURTHEST)
            & pl.col("said_on").is_not_null()
        )
        .sort("stated_on", "claim_id")
        .unique(keys, keep="first", maintain_order=True)
        .select(*keys, "before", pl.col("claim_id").alias("after"), pl.col("said_on").alias("after_on"))
    )
    pairs = (
        totals.select(*keys, pl.col("value").alias("before"), "claim_id", "stated_on")
        .join(falls, on=[*keys, "before"])
        .filter(pl.col("stated_on") < pl.col("after_on"))
        .sort("stated_on", "claim_id")
        .unique("after", keep="last", maintain_order=True)
    )
    rows = rows_of(totals, pairs["claim_id"], pairs["after"])
    for row in pairs.sort("stated_on", "claim_id").iter_rows(named=True):
        before, after = rows[row["claim_id"]], rows[row["after"]]
        yield _finding(before, after, _accepted(evidence, before, after))


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
