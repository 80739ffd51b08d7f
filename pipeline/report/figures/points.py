"""Numbers by the day they were stated: what figures with a time axis show."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from pipeline.report.figures.marks import Value, value_of
from pipeline.report.view import ClaimView, GroupView, SeriesView


@dataclass(frozen=True, slots=True)
class Point:
    """One number stated on one day, by however many groups; `claim` speaks for them."""

    day: date
    value: Value
    claim: ClaimView
    outlets: int

    @property
    def who(self) -> str:
        """Who stated it: the source, else the outlet."""
        return self.claim.source or self.claim.article.label


def points(series: SeriesView) -> Iterator[Point]:
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
