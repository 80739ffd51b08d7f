"""Who stands behind a figure: outlets, who owns them, the wires they print, the statements they carry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pipeline import words
from pipeline.report.figures import marks, style
from pipeline.report.figures.picture import Caption, Drawing
from pipeline.report.figures.style import Canvas
from pipeline.report.view import ClaimView, GroupView, SeriesView, View

NAME: Final = "outlets-to-originators"
LACKING: Final = "No figure here was carried by three outlets: there is nothing to trace."
LEAST: Final = 3  # outlets
MOST: Final = 24  # articles drawn
_ROW: Final = 4.6  # mm
_HEAD: Final = 8.0
_OWNER, _WIRE, _SOURCE = 56.5, 93.0, 125.0  # mm from the left
_SPACE: Final = 3.0
_GAP: Final = 0.8  # rows between evidence groups


@dataclass(frozen=True, slots=True)
class Trace:
    """The figure that most outlets carry in one series, with the evidence groups behind it."""

    series: SeriesView
    figure: str
    groups: tuple[GroupView, ...]


def compose(view: View) -> Drawing | None:
    """The figure, or None if no figure was carried by LEAST outlets."""
    data = select(view)
    if data is None:
        return None
    drawn = _drawn(data)
    body = _ROW * (sum(len(claims) for _, claims in drawn) + _GAP * len(drawn)) + _HEAD
    return Drawing(caption(data), body, drawn, draw)


def select(view: View) -> Trace | None:
    """The number that most outlets print as an answer to one question."""
    found: dict[tuple[str, int], list[GroupView]] = {}
    series_of = {series.series_id: series for series in view.series}
    for series in view.series:
        for group in series.groups:
            number = marks.value_of(group.first).at
            if number is not None and series.scope == "cumulative":
                found.setdefault((series.series_id, number), []).append(group)
    if not found:
        return None
    (series_id, number), groups = max(found.items(), key=lambda item: (len(_outlets(item[1])), item[0]))
    if len(_outlets(groups)) < LEAST:
        return None
    groups.sort(key=lambda group: (-len(group.carried_by), group.group_id))
    return Trace(series_of[series_id], words.number(number), tuple(groups))


def _drawn(data: Trace) -> list[tuple[GroupView, list[ClaimView]]]:
    """The groups with the claims that are drawn, the widest carried first, MOST rows together."""
    room, drawn = MOST, []
    for group in data.groups:
        if claims := _one_an_article(group)[:room]:
            drawn.append((group, claims))
            room -= len(claims)
    return drawn


def _outlets(groups: Sequence[GroupView]) -> set[str]:
    return {outlet for group in groups for outlet in group.carried_by}


def _one_an_article(group: GroupView) -> list[ClaimView]:
    first: dict[str, ClaimView] = {}
    for claim in group.claims:
        first.setdefault(claim.article.article_id, claim)
    return sorted(first.values(), key=lambda claim: (claim.article.wire or "", claim.article.label))


def caption(data: Trace) -> Caption:
    """The figure in words. The headline says how many statements the outlets come down to."""
    outlets, groups = len(_outlets(data.groups)), len(data.groups)
    told = [(group, claim) for group in data.groups for claim in _one_an_article(group)]
    owners = {claim.article.publisher for _, claim in told if claim.article.publisher}
    wires = {claim.article.wire for _, claim in told if claim.article.wire}
    sources = {group.originator for group in data.groups}
    behind = "one statement stands" if groups == 1 else f"{words.number(groups)} statements stand"
    rest = max(len(told) - MOST, 0)
    left_out = f" Rows not drawn: {words.number(rest)}." if rest else ""
    steps = (
        _counted(len({claim.article.article_id for _, claim in told}), "article"),
        _counted(outlets, "outlet"),
        _counted(len(owners), "known owner"),
        _counted(len(wires), "wire"),
        _counted(len(sources), "originator"),
    )
    return Caption(
        name=NAME,
        headline=f"{words.number(outlets)} outlets print {data.figure}; {behind} behind it",
        subtitle=f"{data.series.metric.capitalize()}{data.series.of_whom}: {' → '.join(steps)}.",
        note="A bracket joins what goes back to one statement. Repetition is reach, not corroboration; that "
        "two statements are not joined does not show that they are independent. No owner: the table of "
        f"publishers does not have the outlet.{left_out}",
        columns=("Outlet", "Published", "Owner", "Wire", "Goes back to"),
        rows=tuple(
            (
                claim.article.label,
                words.day(claim.article.published) if claim.article.published else "",
                claim.article.publisher or "",
                claim.article.wire or "",
                group.originator,
            )
            for group, claim in told
        ),
        claims=tuple(claim.claim_id for _, claim in told),
        ours=(
            *((step.partition(" ")[0], f"{step.partition(' ')[2]} counted in the table") for step in steps),
            (words.number(groups), "evidence groups of the figure"),
            (words.number(rest), "rows of the table that are not drawn"),
        ),
    )


def _counted(count: int, name: str) -> str:
    return f"{words.number(count)} {name}" + ("" if count == 1 else "s")


def draw(drawn: Sequence[tuple[GroupView, Sequence[ClaimView]]], canvas: Canvas) -> None:
    """Groups from top to bottom, a bracket around each."""
    for left, title in ((0.0, "Outlet"), (_OWNER, "Owner"), (_WIRE, "Wire"), (_SOURCE, "Goes back to")):
        canvas.text(left, canvas.body - 3.6, title, fontsize=style.SMALL, color=style.QUIET)
    top = canvas.body - _HEAD
    for group, claims in drawn:
        _group(canvas, group, claims, top)
        top -= _ROW * (len(claims) + _GAP)


def _group(canvas: Canvas, group: GroupView, claims: Sequence[ClaimView], top: float) -> None:
    tint = style.colour(group.first.side)
    for number, claim in enumerate(claims):
        level = top - _ROW * (number + 0.5)
        name = canvas.text(0, level - 1.0, claim.article.label, fontsize=style.SMALL + 0.4)
        canvas.fit(name, _OWNER - 5 * _SPACE)
        if claim.article.published:
            day = words.short_day(claim.article.published)
            canvas.text(
                _OWNER - _SPACE, level - 1.0, day, fontsize=style.SMALL, color=style.QUIET, ha="right"
            )
        for left, right, told in (
            (_OWNER, _WIRE, claim.article.publisher),
            (_WIRE, _SOURCE - 3 * _SPACE, claim.article.wire),
        ):
            if told:
                text = canvas.text(left, level - 1.0, told, fontsize=style.SMALL + 0.4)
                canvas.fit(text, right - left - _SPACE)
        canvas.line([_SOURCE - 3 * _SPACE, _SOURCE - 2 * _SPACE], [level, level], color=tint, linewidth=1.0)
    first, last = top - _ROW * 0.5, top - _ROW * (len(claims) - 0.5)
    middle = (first + last) / 2
    canvas.line([_SOURCE - 2 * _SPACE] * 2, [first, last], color=tint, linewidth=1.0)
    canvas.line([_SOURCE - 2 * _SPACE, _SOURCE - _SPACE], [middle, middle], color=tint, linewidth=1.0)
    name = canvas.text(_SOURCE, middle - 1.1, group.originator, fontweight="semibold", color=tint)
    canvas.fit(name, style.WIDTH - _SOURCE)
