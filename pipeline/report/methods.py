"""How the report was made, area by area, from methods.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from pipeline import words
from pipeline.report import quality

_FILE: Final = Path(__file__).parent / "methods.toml"


@dataclass(frozen=True, slots=True)
class Area:
    """One area of method: what it is about, and what was done."""

    title: str
    text: str


@cache
def areas() -> tuple[Area, ...]:
    """Every area, in the order of the file; what was measured stands in its place."""
    rows = tomllib.loads(_FILE.read_text(encoding="utf-8"))["areas"]
    return tuple(Area(row["title"], row["text"].replace("{quality}", measured())) for row in rows)


def source() -> str:
    """What names the areas."""
    return str(tomllib.loads(_FILE.read_text(encoding="utf-8"))["source"])


def measured() -> str:
    """What extraction reaches on labels, in a sentence."""
    told = quality.measured()
    return (
        f"On {words.number(told.articles)} labelled articles {told.precision} of the facts put out are right "
        f"and {told.recall} of those labelled are found (95 % intervals)."
    )
