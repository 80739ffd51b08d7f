"""A count of the hurt that has the dead in it.

Rule: two exact counts of the injured for the same people and place, at most NEAR days apart, differ by
exactly the number of the dead that is given for them in the same days. The sum is our arithmetic.

What to do: use the smaller count of the injured beside the dead, or say that the larger one has the dead in
it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import polars as pl

from pipeline import words
from pipeline.compare.findings.finding import (
    SMALLEST,
    Evidence,
    Finding,
    on_days_around,
    outlet,
    rows_of,
)

NEAR: Final = 2


def find(evidence: Evidence) -> Iterator[Finding]:
    """One finding a larger count, with the two that make it up."""
    exact = evidence.record.filter(
        (pl.col("modifier") == "exact") & (pl.col("number") >= SMALLEST) & (pl.col("stance") == "asserted")
    )
    keys = ["population", "where"]
    columns = [*keys, "claim_id", "number", "stated_on"]
    hurt = exact.filter(pl.col("metric").is_in(["injured", "casualties"])).select(columns)
    dead = exact.filter(pl.col("metric") == "killed").select(columns)
    day = pl.col("stated_on").alias("day")
    near = on_days_around(hurt, NEAR, NEAR).drop("offset")
    pairs = (
        hurt.with_columns(day)
        .join(near, on=[*keys, "day"], suffix="_less", nulls_equal=True)
        .filter(pl.col("number") > pl.col("number_less"))
    )
    fallen = on_days_around(dead, NEAR, NEAR).drop("offset")
    sums = (
        pairs.with_columns((pl.col("number") - pl.col("number_less")).alias("rest"))
        .join(
            fallen.with_columns(pl.col("number").alias("rest")),
            on=[*keys, "day", "rest"],
            suffix="_dead",
            nulls_equal=True,
        )
        .sort("stated_on", "claim_id", "claim_id_less", "claim_id_dead")
        .unique(["number", "number_less", "number_dead"], keep="first", maintain_order=True)
    )
    rows = rows_of(exact, *(sums[f"claim_id{suffix}"] for suffix in ("", "_less", "_dead")))
    for row in sums.iter_rows(named=True):
        yield _finding(*(rows[row[f"claim_id{suffix}"]] for suffix in ("", "_less", "_dead")))


def _finding(total: dict[str, Any], hurt: dict[str, Any], dead: dict[str, Any]) -> Finding:
    first, second, third = (words.number(row["number"]) for row in (total, hurt, dead))
    return Finding(
        "dead_among_injured",
        "medium",
        f"{first} {words.plain(total['metric'])} is {second} {words.plain(hurt['metric'])} and {third} "
        f"killed: the dead are counted among the hurt",
        f"Printed by {outlet(total)} on {words.day(total['published_on'])}; {second}: {outlet(hurt)}; "
        f"{third}: {outlet(dead)}. That {second} and {third} make {first} is our arithmetic.",
        (total["claim_id"], hurt["claim_id"], dead["claim_id"]),
    )
