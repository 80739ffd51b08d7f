"""Publication dates as pages print them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Final

from dateutil import parser

# A moment in UTC, or midnight of the day as printed; and how exactly it is known: second, minute or day.
Stamp = tuple[datetime, str]

_LONGEST: Final = 60
_LABEL: Final = re.compile(
    r"^(?:published|posted|updated|last (?:updated|modified)|date)(?: on| at)?\s{0,3}:?\s{1,3}", re.IGNORECASE
)
_BY: Final = re.compile(r"\s{1,3}by\s\S.{0,40}$", re.IGNORECASE)
_APART: Final = re.compile(r"\s{0,3}[|•·]\s{0,3}")
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_ISO: Final = re.compile(r"\d{4}-?\d\d-?\d\d(?!\d)")  # a year alone is no day
_ZONE: Final = re.compile(r"\s[A-Za-z]{2,5}$")
_YEARS: Final = range(1900, 2101)
_CLOCK: Final = re.compile(r"\d:\d\d")
# dateutil fills what a line leaves out from a default: a line that says the whole date gives the same day
# with both of these.
_DEFAULTS: Final = (datetime(2000, 1, 1), datetime(2001, 2, 2))


def date_line(line: str) -> Stamp | None:
    """The date that is all of `line` ("Tuesday 11 January 2022 09:54 GMT"), with its precision, or None.

    A time counts only with a time zone that is known: without one the day is all that is sure.
    """
    begin = line.strip()[: 2 * _LONGEST]
    if not _YEAR.search(begin):
        return None
    text = _APART.sub(" ", _BY.sub("", _LABEL.sub("", begin)))
    if len(text) > _LONGEST or not _YEAR.search(text):
        return None
    moment = _parse(text) or _parse(_ZONE.sub("", text))
    return stamp(moment, clock=bool(_CLOCK.search(text))) if moment else None


@lru_cache(maxsize=1_000)  # one line is asked about by several, and one day stands on many pages
def _parse(text: str) -> datetime | None:
    """The moment that `text` says, if it says year, month and day."""
    try:
        first, second = (parser.parse(text, default=default, tzinfos=_offset_of) for default in _DEFAULTS)
    except (ValueError, ArithmeticError):
        return None
    return first if first.date() == second.date() else None


def stamp(moment: date | datetime, *, clock: bool = True) -> Stamp | None:
    """A date or a time as naive UTC with its precision. Without a time zone only the day is kept.

    None for a day on which no page was published: templates print the year 1 for want of a date.
    """
    if isinstance(moment, datetime) and moment.tzinfo is not None and clock:
        try:
            utc = moment.astimezone(UTC).replace(tzinfo=None)
        except (ValueError, OverflowError):
            return None
        precision = "second" if utc.second else "minute"
        return (utc.replace(microsecond=0), precision) if utc.year in _YEARS else None
    return (datetime(moment.year, moment.month, moment.day), "day") if moment.year in _YEARS else None


def _offset_of(_: str | None, offset: int | None) -> int | None:
    """Zones by abbreviation mean several things ("IST"), so only a printed offset counts; GMT and UTC are
    dateutil's own.
    """
    return offset


def moment(text: str | None) -> Stamp | None:
    """A date in ISO 8601: to the second in UTC if it says clock and zone, else its day."""
    if not text or len(text) > _LONGEST or not _ISO.match(text.strip()):
        return None
    try:
        found = parser.isoparse(text.strip())
    except (ValueError, OverflowError):
        return None
    return stamp(found, clock=found.tzinfo is not None)
