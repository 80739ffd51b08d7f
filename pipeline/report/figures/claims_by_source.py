"""Who says how many: one row an independent statement, in order of day, no pooled value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from matplotlib.axes import Axes

from pipeline import words
from pipeline.report.figures import style
from pipeline.report.figures.picture import Caption
from pipeline.report.figures.standing_statement import value_of
from pipeline.report.figures.style import Canvas
from pipeline.report.view import GroupView, SeriesView, View

NAME: Final = "claims-by-source"
PREFERRED: Final = ("troops deployed", "troops present", "detained", "injured")
LEAST: Final = 3
MOST: Final = 12
_ROW: Final = 8.4  # mm
_AXIS: Final = 8.0  # mm below the rows
_HEAD: Final = 6.0  # mm above them
_NAMES: Final = 54.0  # mm for who says it
_CARRIED: Final = 30.0  # mm for how many carry it
_RINGS: Final = 9  # rings that the column holds; the count beside them is always whole
_VERBS: Final = {
    "troops deployed": "Troops sent",
    "troops present": "Troops present",
    "detained": "People detained",
    "injured": "People injured",
}


@dataclass(frozen=True, slots=True)
class Rows:
    """What the figure shows: the groups of one series, the widest carried kept, in order of day."""

    series: SeriesView
    groups: tuple[GroupView, ...]
    left_out: int


def select(view: View) -> Rows | None:
    """The first of PREFERRED with at least LEAST independent statements that have a number, else None."""
    for metric in PREFERRED:
        for series in view.series:
            if series.metric != metric or series.scope != "cumulative":
                continue
            numbered = [group for group in series.groups if value_of(group.first).at is not None]
            if len(numbered) >= LEAST:
                widest = sorted(numbered, key=lambda group: (-len(group.carried_by), group.group_id))[:MOST]
                kept = tuple(group for group in numbered if group in widest)
                return Rows(series, kept, len(numbered) - len(kept))
    return None


def caption(data: Rows) -> Caption:
    """The figure in words. The headline gives a span only if the numbers differ."""
    numbers = sorted(data.groups, key=lambda group: value_of(group.first).at or 0)
    low, high = numbers[0].first, numbers[-1].first
    what = _VERBS[data.series.metric]
    if value_of(low).at != value_of(high).at:
        headline = f"{what}: from {low.figure} to {high.figure}, depending on who speaks and when"
    else:
        headline = f"{what}: {low.figure}, whoever speaks"
    rows = "; ".join(
        f"{_who(group)}, {_when(group)}: {group.first.figure}, carried by {len(group.carried_by)}"
        for group in data.groups
    )
    left_out = (
        f" {data.left_out} more statements, each carried by fewer, are in the table." if data.left_out else ""
    )
    place = f", {data.series.place}" if data.series.place else ""
    people = "" if data.series.population == "all" else f" ({data.series.population})"
    return Caption(
        name=NAME,
        headline=headline,
        subtitle=f"{what}{people}{place}, as stated. One row an independent statement, in order of day.",
        note="A filled dot is an exact number, a hollow one “about”; a line that fades is open on that side. "
        f"“Carried by” counts outlets: repetition is reach, not corroboration.{left_out}",
        source=f"Claims {', '.join(group.first.claim_id for group in data.groups)}.",
        alt=f"{headline}. {rows}.",
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
    axes.set_xlim(0, top * 1.22)
    axes.set_ylim(-0.5, rows - 0.5)
    axes.set_yticks([])
    axes.spines["bottom"].set_visible(False)
    axes.spines["left"].set_color(style.QUIET)
    axes.grid(axis="x", color=style.GRID, linewidth=0.6)
    axes.set_axisbelow(True)
    axes.xaxis.set_major_formatter(lambda value, _: words.number(round(value)))
    axes.locator_params(axis="x", nbins=5)
    head = _AXIS + _ROW * rows + 2
    canvas.text(0, head, "Who said it", fontsize=style.SMALL, color=style.QUIET)
    canvas.text(style.WIDTH - _CARRIED, head, "Carried by", fontsize=style.SMALL, color=style.QUIET)
    for number, group in enumerate(data.groups):
        level = rows - 1 - number
        value = value_of(group.first)
        style.mark(axes, value, level, top * 0.12, upright=False)
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
    name = group.originator
    return name if len(name) <= 34 else name[:33] + "…"


def _when(group: GroupView) -> str:
    """The day, and the outlet that printed it first, where that is not the originator itself."""
    outlet = group.carried_by[0]
    printed = "no source named" if outlet == group.originator else outlet
    printed = printed if len(printed) <= 30 else printed[:29] + "…"
    day = group.first.stated_on
    return f"{words.short_day(day)} {day.year}, {printed}" if day else printed
