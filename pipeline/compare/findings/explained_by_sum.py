"""A figure that no office gives, and that an office's total and its later addition would explain.

Rule: a figure that the article ties to no source, or only to the press, lies within TOLERANCE of a total
and an addition to it that sources gave in the BEFORE days before. The sum is our arithmetic, and a guess
at the origin.

What to do: ask the outlet where its figure is from. Do not print our sum: it explains a figure and supports
none.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import polars as pl

from pipeline import words
from pipeline.compare.findings.finding import (
    Evidence,
    Finding,
    figure,
    on_days_around,
    outlet,
    rows_of,
    whose,
)
from pipeline.events import TOLERANCE

BEFORE: Final = 4
LEAST: Final = 100  # below this, sums fit by chance


def find(evidence: Evidence) -> Iterator[Finding]:
    """One finding a figure and day, the sum that comes nearest."""
    record = evidence.record.filter(
        (pl.col("stance") == "asserted") & (pl.col("number") >= LEAST) & pl.col("stated_on").is_not_null()
    )
    office = pl.col("source").is_not_null() & (pl.col("side").fill_null("") != "press")
    bare = record.filter(
        ~office
        & (pl.col("scope") == "cumulative")
        & pl.col("modifier").is_in(["about", "more_than", "exact"])
    )
    totals = _once(record.filter(office & (pl.col("scope") == "cumulative")))
    added = _once(record.filter(office & (pl.col("scope") == "change")))
    keys = ["metric", "population", "day"]
    before, added_before = (on_days_around(one, 0, BEFORE).drop("offset") for one in (totals, added))
    near = (
        _once(bare)
        .lazy()
        .with_columns(pl.col("stated_on").alias("day"))
        .join(added_before.lazy(), on=keys, suffix="_added")  # the fewest
        .join(before.lazy(), on=keys, suffix="_total")
        .with_columns((pl.col("number_total") + pl.col("number_added") - pl.col("number")).abs().alias("off"))
        .filter(
            (pl.col("off") <= pl.col("number") * TOLERANCE)
            & (pl.col("number_total") < pl.col("number"))
            & (pl.col("stated_on_total") <= pl.col("stated_on_added"))
        )
        .collect(engine="streaming")  # of the many sums only those that fit are held
    )
    sums = (
        near.sort(
            ~(pl.col("exact_total") & pl.col("exact_added")),
            "off",
            "claim_id",
            "claim_id_total",
            "claim_id_added",
        )
        .unique(["metric", "number"], keep="first", maintain_order=True)
        .sort("stated_on", "claim_id")
    )
    rows = rows_of(record, *(sums[f"claim_id{suffix}"] for suffix in ("", "_total", "_added")))
    for row in sums.iter_rows(named=True):
        yield _finding(*(rows[row[f"claim_id{suffix}"]] for suffix in ("", "_total", "_added")))


def _once(record: pl.DataFrame) -> pl.DataFrame:
    """Each figure of a day once, by its first claim: what a hundred articles repeat makes one sum."""
    figures = ["metric", "population", "number", "exact", "stated_on"]
    told = record.with_columns((pl.col("modifier") == "exact").alias("exact")).select("claim_id", *figures)
    return told.sort("claim_id").unique(figures, keep="first")


def _finding(bare: dict[str, Any], total: dict[str, Any], added: dict[str, Any]) -> Finding:
    first, second = words.number(total["number"]), words.number(added["number"])
    both = words.number(total["number"] + added["number"])
    return Finding(
        "explained_by_sum",
        "medium",
        f"{outlet(bare)} printed {figure(bare)} ({whose(bare)}) for which no office is named; {first} and "
        f"{second} make {both}",
        f"{first}: {total['originator']}, {words.day(total['stated_on'])}. {second}, an addition: "
        f"{added['originator']}, {words.day(added['stated_on'])}. The sum is our arithmetic; that the figure "
        f"came of it is not known.",
        (bare["claim_id"], total["claim_id"], added["claim_id"]),
    )
