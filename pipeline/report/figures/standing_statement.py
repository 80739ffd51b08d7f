"""How the stated toll moved: one quantity, every independent statement on the day it was made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from pipeline import words
from pipeline.report.figures import marks, style
from pipeline.report.figures.labels import Label, Labeller
from pipeline.report.figures.picture import Caption, Drawing
from pipeline.report.figures.points import Point, points
from pipeline.report.figures.style import Canvas
from pipeline.report.figures.timeline import Panel, panels, shown_in
from pipeline.report.view import SeriesView, View

NAME: Final = "standing-statement"
LACKING: Final = "No three statements give a number of people killed: there is no course to follow."
BODY: Final = 98.0  # mm
LEAST: Final = 3  # statements with a number, below which there is nothing to follow
FADE: Final = 0.09  # length of an open side's line, as a part of the axis
_LEFT, _BOTTOM, _TOP = 9.0, 13.0, 12.0
_LABELS: Final = 9
_SEVERAL: Final = 3  # outlets from which on a number is labelled


@dataclass(frozen=True, slots=True)
class Statements:
    """What the figure shows. `line`: the running total of the source that gave most numbers."""

    series: SeriesView
    points: tuple[Point, ...]
    line: tuple[Point, ...]
    words: tuple[tuple[date, str], ...]


def compose(view: View) -> Drawing | None:
    """The figure, or None if too few statements have a number."""
    data = select(view)
    return Drawing(caption(data), BODY, data, draw) if data else None


def select(view: View) -> Statements | None:
    """The series of deaths with the most evidence groups, or None if too few of them have a number."""
    tolls = [one for one in view.series if one.metric == "killed" and one.scope == "cumulative"]
    if not tolls:
        return None
    series = tolls[0]
    stated = tuple(points(series))
    if len(stated) < LEAST:
        return None
    spoken = {
        (group.first.stated_on, group.first.vague_word)
        for group in series.groups
        if group.first.vague_word and group.first.stated_on
    }
    return Statements(series, stated, _line(stated), tuple(sorted(spoken)))


def _line(stated: Sequence[Point]) -> tuple[Point, ...]:
    """The exact numbers that stood of the source that gave most of them, if they rise; else nothing."""
    by_source: dict[str, list[Point]] = {}
    for point in stated:
        stood = point.claim.stance == "asserted" and not point.value.withdrawn
        if point.claim.source and point.value.modifier == "exact" and stood:
            by_source.setdefault(point.claim.source, []).append(point)
    runs = [run for stood in by_source.values() if (run := tuple(_rising(stood)))]
    best = max(runs, key=lambda run: (len(run), run[0].claim.claim_id), default=())
    return best if len(best) > 1 else ()


def _rising(stated: Sequence[Point]) -> Iterator[Point]:
    highest = max(stated, key=lambda point: point.value.at or 0)
    reached = 0
    for point in stated:
        number = point.value.at or 0
        # A running total begins where it is of the order of its end: smaller numbers are parts.
        if number > reached and number * 2 >= (highest.value.at or 0):
            reached = number
            yield point


def caption(data: Statements) -> Caption:
    """The figure in words. The headline tells of a withdrawal only if a withdrawn number is shown."""
    withdrawn = [point for point in data.points if point.value.withdrawn]
    last = data.line[-1] if data.line else max(data.points, key=lambda point: point.day)
    latest = f"the last total here, from {last.who}, is {last.claim.figure}"
    if withdrawn:
        widest = max(withdrawn, key=lambda point: (point.outlets, point.value.at or 0))
        headline = f"A toll of {words.number(widest.value.at or 0)} was announced and withdrawn; {latest}"
    else:
        headline = latest[0].upper() + latest[1:]
    numbered = [
        (point.day, point.claim.figure, point.who, "withdrawn" if point.value.withdrawn else "")
        for point in data.points
    ]
    spoken = [(day, word, "", "a word, no number") for day, word in data.words]
    rows = [(words.day(day), *rest) for day, *rest in sorted((*numbered, *spoken))]
    ids = dict.fromkeys(point.claim.claim_id for point in (*data.line, *withdrawn, *data.points))
    place = f", {data.series.place}" if data.series.place else ""
    return Caption(
        name=NAME,
        headline=headline,
        subtitle=f"People killed{place}: totals as stated, by day of statement. One mark a number and day.",
        note="The stepped line joins one source’s totals; it estimates nothing between them. Words without a "
        "number stand below the axis.",
        columns=("Stated on", "Number", "Who", "What became of it"),
        rows=tuple((row[0], row[1], row[2], row[3]) for row in rows),
        claims=tuple(ids),
    )


def draw(data: Statements, canvas: Canvas) -> None:
    """The key, the panels, the words below them, and labels where there is room."""
    top = max(point.value.at or 0 for point in data.points) * 1.16
    height = canvas.body - _BOTTOM - _TOP
    days = [point.day for point in data.points]
    made = panels(canvas, days, (_LEFT, _BOTTOM, style.WIDTH - _LEFT, height))
    for panel in made:
        style.count_from_zero(panel.axes, "y", top)
        _draw_points(panel, data, top)
    marks.key(canvas, canvas.body - 4.0, [point.value for point in data.points])
    _words(canvas, data, made)
    _label(canvas, data, made)


def _draw_points(panel: Panel, data: Statements, top: float) -> None:
    for point in data.points:
        if panel.holds(point.day):
            marks.mark(panel.axes, point.value, panel.x(point.day), top * FADE, upright=True)
    end = panel.span * 1.04
    reached = [(panel.x(point.day), point.value.at or 0) for point in data.line]
    reached = [(x, number) for x, number in reached if x <= end]
    if reached:
        left = panel.axes.get_xlim()[0]
        xs = [*(max(x, left) for x, _ in reached), end]
        ys = [*(number for _, number in reached), reached[-1][1]]
        tint = style.colour(data.line[0].value.side)
        panel.axes.step(xs, ys, where="post", color=tint, linewidth=1.8, alpha=0.55, zorder=1)


def _words(canvas: Canvas, data: Statements, made: Sequence[Panel]) -> None:
    """The lane below the axis for words without a number; a word that finds no room is left to the table."""
    canvas.text(0, 1.2, "in words", fontsize=style.SMALL - 0.4, color=style.QUIET)
    right_edge = 0.0
    for day, word in data.words:
        for panel in made:
            if panel.holds(day):
                x, _ = panel.axes.transData.transform((panel.x(day), 0))
                width = len(word) * style.SMALL * 0.6 * style.DPI / 72
                if x - width / 2 > right_edge:
                    place = x / canvas.figure.bbox.width * style.WIDTH
                    canvas.text(place, 1.2, f"“{word}”", fontsize=style.SMALL, ha="center")
                    right_edge = x + width / 2


def _label(canvas: Canvas, data: Statements, made: Sequence[Panel]) -> None:
    """Label what was withdrawn, the line, and what several outlets carry; as far as there is room."""
    labeller = Labeller(canvas.figure, canvas.limits)
    labeller.avoid_texts()
    anchors = {point: _anchor(point, made) for point in data.points}
    labeller.avoid([spot for point in data.points for spot in _spots(point, anchors, made)], 3.2)
    labeller.avoid(list(_along(data, made)), 2.0)
    withdrawn = sorted((p for p in data.points if p.value.withdrawn), key=lambda p: (-p.outlets, p.day))
    several = [point for point in data.points if point.outlets >= _SEVERAL]
    carried = sorted(several, key=lambda p: (-p.outlets, p.day, p.value.at or 0))
    chosen = list(dict.fromkeys((*withdrawn[:1], *data.line, *carried)))
    told: set[str] = set()
    for point in chosen[:_LABELS]:
        if point.claim.figure in told:
            continue
        told.add(point.claim.figure)
        tint = style.QUIET if point.value.withdrawn else style.colour(point.value.side)
        ending = ", withdrawn" if point.value.withdrawn else ""
        said = f"{words.shortened(point.who, 34)}, {words.short_day(point.day)}{ending}"
        labeller.place(Label(anchors[point], point.claim.figure, said, tint, struck=point.value.withdrawn))


def _spots(
    point: Point, anchors: Mapping[Point, tuple[float, float]], made: Sequence[Panel]
) -> Iterator[tuple[float, float]]:
    """The mark, and places along the line that fades from it."""
    anchor = anchors[point]
    yield anchor
    axes = made[0].axes
    reach = FADE * (axes.transData.transform((0, axes.get_ylim()[1])) - axes.transData.transform((0, 0)))[1]
    sign = {"at_least": 1, "more_than": 1, "up_to": -1, "less_than": -1}.get(point.value.modifier, 0)
    for part in (0.35, 0.7, 1.0) if sign else ():
        yield anchor[0], anchor[1] + sign * reach * part


def _along(data: Statements, made: Sequence[Panel]) -> Iterator[tuple[float, float]]:
    """Places along the treads of the line, a day apart or less."""
    ends = [point.day for point in data.line[1:]] + [max(panel.end for panel in made)]
    for point, until in zip(data.line, ends, strict=False):
        for panel in made:
            start = max(panel.x(point.day), 0)
            end = min(panel.x(until), panel.span)
            for part in range(41 if start < end else 0):
                day = start + (end - start) * part / 40
                x, y = panel.axes.transData.transform((day, point.value.at or 0))
                yield float(x), float(y)


def _anchor(point: Point, made: Sequence[Panel]) -> tuple[float, float]:
    panel = shown_in(made, point.day)
    x, y = panel.axes.transData.transform((panel.x(point.day), point.value.at or 0))
    return float(x), float(y)
