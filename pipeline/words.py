"""How numbers, days, lists and names of files are written wherever a reader sees them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

_NUMBER: Final = re.compile(r"\d[\d,]*")
_BREAK: Final = re.compile(r"[^\S ]+")  # white space that is no plain space
# Not from the calendar module: its names follow the locale.
_MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_BOUNDS: Final = {
    "exact": "{}",
    "at_least": "at least {}",
    "more_than": "more than {}",
    "up_to": "up to {}",
    "less_than": "fewer than {}",
    "about": "about {}",
}


def number(value: int) -> str:
    """An integer with commas: 1678 → "1,678"."""
    return f"{value:,}"


def figure(
    modifier: str, value: int | None, low: int | None, high: int | None, vague_word: str | None
) -> str:
    """A claim's number as the text bounds it: "at least 164", "10 to 15", "dozens"."""
    if modifier == "vague":
        return vague_word or "an unknown number"
    if modifier == "range" and low is not None and high is not None:
        return f"{number(low)} to {number(high)}"
    stated = next((one for one in (value, low, high) if one is not None), None)
    return "an unknown number" if stated is None else _BOUNDS[modifier].format(number(stated))


def plain(name: str) -> str:
    """A name from a table as words: "security_forces" → "security forces"."""
    return name.replace("_", " ")


def shortened(text: str, longest: int) -> str:
    """The text, cut with an ellipsis if it has more than `longest` characters."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def day(when: date | None) -> str:
    """A day in words: "9 January 2022"."""
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year}" if when else "a day not known"


def short_day(when: date) -> str:
    """A day for an axis or a margin: "9 Jan"."""
    return f"{when.day} {_MONTHS[when.month - 1][:3]}"


def listing(items: Sequence[str]) -> str:
    """Items as a phrase: "A", "A and B", "A, B and C"."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


def numbers_in(*texts: str) -> list[str]:
    """Every number that the texts print, as printed, each once, in order."""
    return list(dict.fromkeys(match.strip(",") for text in texts for match in _NUMBER.findall(text)))


def printable(text: str) -> str:
    """`text` in which what could move a cursor or turn a line, and bytes that are no text, are shown by their
    codes.
    """
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)


def one_line(text: str) -> str:
    """Words of an article as one line of a terminal: breaks are spaces, and the rest is `printable`."""
    return printable(_BREAK.sub(" ", text))
