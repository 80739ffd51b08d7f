"""National shares of a force that do not make the force.

Rule: one article gives FEWEST or more exact figures of troops for populations that the event says are within
one force (the first figure of each), or one sentence gives so many where the event names no populations, none
a part of another; their sum lies further than TOLERANCE from every figure that articles here give for the
force within NEAR days. The sum is ours.

What to do: ask the alliance or its members which figure is a plan. Do not print the sum as anybody's figure.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import polars as pl

from pipeline import words
from pipeline.compare.findings.finding import Evidence, Finding, figure, outlet
from pipeline.events import TOLERANCE
from pipeline.table import TEXT

FEWEST: Final = 3
NEAR: Final = 10
LEAST: Final = 100


def find(evidence: Evidence) -> Iterator[Finding]:
    """One finding a sentence."""
    within = {one.name: one.within for one in evidence.populations if one.within}
    force = pl.col("population").replace_strict(within, default=None, return_dtype=TEXT)
    troops = evidence.record.with_columns(force.alias("force")).filter(
        pl.col("metric").is_in(["troops_deployed", "troops_present"])
        & pl.col("number").is_not_null()
        & pl.col("part_of").is_null()
        & pl.col("published_on").is_not_null()
    )
    named = pl.col("force").is_not_null()
    troops = troops.with_columns(
        pl.when(~named).then("sentence_start").alias("sentence"),
        pl.when(named).then("population").otherwise("claim_id").alias("share"),
    )
    keys = ["article_id", "force", "sentence"]
    shares = troops.filter(pl.col("modifier") == "exact").sort("start")
    shares = shares.filter(pl.int_range(pl.len()).over(*keys, "share") == 0).filter(
        pl.len().over(keys) >= FEWEST
    )
    for _, claims in shares.group_by(keys, maintain_order=True):
        rows = claims.to_dicts()
        apart = (pl.col("published_on") - pl.lit(rows[0]["published_on"])).dt.total_days().abs()
        totals = troops.filter(
            (apart <= NEAR)
            & pl.col("force").is_null()
            & (pl.col("number") >= LEAST)
            & (pl.col("article_id") != rows[0]["article_id"])
            & (pl.col("number") > max(row["number"] for row in rows) / 2)
        ).sort("number", "published_on", "claim_id")
        made = sum(row["number"] for row in rows)
        off = (totals["number"] - made).abs() > made * TOLERANCE
        if totals.height and off.all():
            yield _finding(rows, made, totals.to_dicts())


def _finding(shares: list[dict[str, Any]], made: int, totals: list[dict[str, Any]]) -> Finding:
    parts = words.listing([words.number(row["number"]) for row in shares])
    given = list({row["number"]: figure(row) for row in totals}.values())
    return Finding(
        "shares_and_totals",
        "medium",
        f"Shares of {parts} make {words.number(made)}; the force is given as {words.listing(given)}",
        f"Shares: {outlet(shares[0])}, {words.day(shares[0]['published_on'])}. The sum is our arithmetic.",
        tuple(row["claim_id"] for row in (*shares, *totals)),
    )
