"""The alphabet of marks: one sign for each way in which a text bounds its number.

exact: a filled dot. about: a hollow dot, no width invented. at least, more than: a dot and a line that
fades towards the open side and ends at no number. range: a bar with both ends. A word without a number has
no place on an axis and is written in a lane of its own. Withdrawn: a red cross, the value struck through.
Colour says who speaks, and never says it alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from matplotlib.axes import Axes

from pipeline import words
from pipeline.report.figures import style
from pipeline.report.figures.style import WITHDRAWN, Canvas, colour
from pipeline.report.view import ClaimView

_FADE_STEPS: Final = 12
_DOT: Final = {"marker": "o", "markersize": 5.2, "markeredgewidth": 1.4}
_CROSS: Final = {"marker": "x", "markersize": 5.5, "markeredgewidth": 1.6}
SQUARE: Final = {"marker": "s", "markersize": 4.8, "markeredgewidth": 1.2, "markerfacecolor": "white"}


@dataclass(frozen=True, slots=True)
class Value:
    """What a mark shows: a claim's number with its open ends, its side, and whether it was withdrawn."""

    value: int | None
    low: int | None
    high: int | None
    modifier: str
    side: str | None
    withdrawn: bool

    @property
    def at(self) -> int | None:
        """Where the dot stands: the number stated. A range and a word have no dot."""
        return next((one for one in (self.value, self.low, self.high) if one is not None), None)


def mark(axes: Axes, value: Value, other: float, fade: float, *, upright: bool) -> None:
    """Draw `value` on its axis (y if `upright`), at `other` on the other axis.

    `fade` is the length of an open side's line in units of the value axis.
    """
    if value.at is None:
        return
    tint = WITHDRAWN if value.withdrawn else colour(value.side)

    def line(start: float, end: float, **style: object) -> None:
        along, across = (start, end), (other, other)
        axes.plot(*((across, along) if upright else (along, across)), color=tint, clip_on=False, **style)  # type: ignore[arg-type]

    if value.modifier == "range" and value.low is not None and value.high is not None:
        line(value.low, value.high, linewidth=2.4, solid_capstyle="butt")
        return
    if value.modifier in ("at_least", "more_than", "up_to", "less_than"):
        sign = 1 if value.modifier in ("at_least", "more_than") else -1
        for step in range(_FADE_STEPS):
            start, end = (value.at + sign * fade * part / _FADE_STEPS for part in (step, step + 1))
            line(start, end, linewidth=1.6, alpha=1 - step / _FADE_STEPS, solid_capstyle="butt")
    line(value.at, value.at, linestyle="none", zorder=3, **_sign(value, tint))


def _sign(value: Value, tint: str) -> dict[str, Any]:
    if value.withdrawn:
        return {**_CROSS, "markeredgecolor": tint}
    return {
        **_DOT,
        "markeredgecolor": tint,
        "markerfacecolor": "white" if value.modifier == "about" else tint,
    }


def value_of(claim: ClaimView) -> Value:
    """The claim as a mark shows it."""
    withdrawn = claim.status == "withdrawn"
    return Value(claim.value, claim.low, claim.high, claim.modifier, claim.side, withdrawn)


_MEANINGS: Final = (
    ("exact", "exact"),
    ("about", "“about”"),
    ("at_least", "“at least”"),
    ("up_to", "“up to”"),
    ("withdrawn", "withdrawn"),
)


def key(canvas: Canvas, bottom: float, values: Sequence[Value]) -> None:
    """One line that explains the marks and colours that `values` use, `bottom` mm above the body's foot."""
    used = {_kind(value) for value in values}
    left = 1.6
    for kind, meaning in _MEANINGS:
        if kind in used:
            sample = Value(1, 1, 1, kind, "press", withdrawn=kind == "withdrawn")
            if kind in ("at_least", "up_to"):
                ends = (left, left + 5) if kind == "at_least" else (left + 5, left)
                _fading(canvas, ends, bottom + 1.0)
                left = left + 5 if kind == "up_to" else left
            tint = WITHDRAWN if sample.withdrawn else style.QUIET
            canvas.line([left], [bottom + 1.0], linestyle="none", **_sign(sample, tint))
            left = _meaning(canvas, left + (6.4 if kind == "at_least" else 2.4), bottom, meaning)
    for tint, meaning in _speakers(values):
        canvas.box(left - 1.2, bottom - 0.1, 2.4, 2.4, color=tint, linewidth=0)
        left = _meaning(canvas, left + 2.4, bottom, meaning)


def _speakers(values: Sequence[Value]) -> list[tuple[str, str]]:
    """Each colour used, with the sides that speak in it."""
    sides = {value.side for value in values if not value.withdrawn}
    named: dict[str, list[str]] = {}
    for side, tint in style.SIDES.items():
        if side in sides or (side == "press" and None in sides):
            none = ["no side named"] if side == "press" and None in sides else []
            named.setdefault(tint, []).extend([*([words.plain(side)] if side in sides else []), *none])
    return [(tint, " or ".join(several)) for tint, several in named.items()]


def _kind(value: Value) -> str:
    same = {"more_than": "at_least", "less_than": "up_to", "range": "exact"}
    return "withdrawn" if value.withdrawn else same.get(value.modifier, value.modifier)


def _fading(canvas: Canvas, ends: tuple[float, float], level: float) -> None:
    for step in range(_FADE_STEPS):
        part = [ends[0] + (ends[1] - ends[0]) * at / _FADE_STEPS for at in (step, step + 1)]
        canvas.line(part, [level, level], color=style.QUIET, linewidth=1.6, alpha=1 - step / _FADE_STEPS)


def _meaning(canvas: Canvas, left: float, bottom: float, meaning: str) -> float:
    """Write what a sign means; where the next sign may stand."""
    text = canvas.text(left, bottom, meaning, fontsize=style.SMALL, color=style.QUIET)
    width = canvas.width_of(text)
    return left + width + 5.5
