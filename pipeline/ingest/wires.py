"""Whose copy an article is, by marks that the page itself carries.

Only a mark of copy counts: the agency in the dateline ("MOSCOW (AP) —", "NUR-SULTAN, January 5. /TASS/.")
or alone in brackets at the end. "… told Reuters" is a source, not a wire.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

_AGENCIES: Final = Path(__file__).parent.parent / "codebooks" / "wires.toml"
_HEAD: Final = 600  # characters within which a dateline stands
_TAIL: Final = 40  # characters within which a closing mark stands


@dataclass(frozen=True, slots=True)
class Wire:
    """The agency whose copy an article is, and the characters that show it."""

    agency: str
    evidence: str


@cache
def _marks(path: Path = _AGENCIES) -> tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...]:
    """Agency, its mark in a dateline, its mark at the end: one row an agency of codebooks/wires.toml."""
    marks = []
    for row in tomllib.loads(path.read_text(encoding="utf-8"))["agency"]:
        names = "|".join(re.escape(name) for name in row["marks"])
        dateline = rf"^[A-Z][^\n()/]{{0,60}}(?:\((?:{names})\)[ .]{{0,3}}[-–—]|/(?:{names})/)"
        marks.append((row["name"], re.compile(dateline, re.MULTILINE), re.compile(rf"\((?:{names})\)\s*\Z")))
    return tuple(marks)


def wire(text: str) -> Wire | None:
    """The wire of an article by its dateline, else by its closing mark; None if it shows neither."""
    head, tail = text[:_HEAD], text[-_TAIL:]
    datelines = [(agency, dateline.search(head)) for agency, dateline, _ in _marks()]
    closings = [(agency, closing.search(tail)) for agency, _, closing in _marks()]
    for matches in (datelines, closings):
        found = [(match.start(), agency, match.group()) for agency, match in matches if match]
        if found:
            _, agency, evidence = min(found)
            return Wire(agency, evidence.strip())
    return None
