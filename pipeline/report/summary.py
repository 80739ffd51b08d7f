"""Page one: what stands on each main question, what else does, what was withdrawn; the gravest findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from pipeline.report.view import ClaimView, FindingView, GroupView, SeriesView, View

QUESTIONS: Final = 7
FINDINGS: Final = 10  # named on page one
ALIKE: Final = 2  # of one kind
LEAST: Final = 2  # evidence groups of a question that is worth a line
_OTHERS: Final = 4  # other figures that are named


@dataclass(frozen=True, slots=True)
class Line:
    """One question. `stands`: the latest statement that nobody withdrew or replaced; `also`: other figures
    that stand beside it; `withdrawn`: figures that were taken back.
    """

    series: SeriesView
    stands: GroupView
    also: tuple[str, ...]
    withdrawn: tuple[str, ...]


def lines(view: View) -> tuple[Line, ...]:
    """The running totals with most evidence, one for each metric and population, most evidence first."""
    told: dict[tuple[str, str], Line] = {}
    for series in view.series:
        key = (series.metric, series.population)
        line = _line(series) if series.scope == "cumulative" and key not in told else None
        if line is not None and len(series.groups) >= LEAST:
            told[key] = line
    return tuple(told.values())[:QUESTIONS]


def _line(series: SeriesView) -> Line | None:
    standing = [group for group in series.groups if group.first.status == "standing" and _number(group.first)]
    if not standing:
        return None
    latest = max(standing, key=lambda group: (group.first.stated_on or date.min, group.group_id))
    others = [group.first for group in standing if _number(group.first) != _number(latest.first)]
    withdrawn = [claim for group in series.groups for claim in group.claims if claim.status == "withdrawn"]
    return Line(series, latest, tuple(_figures(others)), tuple(_figures(withdrawn)))


def _number(claim: ClaimView) -> int | None:
    return next((one for one in (claim.value, claim.low, claim.high) if one is not None), None)


def _figures(claims: Iterable[ClaimView]) -> list[str]:
    """The figures of claims by size, each number once, the largest _OTHERS of them."""
    by_number: dict[int, str] = {}
    for claim in claims:
        if (number := _number(claim)) is not None:
            by_number.setdefault(number, claim.figure)
    ordered = [by_number[number] for number in sorted(by_number, reverse=True)]
    return [*ordered[:_OTHERS], *(["…"] if len(ordered) > _OTHERS else [])]


def key_findings(view: View) -> tuple[FindingView, ...]:
    """The most serious findings, no more than ALIKE of one kind."""
    seen: Counter[str] = Counter()
    kept = []
    for finding in view.findings:
        seen[finding.kind] += 1
        if seen[finding.kind] <= ALIKE:
            kept.append(finding)
    return tuple(kept[:FINDINGS])
