"""One side's figure against the other's: a dumbbell a question, an empty square where a side is silent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from matplotlib.axes import Axes

from pipeline import words
from pipeline.report.codebooks import ANY_SIDE
from pipeline.report.figures import marks, style
from pipeline.report.figures.picture import Caption, Drawing
from pipeline.report.figures.style import Canvas
from pipeline.report.view import EstimateView, SeriesView, View

NAME: Final = "claim-against-claim"
LACKING: Final = "No question here has a number from each of two sides."
RULE: Final = "latest_by_side"
MOST: Final = 10
_TINTS: Final = (style.SIDES["authorities"], style.SIDES["ally"])
_ROW: Final = 9.0  # mm
_SILENT: Final = -0.03  # where the empty square stands, as a part of the axis: off it, since it is no zero
_AXIS, _HEAD, _NAMES, _RATIO = 8.0, 7.0, 58.0, 22.0


Ends = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Row:
    """One question with each side's lowest and highest standing figure; None where a side is silent."""

    series: SeriesView
    first: Ends | None
    second: Ends | None


@dataclass(frozen=True, slots=True)
class Sides:
    """The two sides that answer most questions, and the questions that either answers."""

    first: str
    second: str
    rows: tuple[Row, ...]


def compose(view: View) -> Drawing | None:
    """The figure, or None if no question was answered by two sides."""
    data = select(view)
    if data is None:
        return None
    body = _ROW * len(data.rows) + _AXIS + _HEAD
    return Drawing(caption(data), body, data, draw)


def select(view: View) -> Sides | None:
    """The two sides that answer most questions both; of one metric, the questions that both answer first."""
    totals = [series for series in view.series if series.scope == "cumulative"]
    given = {series.series_id: _by_side(series.estimates) for series in totals}
    pairs = Counter(pair for sides in given.values() for pair in _pairs(sorted(sides)))
    if not pairs:
        return None
    (first, second), _ = max(pairs.items(), key=lambda item: (item[1], item[0]))
    rows = [
        Row(series, given[series.series_id].get(first), given[series.series_id].get(second))
        for series in totals
        if {first, second} & given[series.series_id].keys()
    ]
    rows.sort(key=lambda row: row.first is None or row.second is None)
    # One axis counts one thing.
    same = [row for row in rows if row.series.metric == rows[0].series.metric]
    return Sides(first, second, tuple(same[:MOST]))


def _by_side(estimates: Sequence[EstimateView]) -> dict[str, Ends]:
    """The figures that each side stands by: one, or the lowest and the highest."""
    stood: dict[str, Ends] = {}
    for one in estimates:
        given = [figure for figure in (one.best, one.low, one.high) if figure is not None]
        if one.codebook == RULE and one.side != ANY_SIDE and given:
            stood[one.side] = (min(given), max(given))
    return stood


def _pairs(sides: Sequence[str]) -> list[tuple[str, str]]:
    return [(one, other) for index, one in enumerate(sides) for other in sides[index + 1 :]]


def caption(data: Sides) -> Caption:
    """The figure in words. The headline names the question on which the sides are furthest apart."""
    first, second = words.plain(data.first), words.plain(data.second)
    both = [row for row in data.rows if _ratio(row)]
    furthest = max(both, key=lambda row: _ratio(row) or 0, default=None)
    if furthest is not None and (_ratio(furthest) or 0) > 1:
        headline = (
            f"{_question(furthest.series)}: {_shown(furthest.first)} according to {first}, "
            f"{_shown(furthest.second)} according to {second}"
        )
    else:
        headline = f"{first.capitalize()} and {second} give the same figures"
    return Caption(
        name=NAME,
        headline=headline,
        subtitle=f"Latest standing figure of {first} and of {second}, question by question.",
        note="An empty square: that side gives no number here, which is not zero. The ratio is ours.",
        columns=("Question", first.capitalize(), second.capitalize(), "Ratio (ours)"),
        rows=tuple(
            (_question(row.series), _shown(row.first), _shown(row.second), _ratio_shown(row))
            for row in data.rows
        ),
        claims=tuple(group.first.claim_id for row in data.rows for group in row.series.groups),
        ours=tuple((_ratio_shown(row)[:-1], "ratio of the ends nearest to each other") for row in data.rows),
    )


def _question(series: SeriesView) -> str:
    return f"{series.metric.capitalize()}{series.of_whom}"


def _shown(ends: Ends | None) -> str:
    if ends is None:
        return "no figure"
    return " to ".join(words.number(end) for end in dict.fromkeys(ends))


def _ratio(row: Row) -> float | None:
    """The ratio of the ends nearest to each other; 1 where the figures of both sides meet."""
    if row.first is None or row.second is None:
        return None
    lower, upper = sorted((row.first, row.second))
    return max(1.0, upper[0] / lower[1]) if lower[1] else None


def _ratio_shown(row: Row) -> str:
    ratio = _ratio(row)
    return "" if ratio is None else f"{ratio:.1f}×"


def draw(data: Sides, canvas: Canvas) -> None:
    """One row a question."""
    rows = len(data.rows)
    width = style.WIDTH - _NAMES - _RATIO
    axes = canvas.axes(_NAMES, _AXIS, width, _ROW * rows)
    top = max(ends[1] for row in data.rows for ends in (row.first, row.second) if ends) * 1.12 or 1
    axes.set_ylim(-0.5, rows - 0.5)
    axes.set_yticks([])
    style.count_from_zero(axes, "x", top)
    for number, row in enumerate(data.rows):
        level = rows - 1 - number
        _dumbbell(axes, row, level)
        bottom = _AXIS + _ROW * (level + 0.5) - 1.1
        canvas.fit(canvas.text(0, bottom, _question(row.series), fontweight="semibold"), _NAMES - 4)
        canvas.text(style.WIDTH, bottom, _ratio_shown(row), ha="right")
    _key(canvas, data)


def _dumbbell(axes: Axes, row: Row, level: int) -> None:
    if row.first and row.second:
        lower, upper = sorted((row.first, row.second))
        axes.plot([lower[1], upper[0]], [level] * 2, color=style.QUIET, linewidth=1.2, zorder=1)
    for ends, other, tint in ((row.first, row.second, _TINTS[0]), (row.second, row.first, _TINTS[1])):
        look: dict[str, Any] = {"color": tint, "clip_on": False, "zorder": 3}
        if ends is None:
            look["transform"] = axes.get_yaxis_transform()
            axes.plot([_SILENT], [level], **{**look, **marks.SQUARE, "linestyle": "none"})
            continue
        axes.plot(ends, [level] * 2, marker="o", markersize=5.6, linewidth=2.4, **look)
        right = other is None or ends >= other
        axes.annotate(
            _shown(ends),
            (ends[1] if right else ends[0], level),
            (6 if right else -6, 0),
            textcoords="offset points",
            ha="left" if right else "right",
            va="center",
            fontweight="bold",
            color=tint,
        )


def _key(canvas: Canvas, data: Sides) -> None:
    left, bottom = 1.4, canvas.body - 3.4
    for side in (data.first, data.second):
        canvas.line(
            [left], [bottom + 0.9], linestyle="none", marker="o", markersize=5.4, color=style.colour(side)
        )
        text = canvas.text(left + 2.4, bottom, words.plain(side), fontsize=style.SMALL, color=style.QUIET)
        left += canvas.width_of(text) + 7
    canvas.line([left], [bottom + 0.9], linestyle="none", **marks.SQUARE, markeredgecolor=style.QUIET)
    canvas.text(left + 2.4, bottom, "no figure given", fontsize=style.SMALL, color=style.QUIET)
