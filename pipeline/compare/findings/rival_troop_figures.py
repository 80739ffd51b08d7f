"""Two figures for one force that stand side by side: one announced, one counted, and no source
reconciles them.

Rule: two sources' figures for the same troops differ by more than TOLERANCE and at most FURTHEST times,
and each is still printed as a fact on or after a day on which the other had been.

What to do: say of each figure what it is: announced or counted, and by whom. Neither corrects the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import polars as pl

from pipeline import words
from pipeline.compare.findings.finding import (
    FURTHEST,
    Evidence,
    Finding,
    figure,
    outlets,
    words_of_force,
)
from pipeline.events import TOLERANCE

LEAST: Final = 100


def find(evidence: Evidence) -> Iterator[Finding]:
    """One finding a force: the figures of each family, with the days on which they were printed."""
    troops = evidence.record.filter(
        pl.col("metric").is_in(["troops_deployed", "troops_present"])
        & pl.col("stance").is_in(["asserted", "hypothetical"])
        & (pl.col("number") >= LEAST)
        & pl.col("published_on").is_not_null()
        & pl.col("scope").is_in(["cumulative"])
    )
    spans = troops.group_by("population", "number").agg(
        pl.col("published_on").min().alias("first"),
        pl.col("published_on").max().alias("last"),
        pl.col("claim_id").n_unique().alias("printed"),
    )
    both = spans.join(spans, on="population", suffix="_b").filter(
        (pl.col("number") > pl.col("number_b") * (1 + TOLERANCE))
        & (pl.col("number") <= pl.col("number_b") * FURTHEST)
        & (pl.col("last") >= pl.col("first_b"))
        & (pl.col("last_b") >= pl.col("first"))
        & (pl.col("printed") > 1)
    )
    for (population,), pairs in both.group_by("population", maintain_order=True):
        largest = pairs["number"].max()
        lower = pairs.filter(pl.col("number") == largest)["number_b"].unique().to_list()
        of_force = troops.filter(pl.col("population") == population).sort("published_on", "claim_id")
        high = of_force.filter(pl.col("number") == largest).to_dicts()
        low = of_force.filter(pl.col("number").is_in(lower)).to_dicts()
        if high and low:
            yield _finding(high, low)


def _finding(high: list[dict[str, Any]], low: list[dict[str, Any]]) -> Finding:
    family = list(dict.fromkeys(figure(row) for row in sorted(low, key=lambda row: row["number"])))
    return Finding(
        "rival_troop_figures",
        "medium",
        f"Two figures for {words_of_force(high[0])} stand side by side: {figure(high[0])}, and "
        f"{words.listing(family)}",
        f"{figure(high[0])}: {high[0]['originator']}, printed from {words.day(high[0]['published_on'])} to "
        f"{words.day(high[-1]['published_on'])} by {words.listing(outlets(high))}. {words.listing(family)}: "
        f"{low[0]['originator']}, printed from {words.day(low[0]['published_on'])} to "
        f"{words.day(low[-1]['published_on'])} by {words.listing(outlets(low))}. No article here reconciles "
        f"them.",
        tuple(row["claim_id"] for row in (*high, *low)),
    )
