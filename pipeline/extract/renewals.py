"""Other figures that an article gives for the same people: what makes an older one superseded.

Looked up by metric, people and place: an article may hold thousands, each with "earlier" beside it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from pipeline.extract.document import Draft


class Renewals:
    """The figures of an article by what they count."""

    def __init__(self, claims: Iterable[Draft]) -> None:
        self._wholes: dict[tuple[str, str], set[int | None]] = defaultdict(set)
        self._totals: dict[tuple[str, str, str | None], dict[int | None, date]] = defaultdict(dict)
        self._undated: dict[tuple[str, str, str | None], set[int | None]] = defaultdict(set)
        for one in claims:
            if one.mention.modifier == "vague":
                continue
            if one.part_of is None:
                self._wholes[one.metric, one.population].add(one.mention.value)
            if one.scope == "cumulative":
                self._add_total(one)
        self._last = {key: _last_two(days) for key, days in self._totals.items()}

    def _add_total(self, one: Draft) -> None:
        key, value = (one.metric, one.population, one.place_id), one.mention.value
        if one.as_of is None:
            self._undated[key].add(value)
        else:
            days = self._totals[key]
            days[value] = max(days.get(value, one.as_of[0]), one.as_of[0])

    def another(self, draft: Draft, *, same_people: bool) -> bool:
        """Whether there is another figure of the metric: for the same people, or for all."""
        people = (draft.population,) if same_people else (draft.population, "all")
        return any(_another(self._wholes.get((draft.metric, one)), draft.mention.value) for one in people)

    def later(self, draft: Draft, day: date, *, undated: bool) -> bool:
        """Whether there is another total of a day after `day`, or, if `undated`, of no day."""
        key, value = (draft.metric, draft.population, draft.place_id), draft.mention.value
        after = any(last > day for last, other in self._last.get(key, ()) if other != value)
        return after or (undated and _another(self._undated.get(key), value))


def _another(values: set[int | None] | None, value: int | None) -> bool:
    return bool(values) and values != {value}


def _last_two(days: dict[int | None, date]) -> list[tuple[date, int | None]]:
    """The two values that hold for the last days: of these one at least is another than any given value."""
    return sorted(((day, value) for value, day in days.items()), key=lambda pair: pair[0])[-2:]
