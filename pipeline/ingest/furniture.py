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


@dataclass(frozen=True, slots=True)
class Pattern:
    """One entry of lexicon/furniture.toml: lines that `line` matches are furniture."""

    name: str
    line: re.Pattern[str]


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
        return tuple(Pattern(row["name"], re.compile(row["line"], re.IGNORECASE)) for row in entries)
    except re.error as error:
        raise ValueError(f"{path.name}: {error.pattern!r} is not a regular expression: {error}") from error


def furniture(text: str, known: Sequence[Pattern]) -> Iterator[Stretch]:
    """The furniture of `text`, line by line, in order of place."""
    start = 0
    for line in text.splitlines(keepends=True):
        bare = line.strip()
        match = next((pattern for pattern in known if bare and pattern.line.search(bare)), None)
        if match:
            yield Stretch(start, start + len(line.rstrip("\n")), match.name)
        start += len(line)
