"""What the pages print, in the order they print it: a View as plain strings.

PDF and HTML are both made from this, so that they cannot differ in what they say.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from typing import Any, Final

from pipeline import words
from pipeline.report import methods
from pipeline.report.codebooks import ANY_SIDE, Description
from pipeline.report.decisions import APPLIED, DecisionView
from pipeline.report.figures.gallery import Gallery
from pipeline.report.figures.picture import Caption
from pipeline.report.safe import breakable
from pipeline.report.summary import Line, key_findings, lines
from pipeline.report.view import ClaimView, EstimateView, FindingView, GroupView, SeriesView, View

CLAIMS_SHOWN: Final = 6  # claims printed with a finding; the others are named
FINDINGS_SHOWN: Final = 120  # findings printed with their claims; of the others the claims are named
DECISIONS_SHOWN: Final = 200  # decisions of people that are printed
LINK_SHOWN: Final = 60  # characters of what shows a link between claims
MANY: Final = 1500  # claims above which pages print those that findings and questions name
SERIES_GROUPS: Final = 2  # a series with fewer evidence groups has nothing to compare

REVIEWED: Final = {"accept": "accepted by a person", "amend": "amended by a person"}

_ATTACHED: Final = "Every claim is attached to this file as claims.json."
_NOT_ATTACHED: Final = "Every claim is in tables/claims.parquet and tables/claims.csv."


def content(view: View, gallery: Gallery, codebooks: Sequence[Description]) -> dict[str, Any]:
    """Everything the pages print, as JSON can hold it: strings, lists and None."""
    compared = [series for series in view.series if len(series.groups) >= SERIES_GROUPS]
    return {
        "title": view.title,
        "question": view.question,
        "notice": view.notice,
        "date": [view.period[1].year, view.period[1].month, view.period[1].day] if view.period else None,
        "period": _period(view),
        "run_id": view.run_id,
        "counts": [{"name": name, "number": words.number(number)} for name, number in _counts(view)],
        "summary": [_line(line) for line in lines(view)],
        "key_findings": [{"id": one.finding_id, "headline": one.headline} for one in key_findings(view)],
        "all_findings": _all_findings(view),
        "findings": [
            _finding(one, CLAIMS_SHOWN if number < FINDINGS_SHOWN else 0)
            for number, one in enumerate(view.findings)
        ],
        "pictures": [_picture(picture.caption) for picture in gallery.pictures],
        "left_out": list(gallery.left_out),
        "codebooks": [
            {"title": book.title, "says": book.says, "citation": book.citation} for book in codebooks
        ],
        "estimates": [_estimates(series, codebooks) for series in compared if series.estimates],
        "series": [_series(series) for series in compared],
        "reviews": _reviews(view),
        "claims": [_claim(claim) for claim in view.claims],
        "printed": sorted(_printed(view, compared)),
        "not_printed": _not_printed(view),
        "problems": [
            {"path": breakable(one.path), "message": breakable(one.message), "remedy": one.remedy}
            for one in view.problems
        ],
        "methods": [{"title": area.title, "text": area.text} for area in methods.areas()],
        "methods_source": methods.source(),
        "rejected": ", ".join(f"{reason} {words.number(count)}" for reason, count in view.rejected.items()),
        "articles": [
            {
                "label": article.label,
                "title": article.title,
                "url": article.url,
                "url_shown": breakable(article.url) if article.url else None,
                "published": words.day(article.published) if article.published else None,
            }
            for article in view.articles
        ],
        "versions": view.versions,
        "inputs_shown": breakable(view.inputs_sha256),
        "command": f"counterclaim run {view.event_id}",
        "attachment": _ATTACHED if view.period else _NOT_ATTACHED,
    }


def _period(view: View) -> str:
    if view.period is None:
        return "No article has a date."
    return f"Articles published from {words.day(view.period[0])} to {words.day(view.period[1])}."


def _counts(view: View) -> Iterable[tuple[str, int]]:
    for name, count in (
        ("articles", "articles"),
        ("outlets", "outlets"),
        ("claims", "claims"),
        ("independent statements", "evidence groups"),
        ("claims withdrawn", "claims withdrawn"),
        ("claims without a source", "claims without a source"),
    ):
        yield name, view.counts[count]


def _question(series: SeriesView) -> str:
    people = "" if series.population == "all" else f" ({series.population})"
    scope = "" if series.scope == "cumulative" else f", {series.scope}"
    definition = f", {series.definition}" if series.definition else ""
    return f"{series.metric.capitalize()}{people}{definition}, {series.place or 'place not stated'}{scope}"


def _line(line: Line) -> dict[str, Any]:
    first, series = line.stands.first, line.series
    articles = "1 article" if series.articles == 1 else f"{words.number(series.articles)} articles"
    return {
        "question": _question(series),
        "id": first.claim_id,
        "figure": first.figure,
        "who": f"{breakable(line.stands.originator)}, {_day(first)}",
        "also": ", ".join(line.also),
        "withdrawn": ", ".join(line.withdrawn),
        "carried": f"{articles}, {words.number(series.originators)} sources",
    }


def _series(series: SeriesView) -> dict[str, Any]:
    size = f"{words.number(series.claims)} claims, {words.number(len(series.groups))} independent statements"
    return {"question": _question(series), "size": size, "groups": [_group(group) for group in series.groups]}


def _group(group: GroupView) -> dict[str, Any]:
    return {
        "stated": _day(group.first),
        "originator": breakable(group.originator),
        "first": _claim(group.first),
        "carried": f"{words.number(len(group.carried_by))}: {', '.join(group.carried_by)}",
        "links": "; ".join(
            f"{link}: “{breakable(words.shortened(text, LINK_SHOWN))}”" if text else link
            for link, text in group.links
        ),
    }


def _estimates(series: SeriesView, codebooks: Sequence[Description]) -> dict[str, Any]:
    """One question with what the codebooks would code: each figure once, with the rules that give it."""
    titles = {book.codebook_id: book.title for book in codebooks}
    rules: dict[str, list[str]] = {}
    for estimate in sorted(series.estimates, key=lambda one: (_size(one), list(titles).index(one.codebook))):
        if figure := _coded(estimate):
            rules.setdefault(figure, []).append(titles[estimate.codebook] + _noted(estimate))
    return {
        "question": _question(series),
        "figures": [{"figure": figure, "rules": ", ".join(named)} for figure, named in rules.items()],
        "as_of": words.day(series.estimates[0].as_of),
    }


def _size(estimate: EstimateView) -> int:
    return next((one for one in (estimate.best, estimate.low, estimate.high) if one is not None), 0)


def _noted(estimate: EstimateView) -> str:
    """The side that is coded apart and the grade that is given, in brackets."""
    notes = [words.plain(estimate.side)] if estimate.side != ANY_SIDE else []
    notes += [estimate.grade] if estimate.grade else []
    return f" ({', '.join(notes)})" if notes else ""


def _coded(estimate: EstimateView) -> str:
    """The best figure, else the range; empty if the rule gives neither."""
    if estimate.best is not None:
        return words.number(estimate.best)
    if estimate.low is not None and estimate.high is not None:
        ends = (words.number(estimate.low), words.number(estimate.high))
        return ends[0] if ends[0] == ends[1] else f"{ends[0]} to {ends[1]}"
    return ""


def _printed(view: View, compared: Sequence[SeriesView]) -> set[str]:
    """The claims that the PDF prints in its table: all, or where they are many those that are named."""
    if len(view.claims) <= MANY:
        return {claim.claim_id for claim in view.claims}
    named = {group.first.claim_id for series in compared for group in series.groups}
    named |= {line.stands.first.claim_id for line in lines(view)}
    named |= {claim.claim_id for finding in view.findings for claim in finding.claims[:CLAIMS_SHOWN]}
    wholes = {claim.claim_id: claim.part_of for claim in view.claims}
    for claim_id in tuple(named):
        whole = wholes[claim_id]
        while whole and whole not in named:
            named.add(whole)
            whole = wholes[whole]
    return named


def _all_findings(view: View) -> str | None:
    if len(key_findings(view)) == len(view.findings):
        return None
    return f"All {words.number(len(view.findings))} findings follow, each with its evidence."


def _not_printed(view: View) -> str | None:
    if len(view.claims) <= MANY:
        return None
    return (
        f"This event has {words.number(len(view.claims))} claims. Printed here are those that a finding or a "
        "question above names; all of them are in claims.json, attached to the PDF, and in tables/claims.csv."
    )


def _finding(finding: FindingView, most: int) -> dict[str, Any]:
    shown, more = finding.claims[:most], finding.claims[most:]
    return {
        "id": finding.finding_id,
        "headline": finding.headline,
        "detail": finding.detail,
        "kind": finding.kind,
        "severity": f"severity {finding.severity}",
        "claims": [_claim(claim) for claim in shown],
        "more": f"Also {', '.join(claim.claim_id for claim in more)}." if more else None,
    }


def _picture(caption: Caption) -> dict[str, Any]:
    return {
        "name": caption.name,
        "file": f"{caption.name}.svg",
        "headline": caption.headline,
        "subtitle": caption.subtitle,
        "note": caption.note,
        "source": caption.source,
        "alt": caption.alt,
        "columns": list(caption.columns),
        "rows": [list(row) for row in caption.rows],
    }


def _claim(claim: ClaimView) -> dict[str, Any]:
    people = "" if claim.population == "all" else f" ({claim.population})"
    return {
        "id": claim.claim_id,
        "figure": claim.figure,
        "what": f"{claim.metric}{people}" + (f", {claim.place}" if claim.place else ""),
        "who": breakable(claim.source) if claim.source else "no source named",
        "before": breakable(claim.before),
        "quote": breakable(claim.quote),
        "after": breakable(claim.after),
        "outlet": claim.article.label,
        "url": claim.article.url,
        "published": words.day(claim.article.published) if claim.article.published else None,
        "stated": _day(claim),
        "stated_key": claim.stated_on.isoformat() if claim.stated_on else "",
        "figure_key": next((str(one) for one in (claim.value, claim.low, claim.high) if one is not None), ""),
        "status": claim.status,
        "standing": "; ".join(
            dict.fromkeys([claim.status, *([] if claim.stance == "asserted" else [claim.stance])])
        ),
        "part_of": claim.part_of,
        "as_of": f"as of {claim.as_of}" if claim.as_of else None,
        "rule": claim.rule,
        "scope": claim.scope,
        "confidence": claim.confidence,
        "reviewed": REVIEWED[claim.reviewed] if claim.reviewed else None,
    }


def _reviews(view: View) -> dict[str, Any] | None:
    """What people decided: how often each, and every decision that changed something or was not applied."""
    if not view.decisions:
        return None
    applied = [one for one in view.decisions if one.outcome == APPLIED]
    told = [one for one in view.decisions if one.outcome != APPLIED or one.verdict != "accept"]
    counted = [
        f"{words.number(len(claims))} {word}"
        for verdict, word in (("accept", "accepted"), ("amend", "amended"), ("reject", "left out"))
        if (claims := {one.claim_id for one in applied if one.verdict == verdict})
    ]
    there = {claim.claim_id for claim in view.claims}
    return {
        "says": f"Claims that people looked at: {', '.join(counted) or 'none that is here'}. Every decision "
        "is in tables/reviews.csv, with what extraction gave.",
        "rows": [_decision(one, there) for one in told[:DECISIONS_SHOWN]],
        "more": "Further decisions are in the table alone." if len(told) > DECISIONS_SHOWN else None,
    }


def _decision(one: DecisionView, there: Set[str]) -> dict[str, Any]:
    day = f", {words.day(one.decided_on)}" if one.decided_on else ""
    return {
        "id": one.claim_id,
        "linked": one.claim_id in there,
        "quote": breakable(one.quote),
        "outlet": breakable(one.outlet),
        "field": breakable(one.field),
        "before": breakable(one.before),
        "after": breakable(one.after),
        "who": breakable(one.reviewer or "no name given") + day,
        "reason": breakable(one.reason),
        "failed": None if one.outcome == APPLIED else f"{one.outcome}: {breakable(one.note)}",
    }


def _day(claim: ClaimView) -> str:
    day = claim.stated_on
    return f"{words.short_day(day)} {day.year}" if day else "no date"
