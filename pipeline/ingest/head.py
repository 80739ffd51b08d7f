"""The head of a page: who wrote it, when, and the dateline before its first words: metadata."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pipeline.ingest import wires
from pipeline.ingest.dates import date_line
from pipeline.ingest.furniture import Stretch, slugs

HEAD_LINES: Final = 12
_LONGEST: Final = 120  # characters of a byline
_WORD: Final = r"[^\W\d_a-z][\w.'’-]{0,20}"
_NAME: Final = rf"{_WORD}(?: (?:de|del|di|la|le|van|von|den|der|al|el|bin|ibn|{_WORD})){{1,4}}"
_NAMES: Final = rf"{_NAME}(?:(?:,| and| &| in) {_WORD}(?: {_WORD}){{0,4}}){{0,4}}"
# Nothing but names may follow "By": "By the ministry's count 12 people …" is a sentence.
_BYLINE: Final = re.compile(
    rf"^(?:By|BY|Written by|Reported by)[ :]{{1,2}}(?P<names>{_NAMES})[ .]{{0,2}}(?:[|·•–—-] ?(?P<rest>.*))?$"
)
_ALONE: Final = re.compile(rf"^(?P<names>{_NAMES})$")
# "RIVERTON, Riverland, May 4 — Three people …": a place in capitals, what may follow it, and a dash.
_PLAIN_DATELINE: Final = re.compile(
    r"^(?P<place>[^\W\d_a-z][^\W\d_a-z .'’-]{2,40})(?:, [\w .]{2,30}){0,2} {0,2}[–—-]{1,2} (?=[^\W_a-z\d])"
)


@dataclass(frozen=True, slots=True)
class Head:
    """What the head says of the article, and the stretches of the text that say it."""

    byline: str | None
    dateline: str | None
    stretches: tuple[Stretch, ...]


def head(text: str) -> Head:
    """The head of `text`; what it lacks is None."""
    lines = tuple(_first_lines(text))
    dates = [number for number, (_, _, line) in enumerate(lines) if date_line(line)]
    by = next(((at, found) for at, line in enumerate(lines) if (found := _byline(line[2]))), None)
    if by is None:  # names alone, with nothing but the date after them
        # The first line is the headline, though every word of it has a capital.
        above = ((at - 1, _ALONE.match(lines[at - 1][2])) for at in dates if at > 1)
        by = next(((at, found["names"]) for at, found in above if found), None)
    stretches = [Stretch(*lines[at][:2], "date line") for at in dates]
    if by:
        stretches.append(Stretch(*lines[by[0]][:2], "byline"))
    if span := _dateline(text, lines):
        stretches.append(Stretch(*span, "dateline"))
    filed = text[slice(*span)].strip(" –—-_:") if span else None
    return Head(by[1] if by else None, filed, tuple(sorted(stretches, key=lambda one: one.start)))


def _byline(line: str) -> str | None:
    """The names of a line that is a byline."""
    found = _BYLINE.match(line) if len(line) <= _LONGEST else None
    if found is None or (found["rest"] and not (date_line(found["rest"]) or _ALONE.match(found["rest"]))):
        return None
    return found["names"]


def _first_lines(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and words of the first lines that are not empty."""
    start = found = 0
    while start < len(text) and found < HEAD_LINES:
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if line := text[start:end].strip():
            found += 1
            first = text.index(line[0], start)
            yield first, first + len(line), line
        start = end + 1


def _dateline(text: str, lines: tuple[tuple[int, int, str], ...]) -> tuple[int, int] | None:
    if span := wires.dateline(text):
        return span
    for start, _, line in lines:
        found = _PLAIN_DATELINE.match(line)
        if found and found["place"] not in slugs():
            return start, start + found.end()
    return None
