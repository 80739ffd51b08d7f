"""What each codebook would code from the same evidence: one row a rule, low, best and high."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from pipeline import words
from pipeline.report.codebooks import ANY_SIDE, descriptions
from pipeline.report.figures import style
from pipeline.report.figures.picture import Caption, Drawing
from pipeline.report.figures.style import Canvas
from pipeline.report.view import EstimateView, SeriesView, View

NAME: Final = "codebooks-side-by-side"
LACKING: Final = "No question has figures from two codebooks: there is nothing to set side by side."
LEAST: Final = 2
PREFERRED: Final = ("killed", "injured", "detained")
_ROW: Final = 6.4  # mm
_AXIS, _HEAD, _NAMES, _FIGURES = 8.0, 6.0, 62.0, 26.0


@dataclass(frozen=True, slots=True)
class Rules:
    """What the figure shows: the estimates of one series that have a figure, by what they give."""

    series: SeriesView
    coded: tuple[EstimateView, ...]
    silent: int


def compose(view: View) -> Drawing | None:
    """The figure, or None if no question has figures from LEAST rules."""
    data = select(view)
    if data is None:
        return None
    body = _ROW * len(data.coded) + _AXIS + _HEAD
    return Drawing(caption(data), body, data, draw)


def select(view: View) -> Rules | None:
    """The question with most evidence that LEAST rules code, one where they differ if there is; on its most
    contested day if the rules differ then, else on the last.
    """
    found = [
        Rules(series, tuple(coded), len(estimates) - len(coded))
        for metric in PREFERRED
        for series in view.series
        if series.metric == metric and series.scope == "cumulative"
        for estimates in (series.contested, series.estimates)
        if len(coded := sorted((one for one in estimates if _ends(one)), key=_rank)) >= LEAST
    ]
    return max(found, key=lambda one: (len(_codes(one)) > 1, len(one.series.groups)), default=None)


def _rank(one: EstimateView) -> tuple[int, int, str, str]:
    return _ends(one)[0], _ends(one)[-1], one.codebook, one.side


def _codes(data: Rules) -> list[int]:
    """Every figure that a rule would code, lowest first."""
    each = (_ends(one) if one.best is None else [one.best] for one in data.coded)
    return sorted({figure for figures in each for figure in figures})


def _ends(one: EstimateView) -> list[int]:
    """The figures the rule gives, lowest first."""
    return sorted({figure for figure in (one.low, one.best, one.high) if figure is not None})


def caption(data: Rules) -> Caption:
    """The figure in words. The headline gives a span only if the rules differ."""
    figures = [words.number(figure) for figure in _codes(data)]
    if len(figures) > 1:
        headline = f"The same evidence would be coded from {figures[0]} to {figures[-1]}, by the rule chosen"
    else:
        headline = f"Every rule that gives a figure codes {figures[0]}"
    silent = f" {data.silent} rules give no figure here." if data.silent else ""
    return Caption(
        name=NAME,
        headline=headline,
        subtitle=f"{data.series.metric.capitalize()}{data.series.of_whom}: what named rules would code from "
        f"evidence up to {words.day(data.coded[0].as_of)}.",
        note="None of these figures is ours. A bar reaches from low to high, a dot is what the rule "
        f"codes.{silent}",
        columns=("Rule", "Figure"),
        rows=tuple((_name(one), _figure(one)) for one in data.coded),
        claims=tuple(group.first.claim_id for group in data.series.groups),
        ours=(
            *(
                (words.number(figure), "figure of a named rule")
                for one in data.coded
                for figure in _ends(one)
            ),
            (words.number(data.silent), "rules that give no figure"),
        ),
    )


def _name(one: EstimateView) -> str:
    titles: Mapping[str, str] = {book.codebook_id: book.title for book in descriptions()}
    side = "" if one.side == ANY_SIDE else f" ({words.plain(one.side)})"
    return f"{titles.get(one.codebook, one.codebook)}{side}"


def _figure(one: EstimateView) -> str:
    ends = _ends(one)
    span = " to ".join(words.number(end) for end in (ends[0], ends[-1])) if len(ends) > 1 else ""
    if one.best is None:
        return span or words.number(ends[0])
    return f"{words.number(one.best)} ({span})" if span else words.number(one.best)


def draw(data: Rules, canvas: Canvas) -> None:
    """One row a rule."""
    rows = len(data.coded)
    width = style.WIDTH - _NAMES - _FIGURES
    axes = canvas.axes(_NAMES, _AXIS, width, _ROW * rows)
    top = max(_ends(one)[-1] for one in data.coded) * 1.06
    axes.set_ylim(-0.5, rows - 0.5)
    axes.set_yticks([])
    style.count_from_zero(axes, "x", top)
    head = _AXIS + _ROW * rows + 2
    canvas.text(0, head, "Rule", fontsize=style.SMALL, color=style.QUIET)
    canvas.text(style.WIDTH, head, "Would code", fontsize=style.SMALL, color=style.QUIET, ha="right")
    for number, one in enumerate(data.coded):
        level = rows - 1 - number
        _row(axes, one, level)
        bottom = _AXIS + _ROW * (level + 0.5) - 1.1
        canvas.fit(canvas.text(0, bottom, _name(one)), _NAMES - 4)
        canvas.text(style.WIDTH, bottom, _figure(one), fontweight="bold", ha="right")


def _row(axes: Any, one: EstimateView, level: int) -> None:
    ends: Sequence[int] = _ends(one)
    if len(ends) > 1:
        axes.plot(
            [ends[0], ends[-1]], [level, level], color=style.QUIET, linewidth=2.4, solid_capstyle="butt"
        )
    if one.best is not None:
        dot = {"marker": "o", "markersize": 5.2, "color": style.INK, "linestyle": "none", "clip_on": False}
        axes.plot([one.best], [level], zorder=3, **dot)
