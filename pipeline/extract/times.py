"""When: the day a source spoke and the day a figure holds for, resolved against the day of publication."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from pipeline.extract.document import Document, Draft, Token
from pipeline.extract.lexicon import Lexicon

DAYS: Final = 31
_DIGITS: Final = 9  # of a day or a year, zeros before it too
_NEAR: Final = 6  # tokens between a verb of saying and the day that belongs to it


@dataclass(frozen=True, slots=True)
class Day:
    """A day named by tokens first..last."""

    first: int
    last: int
    day: date


def time(document: Document, lexicon: Lexicon) -> Document:
    """Fill `said_on` and `as_of`. What only a day of publication could resolve stays open without one."""
    return replace(document, claims=tuple(_timed(document, draft, lexicon) for draft in document.claims))


def _timed(document: Document, draft: Draft, lexicon: Lexicon) -> Draft:
    tokens = document.tokens(draft.mention)
    days = list(days_in(tokens, document.published, lexicon))
    said = _said_on(draft, tokens, days)
    as_of = next((day.day for day in days if _is_as_of(tokens, day.first)), said)
    period = (as_of, as_of) if as_of else _month_of_speech(draft, tokens, document.published, lexicon)
    return replace(draft, said_on=said, as_of=period)


def _month_of_speech(
    draft: Draft, tokens: tuple[Token, ...], published: date | None, lexicon: Lexicon
) -> tuple[date, date] | None:
    """The month in which the source spoke, where no day is given: "In June prosecutors said …"."""
    if draft.attribution is None:
        return None
    start, end = draft.attribution
    for index in range(1, len(tokens)):
        token = tokens[index]
        if token.lower not in lexicon.months or not token.text[0].isupper():
            continue
        near = tokens[max(0, index - 2)].start <= end and start <= tokens[min(index + 2, len(tokens) - 1)].end
        if not near:
            continue
        if tokens[index - 1].lower not in ("in", "last") or _names_a_day(tokens, index):
            continue
        first = _resolve(1, lexicon.months[token.lower], _year(tokens, index + 1), published)
        if first is not None:
            return first, first.replace(day=monthrange(first.year, first.month)[1])
    return None


def _names_a_day(tokens: tuple[Token, ...], month: int) -> bool:
    number = _number(tokens, month + 1)
    return number is not None and number <= DAYS


def _said_on(draft: Draft, tokens: tuple[Token, ...], days: list[Day]) -> date | None:
    """The day nearest to the source phrase, if the phrase is in this sentence and the day is close to it."""
    if draft.attribution is None:
        return None
    start, end = draft.attribution
    inside = [index for index, token in enumerate(tokens) if start <= token.start and token.end <= end]
    if not inside:
        return None
    near = [
        (max(inside[0] - day.last, day.first - inside[-1], 0), day.first, day.day)
        for day in days
        if not _is_as_of(tokens, day.first) and _is_of_speech(tokens, day, inside)
    ]
    return min(near)[2] if near and min(near)[0] <= _NEAR else None


def _is_of_speech(tokens: tuple[Token, ...], day: Day, source: list[int]) -> bool:
    """Whether the day can be that of the statement: "on Wednesday", or beside the source's words."""
    before = tokens[day.first - 1].lower if day.first else "on"
    return before in ("on", "earlier", "late", "early") or day.first == source[-1] + 1


def _is_as_of(tokens: tuple[Token, ...], first: int) -> bool:
    before = [token.lower for token in tokens[max(0, first - 4) : first]]
    return "as of" in " ".join(before)


def days_in(tokens: tuple[Token, ...], published: date | None, lexicon: Lexicon) -> Iterator[Day]:
    """Every day that the tokens name: "January 5", "5 Jan. 2022", "Wednesday", "today", "yesterday"."""
    for index, token in enumerate(tokens):
        if token.lower in lexicon.months and token.text[0].isupper():
            yield from _calendar_day(tokens, index, lexicon.months[token.lower], published)
        elif token.lower in lexicon.weekdays and published is not None:
            back = (published.weekday() - lexicon.weekdays.index(token.lower)) % 7
            yield from _days_before(index, published, back)
        elif token.lower in ("today", "yesterday") and published is not None:
            yield from _days_before(index, published, token.lower == "yesterday")


def _days_before(index: int, published: date, days: int) -> Iterator[Day]:
    if published.toordinal() > days:  # a page may give the first day of the calendar as its own
        yield Day(index, index, published - timedelta(days=days))


def _calendar_day(tokens: tuple[Token, ...], index: int, month: int, published: date | None) -> Iterator[Day]:
    after = index + 1 + (index + 1 < len(tokens) and tokens[index + 1].text == ".")
    for place in (after, index - 1, index - 2):
        number = _number(tokens, place)
        if number is not None and 1 <= number <= DAYS:
            year = _year(tokens, max(place, index) + 1)
            day = _resolve(number, month, year, published)
            if day is not None:
                yield Day(min(place, index), max(place, index), day)
            return


def _year(tokens: tuple[Token, ...], place: int) -> int | None:
    for step in (place, place + 1):
        number = _number(tokens, step)
        if number is not None and 1900 <= number <= 2100:
            return number
    return None


def _resolve(day: int, month: int, year: int | None, published: date | None) -> date | None:
    """The date; without a year, the last such day that is not after publication."""
    if year is None:
        if published is None:
            return None
        year = published.year - ((month, day) > (published.month, published.day))
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _number(tokens: tuple[Token, ...], index: int) -> int | None:
    text = tokens[index].text if 0 <= index < len(tokens) else ""
    return int(text) if text.isdecimal() and len(text) <= _DIGITS else None
