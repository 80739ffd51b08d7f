"""What is wrong with an event.toml: every mistake with its line, its entry and what to do."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from pipeline.coded.files import inside
from pipeline.config.entries import Entry, Mistake, Values
from pipeline.config.keys import ENTRIES, EVENT, FIGURES, HEADINGS, LEXICONS
from pipeline.config.lines import Lines, lines, ungrammatical
from pipeline.config.meanings import meanings
from pipeline.folders import CODED
from pipeline.words import shortened

LARGEST: Final = 1_000_000  # bytes
_TOLD: Final = 100  # mistakes that are told one by one
_PARTS: Final = 200  # of a key, between dots
_QUOTED: Final = re.compile(r'"(?:[^"\\]|\\.)*+"|\'[^\']*+\'')


def read(file: Path) -> tuple[Values, tuple[Mistake, ...]]:
    """The values of an event.toml, and what is wrong with it; without values if it cannot be parsed.

    Raises OSError if it cannot be opened.
    """
    text = _text(file)
    if isinstance(text, Mistake):
        return {}, (text,)
    values = _parsed(text)
    if isinstance(values, Mistake):
        return {}, (values,)
    return values, _told(tuple(mistakes(values, lines(text, values))))


def _text(file: Path) -> str | Mistake:
    if not inside(file.parent, file):
        return Mistake("error", "is a link to outside of the event's folder", "copy the file into the folder")
    with file.open("rb") as opened:
        raw = opened.read(LARGEST + 1)
    if len(raw) > LARGEST:
        remedy = f"keep in it what describes the event; figures belong into tables in {CODED}/"
        return Mistake("error", f"has more than {LARGEST:,} bytes", remedy)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return Mistake("error", f"line {line}: is not UTF-8", "save the file as UTF-8")


def _parsed(text: str) -> Values | Mistake:
    if at := next(_overlong(text), None):
        return Mistake("error", f"line {at}: holds a key of too many parts", f"give it {_PARTS} at most")
    try:
        return tomllib.loads(text)
    except RecursionError:
        return Mistake("error", "its lists lie too deep in one another", "remove them")
    except ValueError as error:
        line, message, remedy = ungrammatical(text, str(error))
        return Mistake("error", f"line {line}: {message}" if line else message, remedy)


def _overlong(text: str) -> Iterator[int]:
    """Lines with a key such as a.b.c of more parts than any has: for 50,000 tomllib takes half a minute."""
    for number, line in enumerate(text.split("\n"), start=1):
        if line.count(".") > _PARTS and _QUOTED.sub("", line).count(".") > _PARTS:
            yield number


def _told(found: tuple[Mistake, ...]) -> tuple[Mistake, ...]:
    """The first mistakes one by one, then only how many more there are."""
    rest = found[_TOLD:]
    if not rest:
        return found
    worst = next((one for one in rest if one.severity == "error"), rest[0])
    return *found[:_TOLD], Mistake(worst.severity, f"{len(rest):,} more mistakes", worst.remedy)


def mistakes(values: Values, at: Lines) -> Iterator[Mistake]:
    """What is wrong with the values of an event.toml, in the order of its kinds of entries."""
    whole = Entry(EVENT, 0, values, at)
    yield from _headings(whole)
    entries = [whole, *(entry for heading in HEADINGS for entry in _entries(heading, values, at))]
    found = [mistake for entry in entries for mistake in _shape(entry)]
    yield from found
    if not any(mistake.severity == "error" for mistake in found):
        yield from meanings(entries)


def _rows(heading: str, values: Values) -> object:
    """What stands under a heading; an empty list if nothing does."""
    outer, _, inner = heading.rpartition(".")
    within = values.get(outer, {}) if outer else values
    return within.get(inner, []) if isinstance(within, dict) else []


def _entries(heading: str, values: Values, at: Lines) -> Iterator[Entry]:
    rows = _rows(heading, values)
    for index, row in enumerate(rows if isinstance(rows, list) else ()):
        if isinstance(row, dict):
            yield Entry(heading, index, row, at)


def _headings(whole: Entry) -> Iterator[Mistake]:
    """Headings that stand in place of a list of entries, and kinds of lexicon entries that there are not."""
    for heading in HEADINGS:
        rows = _rows(heading, whole.values)
        if not (isinstance(rows, list) and all(isinstance(row, dict) for row in rows)):
            remedy = f"begin each entry with [[{heading}]], in double brackets"
            yield whole.error(heading, f"{heading} is no list of entries", remedy)
    lexicon = whole.values.get("lexicon", {})
    if not isinstance(lexicon, dict):
        remedy = f"begin each entry with [[lexicon.{LEXICONS[0]}]], in double brackets"
        yield whole.error("lexicon", "lexicon is no list of entries", remedy)
        return
    for kind in sorted(lexicon.keys() - set(LEXICONS)):
        message = f"lexicon.{kind}: there is no such kind of entry"
        yield whole.error(None, message, f"the kinds of entries are {', '.join(LEXICONS)}")


def _shape(entry: Entry) -> Iterator[Mistake]:
    """Keys that are missing or unknown, and values that are not what they must be."""
    known = ENTRIES[entry.heading]
    for key in known.needed:
        if key not in entry.values:
            has = "title is missing" if entry.heading == EVENT else f"has no {key}"
            yield entry.error(None, has, f"give it: {key} must be {known.needed[key].remedy}")
    for key, value in entry.values.items():
        if key not in known.all:
            yield from _unknown(entry, key)
        elif not known.all[key].fits(value):
            told = shortened(repr(value), 60)
            yield entry.error(key, f"{key} is {told}", f"{key} must be {known.all[key].remedy}")
    if entry.heading == "coded" and known.needed[FIGURES].fits(entry.values.get(FIGURES)):
        for index, row in enumerate(entry.values[FIGURES]):
            for mistake in _shape(Entry(FIGURES, index, row, Lines({}))):
                yield Mistake(
                    mistake.severity, entry.error(FIGURES, mistake.message, "").message, mistake.remedy
                )


def _unknown(entry: Entry, key: str) -> Iterator[Mistake]:
    """A key that nothing reads. In TOML a key of the event that stands below a heading is of that entry."""
    known = tuple(ENTRIES[entry.heading].all)
    if entry.heading == EVENT:
        known += (*HEADINGS, "lexicon")
    if key in known:
        return
    near = get_close_matches(key, known, 1)
    if key in ENTRIES[EVENT].all:
        remedy = "move the line above the first heading, [[…]], if it is of the whole event, else remove it"
    else:
        remedy = f"did you mean {near[0]}?" if near else f"the keys are {', '.join(known)}"
    yield entry.warning(key, f"{shortened(key, 40)} is no key that is known; it was passed over", remedy)
