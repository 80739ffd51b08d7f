"""How well extraction does on labels, from quality.toml, with the interval that so few labels allow."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from math import sqrt
from pathlib import Path
from typing import Final

_FILE: Final = Path(__file__).parent / "quality.toml"
_Z: Final = 1.959964  # 95 % of a normal distribution lies within this many standard deviations


@dataclass(frozen=True, slots=True)
class Share:
    """A share of `count` in per cent, with the ends of its 95 % interval (Wilson 1927, score interval)."""

    part: int
    count: int

    @property
    def percent(self) -> int:
        """The share, cut and not rounded up."""
        return 100 * self.part // self.count

    @property
    def interval(self) -> tuple[int, int]:
        """Lower end cut, upper end rounded up: the interval is never told smaller than it is."""
        share, square = self.part / self.count, _Z * _Z
        centre = share + square / (2 * self.count)
        half = _Z * sqrt(share * (1 - share) / self.count + square / (4 * self.count**2))
        scale = 1 + square / self.count
        return int(100 * (centre - half) / scale), -int(-100 * (centre + half) / scale // 1)

    def __str__(self) -> str:
        low, high = self.interval
        return f"{self.percent} % ({low} to {high} %)"


@dataclass(frozen=True, slots=True)
class Quality:
    """Counts of facts on labelled articles."""

    labels: str
    articles: int
    found: int
    put_out: int
    labelled: int

    @property
    def precision(self) -> Share:
        """Of what extraction put out, how much was right."""
        return Share(self.found, self.put_out)

    @property
    def recall(self) -> Share:
        """Of what people labelled, how much was found."""
        return Share(self.found, self.labelled)


@cache
def measured() -> Quality:
    """What quality.toml records."""
    return Quality(**tomllib.loads(_FILE.read_text(encoding="utf-8")))
