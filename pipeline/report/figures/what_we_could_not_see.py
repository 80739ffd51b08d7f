"""What we could not see: which outlet was read on which day, and what became of what was read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from pipeline import words
from pipeline.report import methods, quality
from pipeline.report.figures import style
from pipeline.report.figures.picture import Caption, Drawing
from pipeline.report.figures.style import Canvas
from pipeline.report.figures.timeline import EARLY_DAYS
from pipeline.report.view import View

NAME: Final = "what-we-could-not-see"
LACKING: Final = "No article has a date: sources cannot be shown by day."
MOST: Final = 14  # outlets with a row of their own
_ROW: Final = 4.8  # mm
_FUNNEL, _DAYS, _NAMES = 20.0, 7.0, 56.0
_TINTS: Final = ("#c9dbea", "#86aed0", "#0b4f8a")
_OTHERS: Final = "all other outlets"


@dataclass(frozen=True, slots=True)
class Coverage:
    """Articles by outlet and day: a row has an outlet, its articles on each of `days`, and all its others."""

    days: tuple[date, ...]
    rows: tuple[tuple[str, tuple[int, ...], int], ...]
    steps: tuple[tuple[str, str], ...]
    unread: int
    claims: tuple[str, ...]


def compose(view: View) -> Drawing | None:
    """The figure, or None if no article has a date."""
    data = select(view)
    if data is None:
        return None
    body = _FUNNEL + _DAYS + _ROW * len(data.rows) + 3
    return Drawing(caption(data), body, data, draw)


def select(view: View) -> Coverage | None:
    """The days from the first article on, the outlets with most articles, and the steps to a claim."""
    if view.period is None:
        return None
    first, last = view.period
    days = tuple(first + timedelta(days=number) for number in range(min((last - first).days, EARLY_DAYS) + 1))
    counts = Counter(article.label for article in view.articles)
    ranked = sorted(counts, key=lambda label: (-counts[label], label))
    named, others = ranked[:MOST], set(ranked[MOST:])
    rows = [_row(view, label, {label}, days) for label in named]
    if others:
        rows.append(_row(view, f"{_OTHERS} ({words.number(len(others))})", others, days))
    return Coverage(
        days, tuple(rows), _steps(view), len(view.problems), tuple(one.claim_id for one in view.claims)
    )


def _row(view: View, label: str, outlets: set[str], days: Sequence[date]) -> tuple[str, tuple[int, ...], int]:
    published = Counter(article.published for article in view.articles if article.label in outlets)
    on_days = tuple(published[day] for day in days)
    return label, on_days, sum(published.values()) - sum(on_days)


def _steps(view: View) -> tuple[tuple[str, str], ...]:
    """From articles to claims that a person has checked."""
    with_claims = len({claim.article.article_id for claim in view.claims})
    steps = (
        (view.counts["articles"], "articles read"),
        (with_claims, "of them with a claim"),
        (view.counts["claims"] + view.counts["rejected"], "numbers in them"),
        (view.counts["claims"], "of them claims"),
        (view.counts["reviewed"], "checked by a person"),
    )
    return tuple((words.number(count), name) for count, name in steps)


def caption(data: Coverage) -> Caption:
    """The figure in words. The headline says on how many of the days no more than one article was read."""
    thin = sum(_outlets_on(data, number) <= 1 for number in range(len(data.days)))
    span = f"{words.day(data.days[0])} to {words.day(data.days[-1])}"
    headline = (
        f"On {words.number(thin)} of {words.number(len(data.days))} days at most one article was read"
        if thin
        else f"Articles were read on each of {words.number(len(data.days))} days"
    )
    told_by = f"measured on {quality.measured().labels}"
    return Caption(
        name=NAME,
        headline=headline,
        subtitle=f"Articles read by outlet and day, {span}, and after. Empty: none was given to this report.",
        note=f"{methods.measured()} Things that could not be read: {words.number(data.unread)}.",
        columns=("Outlet", *(words.short_day(day) for day in data.days), "Later or no day"),
        rows=(
            *(
                (label, *(str(count) if count else "" for count in on_days), str(later) if later else "")
                for label, on_days, later in data.rows
            ),
            *((f"{count} {name}",) for count, name in data.steps),
        ),
        claims=data.claims,
        ours=(
            *((count, f"count: {name}") for count, name in data.steps),
            *((count, "articles of an outlet on a day") for count in sorted(_counts(data), key=int)),
            *(
                (number, "outlets without a row")
                for label, *_ in data.rows
                for number in words.numbers_in(label)
            ),
            (words.number(thin), "days with at most one article"),
            (words.number(len(data.days)), "days shown"),
            (words.number(data.unread), "rows of the table of problems"),
            *((number, told_by) for number in words.numbers_in(methods.measured())),
        ),
    )


def _counts(data: Coverage) -> set[str]:
    return {str(count) for _, on_days, later in data.rows for count in (*on_days, later) if count}


def _outlets_on(data: Coverage, number: int) -> int:
    return sum(on_days[number] for _, on_days, _ in data.rows)


def draw(data: Coverage, canvas: Canvas) -> None:
    """The funnel above, the grid below."""
    _funnel(canvas, data.steps)
    cell = (style.WIDTH - _NAMES) / (len(data.days) + 2)
    top = canvas.body - _FUNNEL - _DAYS
    titles = [*(words.short_day(day) for day in data.days), "later"]
    every = max(1, round(len(titles) / 9))
    for number, title in enumerate(titles):
        later = number == len(data.days)
        left = _NAMES + cell * (number + 0.5 + later * 0.5)
        if later or (number % every == 0 and number < len(data.days) - every / 2):
            canvas.text(left, top + 2, title, fontsize=style.SMALL - 0.3, color=style.QUIET, ha="center")
    for row, (label, on_days, later_count) in enumerate(data.rows):
        bottom = top - _ROW * (row + 1)
        canvas.fit(canvas.text(0, bottom + 1.2, label, fontsize=style.SMALL + 0.2), _NAMES - 4)
        for number, count in enumerate((*on_days, later_count)):
            later = number == len(data.days)
            left = _NAMES + cell * (number + later * 0.5)
            _cell(canvas, (left + 0.4, bottom + 0.4, cell - 0.8, _ROW - 0.8), count)


def _cell(canvas: Canvas, place: tuple[float, float, float, float], count: int) -> None:
    if not count:
        canvas.box(*place, facecolor="none", edgecolor=style.GRID, linewidth=0.5)
        return
    fill = _TINTS[min(count, len(_TINTS)) - 1]
    canvas.box(*place, facecolor=fill, edgecolor="none")
    left, bottom, width, height = place
    canvas.text(
        left + width / 2,
        bottom + height / 2 - 0.1,
        words.number(count),
        ha="center",
        va="center",
        fontsize=style.SMALL - 0.6,
        color="white" if fill == _TINTS[-1] else style.INK,
    )


def _funnel(canvas: Canvas, steps: Sequence[tuple[str, str]]) -> None:
    width = style.WIDTH / len(steps)
    for number, (count, name) in enumerate(steps):
        left = width * number
        canvas.text(left, canvas.body - 7, count, fontweight="bold", fontsize=12)
        canvas.text(left, canvas.body - 11, name, fontsize=style.SMALL, color=style.QUIET)
        if number:
            canvas.text(left - 5, canvas.body - 6.8, "→", color=style.QUIET)
    canvas.line([0, style.WIDTH], [canvas.body - 15.5] * 2, color=style.GRID, linewidth=0.6)
