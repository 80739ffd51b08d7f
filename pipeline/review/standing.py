"""Which of several decisions on one claim stand: the last, by day and then by line."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pipeline.review.decisions import AMEND, Decision


def standing(decisions: Sequence[Decision]) -> dict[int, Decision]:
    """For each decision on one claim, by its line, the decision that stands in its place: itself if it does.

    The last decides whether the claim is accepted, rejected or amended. Amendments of different fields stand
    beside one another, unless an acceptance or rejection came between. A decision without a day is older than
    any that has one.
    """
    ordered = sorted(decisions, key=lambda one: (one.decided_on or date.min, one.line))
    last = ordered[-1]
    if last.verdict != AMEND:
        return {one.line: last for one in ordered}
    since = max((number for number, one in enumerate(ordered, 1) if one.verdict != AMEND), default=0)
    of_field = {one.field: one for one in ordered[since:]}
    return {one.line: of_field.get(one.field, last) if one.verdict == AMEND else last for one in ordered}


def says_the_same(one: Decision, other: Decision) -> bool:
    """Whether two decisions on one claim come to the same."""
    return (one.verdict, one.field, one.value.casefold()) == (
        other.verdict,
        other.field,
        other.value.casefold(),
    )
