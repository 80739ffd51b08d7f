"""The afterlife of a withdrawn figure: each article that prints it, on its day, and what it does with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from pipeline import words
from pipeline.report.figures import marks, style
from pipeline.report.figures.picture import Caption, Drawing
from pipeline.report.figures.style import Canvas
from pipeline.report.figures.timeline import panels
from pipeline.report.view import ClaimView, View

NAME: Final = "afterlife"
LACKING: Final = "No figure was printed here after its withdrawal had been reported."
KIND: Final = "repeated after withdrawal"
MOST: Final = 26  # articles
_ROW: Final = 4.8  # mm
_AXIS, _HEAD, _NAMES = 8.0, 13.0, 56.0
# What an article does with the figure, in the order in which one claim of it outweighs another.
USES: Final = {
    "retracted": "tells of the withdrawal",
    "superseded": "gives it as an earlier figure",
    "repeated": "prints it, does not mention the withdrawal",
    "before": "prints it on that day or before",
    "other": "does not state it as fact",
}


@dataclass(frozen=True, slots=True)
class Printed:
    """One article that prints the figure."""

    day: date
    outlet: str
    use: str
    claim: ClaimView


@dataclass(frozen=True, slots=True)
class Afterlife:
    """What the figure shows. `withdrawn_on`: the day the withdrawal was reported first; `again`: how many
    articles repeat the figure; `left_out`: how many, the earliest, are not drawn.
    """

    claim: ClaimView
    withdrawn_on: date
    printed: tuple[Printed, ...]
    again: int
    left_out: int


def compose(view: View) -> Drawing | None:
    """The figure, or None if nothing was repeated after its withdrawal."""
    data = select(view)
    if data is None:
        return None
    body = _ROW * len(data.printed) + _AXIS + _HEAD
    return Drawing(caption(data), body, data, draw)


def select(view: View) -> Afterlife | None:
    """The withdrawn figure that was repeated most, with every article that prints it."""
    finding = next((one for one in view.findings if one.kind == KIND), None)
    if finding is None:
        return None
    first = finding.claims[0]
    if first.withdrawn_on is None:
        return None
    repeated = {one.claim_id for one in finding.claims if one.stance == "asserted"}
    number = marks.value_of(first).at
    same = [
        one
        for one in view.claims
        if (one.metric, one.population, one.place) == (first.metric, first.population, first.place)
        and marks.value_of(one).at == number
        and one.article.published is not None
    ]
    best: dict[str, Printed] = {}
    for claim in same:
        entry = _printed(claim, repeated)
        known = best.get(claim.article.article_id)
        if known is None or _weight(entry.use) < _weight(known.use):
            best[claim.article.article_id] = entry
    ordered = sorted(best.values(), key=lambda one: (one.day, one.outlet, one.claim.claim_id))
    again = sum(one.use == "repeated" for one in ordered)
    return Afterlife(first, first.withdrawn_on, tuple(ordered[-MOST:]), again, len(ordered[:-MOST]))


def _weight(use: str) -> int:
    return list(USES).index(use)


def _printed(claim: ClaimView, repeated: set[str]) -> Printed:
    if claim.stance in ("retracted", "superseded"):
        use = claim.stance
    elif claim.claim_id in repeated:
        use = "repeated"
    else:
        use = "before" if claim.stance == "asserted" else "other"
    return Printed(claim.article.published or date.max, claim.article.label, use, claim)


def caption(data: Afterlife) -> Caption:
    """The figure in words. The headline counts the articles that repeat it."""
    number = words.number(marks.value_of(data.claim).at or 0)
    articles = "1 article" if data.again == 1 else f"{words.number(data.again)} articles"
    left_out = f" {words.number(data.left_out)} earlier articles are not drawn." if data.left_out else ""
    return Caption(
        name=NAME,
        headline=f"{number} was withdrawn on {words.day(data.withdrawn_on)}; {articles} here printed it "
        "later and did not mention that",
        subtitle=f"Articles that print {number} ({data.claim.metric}, {data.claim.place}), by day printed.",
        note="No mark means no article here. That an article does not mention the withdrawal does not say "
        f"that its author knew of it.{left_out}",
        columns=("Published", "Outlet", "What it does with the figure"),
        rows=tuple((words.day(one.day), one.outlet, USES[one.use]) for one in data.printed),
        claims=tuple(one.claim.claim_id for one in data.printed),
        ours=(
            (words.number(data.again), "articles of the finding that repeats it"),
            (words.number(data.left_out), "articles not drawn: the earliest"),
        ),
    )


_SIGNS: Final[Mapping[str, dict[str, Any]]] = {
    "retracted": {"marker": "x", "markersize": 5, "markeredgewidth": 1.5, "markeredgecolor": style.INK},
    "superseded": {**marks.SQUARE, "markeredgecolor": style.INK},
    "repeated": {"marker": "o", "markersize": 5.4, "markeredgewidth": 0, "markerfacecolor": style.WITHDRAWN},
    "before": {"marker": "o", "markersize": 5.4, "markeredgewidth": 0, "markerfacecolor": "#9a9a9a"},
    "other": {"marker": "o", "markersize": 4.8, "markeredgewidth": 1, "markerfacecolor": "white",
              "markeredgecolor": style.QUIET},
}  # fmt: skip


def draw(data: Afterlife, canvas: Canvas) -> None:
    """One row an article, a red line on the day of the withdrawal."""
    rows = len(data.printed)
    place = (_NAMES, _AXIS, style.WIDTH - _NAMES - 3, _ROW * rows + 2)
    made = panels(canvas, [*(one.day for one in data.printed), data.withdrawn_on], place)
    for panel in made:
        panel.axes.set_ylim(-0.6, rows - 0.3)
        panel.axes.set_yticks([])
        if panel.holds(data.withdrawn_on):
            panel.axes.axvline(panel.x(data.withdrawn_on), color=style.WITHDRAWN, linewidth=1.1, zorder=1)
        for number, one in enumerate(data.printed):
            level = rows - 1 - number
            panel.axes.axhline(level, color=style.GRID, linewidth=0.4, zorder=0)
            if panel.holds(one.day):
                sign = {"linestyle": "none", "clip_on": False, "zorder": 3, **_SIGNS[one.use]}
                panel.axes.plot([panel.x(one.day)], [level], **sign)
    for number, one in enumerate(data.printed):
        bottom = _AXIS + (_ROW * rows + 2) * (rows - 1 - number + 0.6) / (rows + 0.3) - 1.0
        weight = "semibold" if one.use == "repeated" else "normal"
        name = canvas.text(0, bottom, one.outlet, fontsize=style.SMALL, fontweight=weight)
        canvas.fit(name, _NAMES - 14)
        canvas.text(
            _NAMES - 2, bottom, words.short_day(one.day), fontsize=style.SMALL, color=style.QUIET, ha="right"
        )
    _key(canvas, data.printed)


def _key(canvas: Canvas, printed: Sequence[Printed]) -> None:
    used = [use for use in USES if any(one.use == use for one in printed)]
    left, bottom = 1.4, canvas.body - 3.4
    for use in used:
        label = "prints it, withdrawal not mentioned" if use == "repeated" else USES[use]
        text = canvas.text(left + 2.2, bottom, label, fontsize=style.SMALL - 0.3, color=style.QUIET)
        canvas.line([left], [bottom + 0.9], linestyle="none", **_SIGNS[use])
        left += canvas.width_of(text) + 6
