"""How the stated toll moved: one quantity, every independent statement on the day it was made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from matplotlib.axes import Axes

from pipeline import words
from pipeline.report.figures import style
from pipeline.report.figures.labels import Label, Labeller
from pipeline.report.figures.picture import Caption
from pipeline.report.figures.style import Canvas, Value
from pipeline.report.view import ClaimView, GroupView, SeriesView, View

NAME: Final = "standing-statement"
BODY: Final = 92.0  # mm
LEAST: Final = 3  # statements with a number, below which there is nothing to follow
EARLY_DAYS: Final = 14  # the first panel's length where a second one is needed
FADE: Final = 0.09  # length of an open side's line, as a part of the axis
_LEFT, _BOTTOM, _TOP = 9.0, 13.0, 6.0
_LABELS: Final = 9
_SEVERAL: Final = 3  # outlets from which on a number is labelled


@dataclass(frozen=True, slots=True)
class Point:
    """One number stated on one day, by however many groups; `claim` speaks for them."""

    day: date
    value: Value
    claim: ClaimView
    outlets: int


@dataclass(frozen=True, slots=True)
class Statements:
    """What the figure shows. `line`: the running total of the source that gave most numbers."""

    series: SeriesView
    points: tuple[Point, ...]
    line: tuple[Point, ...]
    words: tuple[tuple[date, str], ...]


def select(view: View) -> Statements | None:
    """The series of deaths with the most evidence groups, or None if too few of them have a number."""
    tolls = [one for one in view.series if one.metric == "killed" and one.scope == "cumulative"]
    if not tolls:
        return None
    series = tolls[0]
    points = tuple(_points(series))
    if len(points) < LEAST:
        return None
    spoken = {
        (group.first.stated_on, group.first.vague_word)
        for group in series.groups
        if group.first.vague_word and group.first.stated_on
    }
    return Statements(series, points, _line(points), tuple(sorted(spoken)))


def _points(series: SeriesView) -> Iterator[Point]:
    """Points in order of day and number: groups that state one number on one day share a point."""
    shared: dict[tuple[date, int, str], list[GroupView]] = {}
    for group in series.groups:
        value = value_of(group.first)
        if (
            group.first.stated_on is not None
            and value.at is not None
            and group.first.status != "not stated as fact"
        ):
            shared.setdefault((group.first.stated_on, value.at, value.modifier), []).append(group)
    for (day, _, _), groups in sorted(shared.items()):
        named = [group for group in groups if group.first.source] or groups
        outlets = {outlet for group in groups for outlet in group.carried_by}
        yield Point(day, value_of(named[0].first), named[0].first, len(outlets))


def value_of(claim: ClaimView) -> Value:
    """The claim as a mark shows it."""
    withdrawn = claim.status == "withdrawn"
    return Value(claim.value, claim.low, claim.high, claim.modifier, claim.side, withdrawn)


def _line(points: Sequence[Point]) -> tuple[Point, ...]:
    """The exact numbers that stood of the source that gave most of them, if they rise; else nothing."""
    by_source: dict[str, list[Point]] = {}
    for point in points:
        stood = point.claim.stance == "asserted" and not point.value.withdrawn
        if point.claim.source and point.value.modifier == "exact" and stood:
            by_source.setdefault(point.claim.source, []).append(point)
    runs = [tuple(_rising(run)) for run in by_source.values()]
    best = max(runs, key=lambda run: (len(run), run[0].claim.claim_id), default=())
    return best if len(best) > 1 else ()


def _rising(points: Sequence[Point]) -> Iterator[Point]:
    highest = max(points, key=lambda point: point.value.at or 0)
    reached = 0
    for point in points:
        number = point.value.at or 0
        # A running total begins where it is of the order of its end: smaller numbers are parts.
        if number > reached and number * 2 >= (highest.value.at or 0):
            reached = number
            yield point


def caption(data: Statements) -> Caption:
    """The figure in words. The headline tells of a withdrawal only if a withdrawn number is shown."""
    withdrawn = [point for point in data.points if point.value.withdrawn]
    last = data.line[-1] if data.line else max(data.points, key=lambda point: point.day)
    latest = (
        f"the last total here, from {last.claim.source or last.claim.article.label}, is {last.claim.figure}"
    )
    if withdrawn:
        widest = max(withdrawn, key=lambda point: (point.outlets, point.value.at or 0))
        headline = f"A toll of {words.number(widest.value.at or 0)} was announced and withdrawn; {latest}"
    else:
        headline = latest[0].upper() + latest[1:]
    stated = "; ".join(
        f"{words.day(point.day)}: {point.claim.figure}, {point.claim.source or point.claim.article.label}"
        + (" (withdrawn)" if point.value.withdrawn else "")
        for point in data.points
    )
    spoken = "; ".join(f"{words.day(day)}: {word}" for day, word in data.words)
    ids = dict.fromkeys(point.claim.claim_id for point in (*data.line, *withdrawn))
    place = f", {data.series.place}" if data.series.place else ""
    return Caption(
        name=NAME,
        headline=headline,
        subtitle=f"People killed{place}: totals as stated, by day of statement. One mark a number and day.",
        note="A filled dot is an exact number, a hollow one “about”; a line that fades is open on that side "
        "(“at least”). A red cross was withdrawn. The stepped line joins one source’s totals; it estimates "
        "nothing between them. Words without a number stand below the axis.",
        source=f"Claims {', '.join(ids)}; all others in the table of claims.",
        alt=f"{headline}. Numbers stated: {stated}." + (f" In words: {spoken}." if spoken else ""),
    )


def draw(data: Statements, canvas: Canvas) -> None:
    """Two panels where the story is dense at first and long after: days, then months."""
    first = min(point.day for point in data.points)
    last = max(point.day for point in data.points)
    early = first + timedelta(days=EARLY_DAYS)
    top = max(point.value.at or 0 for point in data.points) * 1.16
    height = canvas.body - _BOTTOM - _TOP
    if last <= early + timedelta(days=EARLY_DAYS):
        panels = [(canvas.axes(_LEFT, _BOTTOM, style.WIDTH - _LEFT, height), first, last)]
    else:
        split = _LEFT + (style.WIDTH - _LEFT) * 0.68
        panels = [
            (canvas.axes(_LEFT, _BOTTOM, split - _LEFT, height), first, early),
            (
                canvas.axes(split + 3, _BOTTOM, style.WIDTH - split - 3, height),
                early + timedelta(days=1),
                last,
            ),
        ]
    for number, (axes, start, end) in enumerate(panels):
        _panel(axes, start, end, top, first_panel=number == 0, months=number == 1)
        _draw_points(axes, data, start, end, top)
    if len(panels) > 1:
        for (axes, _, _), scale in zip(panels, ("time scale: days", "time scale: months"), strict=True):
            axes.text(0, 1.02, scale, transform=axes.transAxes, fontsize=style.SMALL - 0.4, color=style.QUIET)
        panels[1][0].set_facecolor("#f5f5f0")
    _words(canvas, data, panels)
    _label(canvas, data, panels)


def _panel(axes: Axes, start: date, end: date, top: float, *, first_panel: bool, months: bool) -> None:
    span = max((end - start).days, 1)
    axes.set_xlim(-0.04 * span - 0.3, span * 1.04 + 0.3)
    axes.set_ylim(0, top)
    axes.grid(axis="y", color=style.GRID, linewidth=0.6)
    axes.set_axisbelow(True)
    axes.spines["left"].set_visible(False)
    if not first_panel:
        axes.tick_params(labelleft=False)
    ticks = list(_ticks(start, end, months=months))
    axes.set_xticks([(day - start).days for day, _ in ticks], [text for _, text in ticks])


def _ticks(start: date, end: date, *, months: bool) -> Iterator[tuple[date, str]]:
    if not months:
        step = max(1, round((end - start).days / 8))
        for number in range(0, (end - start).days + 1, step):
            day = start + timedelta(days=number)
            yield day, words.short_day(day)
        return
    quarters = [date(year, month, 1) for year in range(start.year, end.year + 1) for month in (1, 4, 7, 10)]
    inside = [day for day in quarters if start <= day <= end]
    for day in inside[:: max(1, -(-len(inside) // 4))]:
        yield day, f"{words.short_day(day).split()[1]} {day.year}"


def _draw_points(axes: Axes, data: Statements, start: date, end: date, top: float) -> None:
    for point in data.points:
        if start <= point.day <= end:
            style.mark(axes, point.value, (point.day - start).days, top * FADE, upright=True)
    steps = [((point.day - start).days, point.value.at or 0) for point in data.line]
    span = (end - start).days
    reached = [step for step in steps if step[0] <= span * 1.04]
    if reached:
        left = -0.04 * span - 0.3
        xs = [*(max(x, left) for x, _ in reached), span * 1.04]
        ys = [*(y for _, y in reached), reached[-1][1]]
        tint = style.colour(data.line[0].value.side)
        axes.step(xs, ys, where="post", color=tint, linewidth=1.8, alpha=0.55, zorder=1)


Panel = tuple[Axes, date, date]


def _words(canvas: Canvas, data: Statements, panels: Sequence[Panel]) -> None:
    """The lane below the axis for words without a number; a word that finds no room is left to the table."""
    canvas.text(0, 1.2, "in words", fontsize=style.SMALL - 0.4, color=style.QUIET)
    right_edge = 0.0
    for day, word in data.words:
        for axes, start, end in panels:
            if start <= day <= end:
                x, _ = axes.transData.transform(((day - start).days, 0))
                width = len(word) * style.SMALL * 0.6 * style.DPI / 72
                if x - width / 2 > right_edge:
                    place = x / canvas.figure.bbox.width * style.WIDTH
                    canvas.text(place, 1.2, f"“{word}”", fontsize=style.SMALL, ha="center")
                    right_edge = x + width / 2


def _label(canvas: Canvas, data: Statements, panels: Sequence[Panel]) -> None:
    """Label what was withdrawn, the line, and what several outlets carry; as far as there is room."""
    labeller = Labeller(canvas.figure, canvas.limits)
    labeller.avoid_texts()
    anchors = {point: _anchor(point, panels) for point in data.points}
    labeller.avoid([spot for point in data.points for spot in _spots(point, anchors[point], panels)], 3.2)
    withdrawn = sorted((p for p in data.points if p.value.withdrawn), key=lambda p: (-p.outlets, p.day))
    several = [point for point in data.points if point.outlets >= _SEVERAL]
    carried = sorted(several, key=lambda p: (-p.outlets, p.day, p.value.at or 0))
    chosen = list(dict.fromkeys((*withdrawn[:1], *data.line, *carried)))
    told: set[str] = set()
    for point in chosen[:_LABELS]:
        if point.claim.figure in told:
            continue
        told.add(point.claim.figure)
        who = point.claim.source or point.claim.article.label
        tint = style.QUIET if point.value.withdrawn else style.colour(point.value.side)
        said = f"{_short(who)}, {words.short_day(point.day)}" + (
            ", withdrawn" if point.value.withdrawn else ""
        )
        labeller.place(Label(anchors[point], point.claim.figure, said, tint, struck=point.value.withdrawn))


def _spots(
    point: Point, anchor: tuple[float, float], panels: Sequence[Panel]
) -> Iterator[tuple[float, float]]:
    """The mark, and places along the line that fades from it."""
    yield anchor
    axes = panels[0][0]
    reach = FADE * (axes.transData.transform((0, axes.get_ylim()[1])) - axes.transData.transform((0, 0)))[1]
    sign = {"at_least": 1, "more_than": 1, "up_to": -1, "less_than": -1}.get(point.value.modifier, 0)
    for part in (0.35, 0.7, 1.0) if sign else ():
        yield anchor[0], anchor[1] + sign * reach * part


def _short(name: str) -> str:
    return name if len(name) <= 34 else name[:33] + "…"


def _anchor(point: Point, panels: Sequence[Panel]) -> tuple[float, float]:
    for axes, start, end in panels:
        if start <= point.day <= end:
            x, y = axes.transData.transform(((point.day - start).days, point.value.at or 0))
            return float(x), float(y)
    raise ValueError(f"{point.day} is in no panel")
