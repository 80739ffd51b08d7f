"""Statements two by two: compatible, in conflict, or answers to different questions, each with the reason.

Two figures disagree only if they hold for the same day. Each is set beside those of its own day and the last
of the day before it in the series, so that the work grows with the claims and not with their square.
"""

from __future__ import annotations

from typing import Final

import polars as pl

from pipeline.compare import intervals
from pipeline.compare.frames import run_of
from pipeline.schema import PAIRS

_COLUMNS: Final = ("row", "series", "group", "holds_on", "modifier", "value", "low", "high")


def compared(frame: pl.DataFrame, tolerance: float) -> pl.DataFrame:
    """The table `pairs`: the first asserted claim of each evidence group against its neighbours in time.

    `frame` has the claims numbered by `row` in the order of `claim_id`, their `series_id`, and as `series`
    the first row of it. `tolerance`: within which share of its number "about" is taken for comparison; 0: it
    has no width.
    """
    firsts = (
        frame.with_columns(
            pl.coalesce("as_of_end", "stated_on").alias("holds_on"),
            pl.col("group_id").rank("dense").alias("group"),
        )
        .select("stance", *_COLUMNS)
        .filter((pl.col("stance") == "asserted") & pl.col("holds_on").is_not_null())
        .drop("stance")
        .sort("series", "holds_on", "row")
        .filter(pl.struct("series", "group").is_first_distinct())
        .with_columns(run_of("series", "holds_on").alias("day"))
    )
    left, right = (firsts.rename({name: f"{name}_{side}" for name in _COLUMNS}) for side in "ab")
    same_day = left.join(right, on="day").filter(pl.col("group_a") < pl.col("group_b"))
    # Of the day before, the last statement stands for all: the others are compared with it.
    last = right.filter(pl.col("day").ne_missing(pl.col("day").shift(-1))).with_columns(pl.col("day") + 1)
    day_before = left.join(last, on="day").filter(pl.col("series_a") == pl.col("series_b"))
    both = pl.concat([same_day, day_before.select(same_day.columns)])
    relation, reason = _relation(tolerance)
    names = {
        "event_id": frame["event_id"].gather(both["row_a"]),
        "series_id": frame["series_id"].gather(both["row_a"]),
        "claim_a": frame["claim_id"].gather(both["row_a"]),
        "claim_b": frame["claim_id"].gather(both["row_b"]),
    }
    rows = both.select("row_a", "row_b", relation.alias("relation"), reason.alias("reason"))
    return rows.with_columns(**names).sort("series_id", "row_a", "row_b").select(PAIRS.names)


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
