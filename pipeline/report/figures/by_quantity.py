"""Small multiples: every stated number by quantity and day, each panel on its own scale from zero."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from matplotlib.axes import Axes
from matplotlib.transforms import Bbox

from pipeline import words
from pipeline.report.figures import marks, style
from pipeline.report.figures.labels import Label, Labeller
from pipeline.report.figures.picture import Caption, Drawing
from pipeline.report.figures.points import Point, points
from pipeline.report.figures.style import Canvas
from pipeline.report.figures.timeline import EARLY_DAYS
from pipeline.report.view import SeriesView, View

NAME: Final = "by-quantity"
LACKING: Final = "Fewer than two quantities were given twice or more: there is nothing to set side by side."
LEAST: Final = 2  # numbers in a panel, and panels
MOST: Final = 6
COLUMNS: Final = 3
_PANEL: Final = 48.0  # mm, with its title and days
_HEAD: Final = 7.0
_LEFT, _BOTTOM, _TOP, _GAP = 11.0, 7.0, 8.0, 4.0
_LABELS: Final = 3
_FADE: Final = 0.12


@dataclass(frozen=True, slots=True)
class Quantity:
    """One panel: a series and its numbers in the days shown; `later` were stated after them."""

    series: SeriesView
    points: tuple[Point, ...]
    later: int


def compose(view: View) -> Drawing | None:
    """The figure, or None if fewer than LEAST quantities have numbers."""
    panels = select(view)
    if len(panels) < LEAST:
        return None
    body = _HEAD + _PANEL * -(-len(panels) // COLUMNS)
    return Drawing(caption(panels), body, panels, draw)


def select(view: View) -> tuple[Quantity, ...]:
    """For each metric the running total with the most statements, from the first day on."""
    best: dict[str, SeriesView] = {}
    for series in view.series:
        if series.scope == "cumulative":
            best.setdefault(series.metric, series)
    stated = {metric: tuple(points(series)) for metric, series in best.items()}
    days = [point.day for several in stated.values() if len(several) >= LEAST for point in several]
    if not days:
        return ()
    until = min(days) + timedelta(days=EARLY_DAYS)
    shown = (_quantity(best[metric], several, until) for metric, several in stated.items())
    return tuple(one for one in shown if len(one.points) >= LEAST)[:MOST]


def _quantity(series: SeriesView, stated: Sequence[Point], until: date) -> Quantity:
    early = tuple(point for point in stated if point.day <= until)
    return Quantity(series, early, len(stated) - len(early))


def caption(panels: Sequence[Quantity]) -> Caption:
    """The figure in words."""
    days = [point.day for one in panels for point in one.points]
    later = sum(one.later for one in panels)
    after = f" {words.number(later)} later statements are in the table of claims." if later else ""
    names = words.listing([one.series.metric for one in panels])
    numbers = [len({point.value.at for point in one.points}) for one in panels]
    most = max(range(len(panels)), key=lambda index: (numbers[index], -index))
    first, last = words.day(min(days)), words.day(max(days))
    different = f"{words.number(numbers[most])} different numbers from {first} to {last}"
    headline = f"{_title(panels[most].series)}: {different}, more than of any other quantity"
    if numbers.count(numbers[most]) > 1:
        headline = f"Numbers stated of {names}"
    return Caption(
        name=NAME,
        headline=headline,
        subtitle=f"Numbers stated of {names}, {first} to {last}. Each panel has its own scale, from zero.",
        note="Marks are not joined: later numbers may count other people." + after,
        columns=("Quantity", "Stated on", "Number", "Who"),
        rows=tuple(
            (_title(one.series), words.day(point.day), point.claim.figure, point.who)
            for one in panels
            for point in one.points
        ),
        claims=tuple(dict.fromkeys(point.claim.claim_id for one in panels for point in one.points)),
        ours=(
            (words.number(numbers[most]), "different numbers in the panel that has most"),
            (words.number(later), "statements after the days shown"),
        ),
    )


def _title(series: SeriesView) -> str:
    people = "" if series.population == "all" else f", {series.population}"
    return f"{series.metric.capitalize()}{people}"


def draw(panels: Sequence[Quantity], canvas: Canvas) -> None:
    """Three panels a row, all with the same days."""
    days = [point.day for one in panels for point in one.points]
    first, last = min(days), max(days)
    width = style.WIDTH / COLUMNS
    made = []
    for number, one in enumerate(panels):
        row, column = divmod(number, COLUMNS)
        bottom = canvas.body - _HEAD - _PANEL * (row + 1)
        left = width * column
        size = (width - _LEFT - _GAP, _PANEL - _BOTTOM - _TOP)
        axes = canvas.axes(left + _LEFT, bottom + _BOTTOM, *size)
        canvas.text(left, bottom + _PANEL - 4.6, _title(one.series), fontweight="bold")
        _panel(axes, one, first, last)
        made.append(axes)
    marks.key(canvas, canvas.body - 3.6, [point.value for one in panels for point in one.points])
    _label(canvas, panels, made, first)


def _panel(axes: Axes, one: Quantity, first: date, last: date) -> None:
    top = max(point.value.at or 0 for point in one.points) * 1.3
    span = max((last - first).days, 1)
    axes.set_xlim(-0.06 * span, span * 1.06)
    style.count_from_zero(axes, "y", top, ticks=4)
    axes.spines["left"].set_visible(False)
    ticks = sorted({0, span // 2, span})
    axes.set_xticks(ticks, [words.short_day(first + timedelta(days=tick)) for tick in ticks])
    for point in one.points:
        marks.mark(axes, point.value, (point.day - first).days, top * _FADE, upright=True)


def _label(canvas: Canvas, panels: Sequence[Quantity], made: Sequence[Axes], first: date) -> None:
    for one, axes in zip(panels, made, strict=True):
        box = axes.get_window_extent()
        labeller = Labeller(
            canvas.figure, Bbox.from_extents(box.x0, box.y0, box.x1 + box.width * 0.08, box.y1)
        )
        labeller.avoid_texts()
        anchors = {point: _anchor(axes, point, first) for point in one.points}
        labeller.avoid(list(anchors.values()), 3.0)
        for point in _telling(one):
            tint = style.QUIET if point.value.withdrawn else style.colour(point.value.side)
            label = Label(anchors[point], point.claim.figure, "", tint, struck=point.value.withdrawn)
            labeller.place(label)


def _anchor(axes: Axes, point: Point, first: date) -> tuple[float, float]:
    x, y = axes.transData.transform(((point.day - first).days, point.value.at or 0))
    return float(x), float(y)


def _telling(one: Quantity) -> Iterator[Point]:
    """The numbers worth a label: the first withdrawn, the last, the highest."""
    withdrawn = [point for point in one.points if point.value.withdrawn]
    highest = max(one.points, key=lambda point: (point.value.at or 0, -point.day.toordinal()))
    chosen = [*withdrawn[:1], one.points[-1], highest]
    told: set[str] = set()
    for point in chosen[:_LABELS]:
        if point.claim.figure not in told:
            told.add(point.claim.figure)
            yield point
