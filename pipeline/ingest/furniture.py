"""Page furniture: lines that belong to the page and not to the article.

Furniture stays in the text, so that offsets stay true; what lies in it makes no claims.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

_PATTERNS: Final = Path(__file__).parent.parent / "lexicon" / "furniture.toml"
REPEATED: Final = "repeated line"
_LONGEST: Final = 240  # characters of a line that may be furniture: a whole article may stand in one line
_SHORTEST: Final = 40  # characters of a line that is not printed twice by chance
_PARAGRAPH: Final = 80  # characters of a line that is prose
_ENOUGH: Final = 3  # such lines are an article
_LONGEST_LINK: Final = 140  # characters of a headline
_NO_LINK: Final = re.compile(r"(?:[^.]\.|[!?:…])[”\")’\]]{0,2}$")  # how sentences end, and headlines do not
_CREDIT: Final = re.compile(r"\s{0,3}(?:\([^()]{1,60}\)|[/|] ?[^/|]{1,40})$")  # whose photograph it is


@dataclass(frozen=True, slots=True)
class Pattern:
    """One entry of lexicon/furniture.toml: lines that `line` matches are furniture, `below` links below them,
    or the `rest` of the page, if the article stands before.
    """

    name: str
    line: re.Pattern[str]
    below: int = 0
    rest: bool = False


@dataclass(frozen=True, slots=True)
class Stretch:
    """text[start:end] is furniture by the pattern of that name."""

    start: int
    end: int
    pattern: str


@cache
def patterns(path: Path = _PATTERNS) -> tuple[Pattern, ...]:
    """The furniture patterns, in the order of the file. Raises ValueError on an entry that is no regex."""
    entries = tomllib.loads(path.read_text(encoding="utf-8"))["furniture"]
    try:
        return tuple(
            Pattern(
                row["name"],
                re.compile(row["line"], re.IGNORECASE),
                row.get("below", 0),
                row.get("rest", False),
            )
            for row in entries
        )
    except re.error as error:
        raise ValueError(f"{path.name}: {error.pattern!r} is not a regular expression: {error}") from error


@cache
def slugs(path: Path = _PATTERNS) -> frozenset[str]:
    """Words in capitals that stand before a dash and are no place."""
    return frozenset(tomllib.loads(path.read_text(encoding="utf-8"))["slugs"]["words"])


@dataclass(slots=True)
class _Box:
    """The box that lines below its heading are in: `left` links at most, or the `rest` of the page."""

    name: str | None = None
    left: int = 0
    rest: bool = False

    def heading(self, pattern: Pattern, paragraphs: int) -> None:
        """A line is the heading of a box, if its pattern has lines below it."""
        if pattern.rest and paragraphs >= _ENOUGH:
            self.name, self.rest = pattern.name, True
        elif pattern.below and not self.rest:
            self.name, self.left = pattern.name, pattern.below

    def holds(self, line: str) -> bool:
        """Whether a line that is not empty is in the box. The first sentence ends a box of links."""
        link = self.left > 0 and len(line) <= _LONGEST_LINK and not _NO_LINK.search(line)
        self.left = self.left - 1 if link else 0
        return self.rest or link


def furniture(text: str, known: Sequence[Pattern]) -> Iterator[Stretch]:
    """The furniture of `text`, line by line, in order of place: lines that a pattern of `known` matches, what
    is in a box below its heading, and captions and headlines that the page prints again.
    """
    start = paragraphs = 0
    seen: set[str] = set()
    box = _Box()
    for line in text.splitlines(keepends=True):
        bare = line.strip()
        match = matching(bare, known)
        name = match.name if match else None
        if bare and box.holds(bare):
            name = name or box.name
        if match:
            box.heading(match, paragraphs)
        plain = _CREDIT.sub("", bare.casefold()).rstrip(" .")
        if name is None and plain in seen:
            name = REPEATED
        if len(plain) >= _SHORTEST:
            seen.add(plain)
        if name:
            yield Stretch(start, start + len(line.rstrip("\n")), name)
        paragraphs += not name and len(bare) >= _PARAGRAPH
        start += len(line)


def matching(line: str, known: Sequence[Pattern]) -> Pattern | None:
    """The first pattern that matches a line, which may be too long for any."""
    looked = known if 0 < len(line) <= _LONGEST else ()
    return next((pattern for pattern in looked if pattern.line.search(line)), None)
