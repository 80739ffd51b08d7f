"""Who says how many: one row an independent statement, in order of day, no pooled value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from matplotlib.axes import Axes

from pipeline import words
from pipeline.report.figures import marks, style
from pipeline.report.figures.marks import value_of
from pipeline.report.figures.picture import Caption, Drawing
from pipeline.report.figures.style import Canvas
from pipeline.report.view import GroupView, SeriesView, View

NAME: Final = "claims-by-source"
LACKING: Final = "No question about troops, detained or injured has three statements with a number."
LEAST: Final = 3
MOST: Final = 12
_ROW: Final = 8.4  # mm
_AXIS: Final = 8.0  # mm below the rows
_HEAD: Final = 12.0  # mm above them
_NAMES: Final = 54.0  # mm for who says it
_CARRIED: Final = 30.0  # mm for how many carry it
_RINGS: Final = 9  # rings that the column holds; the count beside them is always whole
# The questions that may be asked, in order; metrics of one question answer it in different words.
QUESTIONS: Final = {
    ("troops deployed", "troops present"): "Troops sent and present",
    ("detained",): "People detained",
    ("injured",): "People injured",
}
_SHORT: Final = {"troops deployed": "sent", "troops present": "present"}


@dataclass(frozen=True, slots=True)
class Rows:
    """What the figure shows: the groups that answer `question`, the widest carried kept, in order of day.

    `series` is the first of those they belong to: the same people and place.
    """

    question: str
    series: SeriesView
    groups: tuple[GroupView, ...]
    left_out: int


def compose(view: View) -> Drawing | None:
    """The figure, or None if no question has enough statements."""
    data = select(view)
    return Drawing(caption(data), body(data), data, draw) if data else None


def select(view: View) -> Rows | None:
    """The first of QUESTIONS with at least LEAST independent statements that have a number, else None."""
    for metrics, question in QUESTIONS.items():
        totals = [one for one in view.series if one.metric in metrics and one.scope == "cumulative"]
        for first in totals:
            same = [one for one in totals if (one.population, one.place) == (first.population, first.place)]
            groups = [group for one in same for group in one.groups if value_of(group.first).at is not None]
            if len(groups) >= LEAST:
                groups.sort(key=lambda group: (group.first.stated_on or date.max, group.group_id))
                widest = sorted(groups, key=lambda group: (-len(group.carried_by), group.group_id))[:MOST]
                kept = tuple(group for group in groups if group in widest)
                return Rows(question, first, kept, len(groups) - len(kept))
    return None


def caption(data: Rows) -> Caption:
    """The figure in words. The headline gives a span only if the numbers differ."""
    numbers = sorted(data.groups, key=lambda group: value_of(group.first).at or 0)
    low, high = numbers[0].first, numbers[-1].first
    what = data.question
    if value_of(low).at != value_of(high).at:
        headline = f"{what}: from {low.figure} to {high.figure}, depending on who speaks and when"
    else:
        headline = f"{what}: {low.figure}, whoever speaks"
    rows = tuple(
        (group.originator, _when(group), group.first.figure, str(len(group.carried_by)))
        for group in data.groups
    )
    left_out = (
        f" {data.left_out} more statements, each carried by fewer, are in the table." if data.left_out else ""
    )
    return Caption(
        name=NAME,
        headline=headline,
        subtitle=f"{what}{data.series.of_whom}, as stated. One row an independent statement, by day.",
        note=f"“Carried by” counts outlets: repetition is reach, not corroboration.{left_out}",
        columns=("Who said it", "When", "Number", "Outlets that carry it"),
        rows=rows,
        claims=tuple(group.first.claim_id for group in data.groups),
        ours=(
            *(
                (words.number(len(group.carried_by)), "outlets that carry a statement")
                for group in data.groups
            ),
            (words.number(data.left_out), "statements not drawn: those that fewest outlets carry"),
        ),
    )


def body(data: Rows) -> float:
    """Height of the figure's body in mm."""
    return _ROW * len(data.groups) + _AXIS + _HEAD


def draw(data: Rows, canvas: Canvas) -> None:
    """Names, a value axis from zero, and the count of outlets in a column of its own."""
    rows = len(data.groups)
    width = style.WIDTH - _NAMES - _CARRIED - 6
    axes = canvas.axes(_NAMES, _AXIS, width, _ROW * rows)
    top = max(value_of(group.first).at or 0 for group in data.groups)
    axes.set_ylim(-0.5, rows - 0.5)
    axes.set_yticks([])
    axes.spines["bottom"].set_visible(False)
    axes.spines["left"].set_color(style.QUIET)
    style.count_from_zero(axes, "x", top * 1.22)
    head = _AXIS + _ROW * rows + 2
    canvas.text(0, head, "Who said it", fontsize=style.SMALL, color=style.QUIET)
    canvas.text(style.WIDTH - _CARRIED, head, "Carried by", fontsize=style.SMALL, color=style.QUIET)
    marks.key(canvas, canvas.body - 4.0, [value_of(group.first) for group in data.groups])
    for number, group in enumerate(data.groups):
        level = rows - 1 - number
        value = value_of(group.first)
        marks.mark(axes, value, level, top * 0.12, upright=False)
        _value_label(axes, group, level, top)
        _row_texts(canvas, group, _AXIS + _ROW * level)


def _value_label(axes: Axes, group: GroupView, level: int, top: float) -> None:
    """The number beside its mark: on the right, or on the left where the line fades or space ends."""
    value = value_of(group.first)
    at = value.at or 0
    opens_right = value.modifier in ("at_least", "more_than")
    left = (opens_right and at > top * 0.3) or at > top * 0.8
    gap = top * (0.14 if opens_right and not left else 0.03)
    axes.text(
        at - top * 0.03 if left else at + gap,
        level,
        group.first.figure,
        ha="right" if left else "left",
        va="center",
        fontweight="bold",
        color=style.WITHDRAWN if value.withdrawn else style.colour(value.side),
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.8},
    )


def _row_texts(canvas: Canvas, group: GroupView, bottom: float) -> None:
    canvas.text(0, bottom + 4.4, _who(group), fontweight="semibold")
    canvas.text(0, bottom + 1.2, _when(group), fontsize=style.SMALL, color=style.QUIET)
    count = len(group.carried_by)
    left = style.WIDTH - _CARRIED
    canvas.text(left, bottom + 2.8, str(count), va="baseline")
    canvas.dots(left + 6, bottom + 3.9, min(count, _RINGS), style.QUIET)


def _who(group: GroupView) -> str:
    return words.shortened(group.originator, 34)


def _when(group: GroupView) -> str:
    """The day, what is counted, and the outlet that printed it first, if it is not the originator itself."""
    outlet = group.carried_by[0]
    printed = "no source named" if outlet == group.originator else outlet
    day = group.first.stated_on
    told = (f"{words.short_day(day)} {day.year}" if day else "", _SHORT.get(group.first.metric, ""), printed)
    return words.shortened(", ".join(one for one in told if one), 40)
