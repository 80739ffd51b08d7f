"""A claim as an interval with open ends, and what two intervals say of each other.

"At least 164" is [164, ∞); "more than 164" begins at 165, since people are whole. "About 2,500" has no
stated width and "dozens" no numbers: neither contradicts anything until a setting or a codebook gives it
some.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl


@dataclass(frozen=True, slots=True)
class Interval:
    """Whole numbers from `low` to `high`, both included; None is an open end."""

    low: int | None
    high: int | None

    def __post_init__(self) -> None:
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"an interval cannot begin at {self.low} and end at {self.high}")

    def contradicts(self, other: Interval) -> bool:
        """Whether no number lies in both."""
        below = self.high is not None and other.low is not None and self.high < other.low
        above = other.high is not None and self.low is not None and other.high < self.low
        return below or above


def of(modifier: str, low: int | None, high: int | None) -> Interval:
    """The interval of a claim. `low` and `high` are the claim's own, open where the text left them open."""
    if modifier == "more_than" and low is not None:
        return Interval(low + 1, high)
    if modifier == "less_than" and high is not None:
        return Interval(low, high - 1)
    return Interval(low, high)


def contradicts(left: str, right: str, tolerance: float = 0) -> pl.Expr:
    """`Interval.contradicts` over frames: columns modifier, value, low and high with the suffixes given.

    `tolerance`: the share of its number by which "about" is widened for this comparison; 0 leaves it open.
    """
    low_left, high_left = _ends(left, tolerance)
    low_right, high_right = _ends(right, tolerance)
    return (high_left < low_right).fill_null(value=False) | (high_right < low_left).fill_null(value=False)


def _ends(suffix: str, tolerance: float) -> tuple[pl.Expr, pl.Expr]:
    modifier, value, low, high = (pl.col(name + suffix) for name in ("modifier", "value", "low", "high"))
    low = low + (modifier == "more_than").cast(pl.Int64)
    high = high - (modifier == "less_than").cast(pl.Int64)
    if not tolerance:
        return low, high
    about = modifier == "about"
    return (
        pl.when(about).then((value * (1 - tolerance)).floor().cast(pl.Int64)).otherwise(low),
        pl.when(about).then((value * (1 + tolerance)).ceil().cast(pl.Int64)).otherwise(high),
    )
