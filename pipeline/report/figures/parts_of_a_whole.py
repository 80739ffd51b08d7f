"""Do the parts add up? One bar a total, split into the parts that were stated with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from pipeline import words
from pipeline.report.figures import style
from pipeline.report.figures.picture import Caption, Drawing
from pipeline.report.figures.style import Canvas
from pipeline.report.view import ClaimView, FindingView, View

NAME: Final = "parts-of-a-whole"
LACKING: Final = "No total here was given with parts that leave a rest or that count something else."
KINDS: Final = ("dead among injured", "parts leave residual")
MOST: Final = 4
_BAR: Final = 22.0  # mm a bar takes with its texts
_THICK: Final = 6.6  # mm
_TINTS: Final = ("#0b4f8a", "#4f87b8", "#86aed0", "#b4cde2", "#d5e3ef")
_AIR: Final = 1.2  # mm free at each side of a label within its part


@dataclass(frozen=True, slots=True)
class Bar:
    """A total with its stated parts. `rest` is ours: what the parts leave of it."""

    whole: ClaimView
    parts: tuple[ClaimView, ...]
    rest: int


def compose(view: View) -> Drawing | None:
    """The figure, or None if no finding tells of parts that leave a rest or hide another quantity."""
    bars = select(view)
    return Drawing(caption(bars), _BAR * len(bars), bars, draw) if bars else None


def select(view: View) -> tuple[Bar, ...]:
    """One bar a total of the findings, by their rank; of findings on one total the one with most parts."""
    best: dict[tuple[str, int | None], Bar] = {}
    for finding in view.findings:
        if finding.kind in KINDS:
            bar = _bar(finding)
            known = best.get((bar.whole.metric, bar.whole.value))
            if known is None or len(known.parts) < len(bar.parts):
                best[bar.whole.metric, bar.whole.value] = bar
    return tuple(best.values())[:MOST]


def _bar(finding: FindingView) -> Bar:
    whole, *parts = finding.claims
    ordered = sorted(parts, key=lambda part: (-(part.value or 0), part.claim_id))
    return Bar(whole, tuple(ordered), (whole.value or 0) - sum(part.value or 0 for part in parts))


def caption(bars: Sequence[Bar]) -> Caption:
    """The figure in words. The headline names the first bar's rest, or what it adds up to."""
    first = bars[0]
    whole = f"{first.whole.figure} {first.whole.metric}"
    if first.rest:
        headline = f"{words.number(first.rest)} of {whole} are in no part that was stated"
    else:
        told = words.listing([f"{part.figure} {part.metric}" for part in first.parts])
        headline = f"{whole} is {told}: two quantities under one name"
    rows = [row for bar in bars for row in _rows(bar)]
    return Caption(
        name=NAME,
        headline=headline,
        subtitle="Totals as stated, split into the parts stated with them. Hatched: in no stated part.",
        note="Each bar has its own scale. What the parts make and what they leave is our arithmetic; whether "
        "they overlap is not known.",
        columns=("Total", "Given by", "Part", "Number"),
        rows=tuple(rows),
        claims=tuple(dict.fromkeys(one.claim_id for bar in bars for one in (bar.whole, *bar.parts))),
        ours=tuple(
            pair
            for bar in bars
            for pair in (
                (_made(bar), "sum of the stated parts"),
                (words.number(bar.rest), "total less that sum"),
            )
        ),
    )


def _rows(bar: Bar) -> list[tuple[str, str, str, str]]:
    total = f"{bar.whole.figure} {bar.whole.metric}"
    rows = [(total, _who(bar), _named(bar, part), part.figure) for part in bar.parts]
    rows.append((total, _who(bar), "stated parts together (ours)", _made(bar)))
    if bar.rest:
        rows.append((total, _who(bar), "in no stated part (ours)", words.number(bar.rest)))
    return rows


def _made(bar: Bar) -> str:
    return words.number((bar.whole.value or 0) - bar.rest)


def _who(bar: Bar) -> str:
    """Who gave the total, when, and whether it was withdrawn."""
    whole = bar.whole
    day = f", {words.short_day(whole.stated_on)} {whole.stated_on.year}" if whole.stated_on else ""
    ending = ", withdrawn" if whole.status == "withdrawn" else ""
    return f"{whole.source or whole.article.label}{day}{ending}"


def _named(bar: Bar, part: ClaimView) -> str:
    """What tells the part from its whole: the place, the people, or what is counted."""
    if any(one.metric != bar.whole.metric for one in bar.parts):
        return part.metric
    return part.place if part.place != bar.whole.place else part.population


def draw(bars: Sequence[Bar], canvas: Canvas) -> None:
    """The bars from top to bottom."""
    for number, bar in enumerate(bars):
        _draw(canvas, bar, canvas.body - _BAR * (number + 1))


def _draw(canvas: Canvas, bar: Bar, bottom: float) -> None:
    whole = bar.whole
    withdrawn = whole.status == "withdrawn"
    title = canvas.text(0, bottom + 17.2, f"{whole.figure} {whole.metric}", fontweight="bold", fontsize=10)
    left = canvas.width_of(title) + 2.4
    tint = style.WITHDRAWN if withdrawn else style.QUIET
    canvas.fit(canvas.text(left, bottom + 17.2, _who(bar), color=tint), style.WIDTH - left)
    total = whole.value or 1
    at = 0.0
    for number, part in enumerate(bar.parts):
        width = (part.value or 0) / total * style.WIDTH
        other = part.metric != whole.metric and part.metric == "killed"
        fill = style.INK if other else _TINTS[number % len(_TINTS)]
        canvas.box(at, bottom + 8.4, width, _THICK, facecolor=fill, edgecolor="white", linewidth=0.8)
        centre = (at + width / 2, bottom + 8.4 + _THICK / 2)
        tint = style.INK if fill in _TINTS[2:] else "white"
        _inside(canvas, centre, width, (f"{_named(bar, part)} {part.figure}", part.figure), color=tint)
        at += width
    if bar.rest:
        width = bar.rest / total * style.WIDTH
        hatch = {"facecolor": "none", "edgecolor": style.WITHDRAWN, "hatch": "////", "linewidth": 0.8}
        canvas.box(at, bottom + 8.4, width, _THICK, **hatch)
        back = {"facecolor": "white", "edgecolor": "none", "pad": 0.7}
        centre = (at + width / 2, bottom + 8.4 + _THICK / 2)
        _inside(canvas, centre, width, (words.number(bar.rest),), bbox=back)
    _sum(canvas, bar, bottom)


def _inside(
    canvas: Canvas, centre: tuple[float, float], width: float, labels: Sequence[str], **look: Any
) -> None:
    """The first label that fits into the part; none if no label does: the line below has them all."""
    for label in labels:
        text = canvas.text(*centre, label, ha="center", va="center", fontsize=style.SMALL + 0.4, **look)
        if canvas.width_of(text) <= width - 2 * _AIR:
            return
        text.remove()


def _sum(canvas: Canvas, bar: Bar, bottom: float) -> None:
    parts = " + ".join(f"{_named(bar, part)} {part.figure}" for part in bar.parts)
    left = f"; {words.number(bar.rest)} in no stated part" if bar.rest else ""
    line = canvas.text(
        0, bottom + 3.6, f"{parts} = {_made(bar)}{left} (our arithmetic)", fontsize=style.SMALL
    )
    canvas.fit(line, style.WIDTH)
