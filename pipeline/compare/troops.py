"""The ledger of troops: announced, sent, arrived, present, leaving, left, and the days a schedule gives.

"They begin to leave in two days, over 10 days", said on 11 January, gives 13 January as the first day and 23
January as the last. The days are our arithmetic, from the sentence that tells the plan.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, Final

import polars as pl

from pipeline.compare.frames import dated
from pipeline.schema import TROOPS

_FILE: Final = Path(__file__).parent.parent / "codebooks" / "troops.toml"
_NUMBERS: Final = Path(__file__).parent.parent / "lexicon" / "numbers.toml"
_LONGEST: Final = 100  # days of a schedule
_PLANNED: Final = ("hypothetical",)


def troops(claims: pl.DataFrame, articles: pl.DataFrame) -> pl.DataFrame:
    """The table `troops`: a row a claim of a metric that counts troops."""
    rows = dated(claims, articles).filter(pl.col("metric").str.starts_with("troops_"))
    rows = rows.with_columns(_phase().alias("phase")).with_columns(*_schedule())
    starts = pl.col("stated_on") + pl.duration(days=pl.col("starts_in"))
    first = pl.coalesce(starts, pl.when(pl.col("takes").is_not_null()).then("stated_on"))
    return (
        rows.with_columns(first.alias("starts_on"))
        .with_columns((pl.col("starts_on") + pl.duration(days=pl.col("takes"))).alias("ends_by"))
        .select(TROOPS.names)
        .sort(TROOPS.key)
    )


def _phase() -> pl.Expr:
    """Where on their way the troops are: by metric, stance, and words of the quote."""
    planned = pl.col("stance").is_in(_PLANNED)
    withdrawn = pl.col("metric") == "troops_withdrawn"
    return (
        pl.when(withdrawn & (planned | _says("leaving")))
        .then(pl.lit("leaving"))
        .when(withdrawn)
        .then(pl.lit("left"))
        .when(planned)
        .then(pl.lit("announced"))
        .when(pl.col("metric") == "troops_present")
        .then(pl.lit("present"))
        .when(_says("arrived"))
        .then(pl.lit("arrived"))
        .otherwise(pl.lit("sent"))
    )


def _says(phase: str) -> pl.Expr:
    words = "|".join(_knowledge()["phases"][phase])
    return pl.col("quote").str.contains(rf"(?i)\b(?:{words})\b")


def _schedule() -> list[pl.Expr]:
    """`starts_in` and `takes`: days, from the sentence that made the claim a plan."""
    cardinals = tomllib.loads(_NUMBERS.read_text(encoding="utf-8"))["cardinals"]
    days = {str(number): number for number in range(_LONGEST)}
    days |= {word: number for word, number in cardinals.items() if number < _LONGEST}
    return [
        pl.col("stance_by")
        .str.extract(pattern)
        .str.to_lowercase()
        .replace_strict(days, default=None, return_dtype=pl.Int64())
        .alias(name)
        for name, pattern in _knowledge()["schedule"].items()
    ]


@cache
def _knowledge() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))
