"""Statements two by two: compatible, in conflict, or answers to different questions, each with the reason.

Two figures disagree only if they hold for the same day. Each is set beside those of its own day and the last
of the day before it in the series, so that the work grows with the claims and not with their square.
"""

from __future__ import annotations

from typing import Final

import polars as pl

from pipeline.compare import intervals
from pipeline.schema import PAIRS

_COLUMNS: Final = ("claim_id", "group_id", "originator", "holds_on", "modifier", "value", "low", "high")


def compared(frame: pl.DataFrame, tolerance: float) -> pl.DataFrame:
    """The table `pairs`: the first asserted claim of each evidence group against its neighbours in time.

    `tolerance`: within which share of its number "about" is taken for comparison; 0: it has no width.
    """
    firsts = (
        frame.filter(pl.col("stance") == "asserted")
        .with_columns(pl.coalesce("as_of_end", "stated_on").alias("holds_on"))
        .sort("holds_on", "claim_id", nulls_last=True)
        .group_by("event_id", "series_id", "group_id", maintain_order=True)
        .agg(pl.col(name).first() for name in _COLUMNS if name != "group_id")
        .with_columns(pl.col("holds_on").rank("dense").over("series_id").alias("step"))
    )
    left = firsts.rename({name: f"{name}_a" for name in _COLUMNS})
    right = firsts.drop("event_id").rename({name: f"{name}_b" for name in _COLUMNS})
    same_day = left.join(right, on=["series_id", "step"]).filter(pl.col("group_id_a") < pl.col("group_id_b"))
    # Of the day before, the last statement stands for all: the others are compared with it.
    last = right.sort("claim_id_b").unique(["series_id", "step"], keep="last", maintain_order=True)
    day_before = left.join(last.with_columns(pl.col("step") + 1), on=["series_id", "step"])
    both = pl.concat([same_day, day_before.select(same_day.columns)])
    relation, reason = _relation(tolerance)
    return (
        both.with_columns(relation.alias("relation"), reason.alias("reason"))
        .rename({"claim_id_a": "claim_a", "claim_id_b": "claim_b"})
        .select(PAIRS.names)
        .sort(PAIRS.key)
    )


def _relation(tolerance: float) -> tuple[pl.Expr, pl.Expr]:
    """What two statements are to each other, and why: the first reading that applies."""
    vague = (pl.col("modifier_a") == "vague") | (pl.col("modifier_b") == "vague")
    about = (pl.col("modifier_a") == "about") | (pl.col("modifier_b") == "about")
    widened = f", 'about' taken as within {tolerance:.0%}, a setting of ours"
    apart = intervals.contradicts("_a", "_b", tolerance)
    readings = (
        (
            pl.col("holds_on_a").ne_missing(pl.col("holds_on_b")),
            "different question",
            "they hold for different days",
        ),
        (vague, "compatible", "a word without a number contradicts nothing"),
        (about & (tolerance == 0), "compatible", "'about' states no width"),
        (about & apart, "conflict", f"same day, and no number fits both{widened}"),
        (about, "compatible", f"same day, and a number fits both{widened}"),
        (apart, "conflict", "same day, and no number fits both"),
    )
    relation, reason = pl.lit("compatible"), pl.lit("same day, and a number fits both")
    for condition, name, why in reversed(readings):
        relation = pl.when(condition).then(pl.lit(name)).otherwise(relation)
        reason = pl.when(condition).then(pl.lit(why)).otherwise(reason)
    return relation, reason
