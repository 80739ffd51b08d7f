"""What a codebook is: its words from pipeline/codebooks/*.toml, its steps as expressions."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final

import polars as pl

from pipeline.table import TEXT

_FOLDER: Final = Path(__file__).parents[2] / "codebooks"
NOTHING: Final = pl.lit(None, dtype=pl.Int64)
NO_GRADE: Final = pl.lit(None, dtype=TEXT)


@dataclass(frozen=True, slots=True)
class Codebook:
    """A codebook as its TOML file describes it.

    - `unit`: what it counts as one: an independent `statement`, or each `report` that carries it;
    - `metrics`, `populations`: what it codes; empty: anything;
    - `vague`: what it codes for a word without a number;
    - `doubtful`: sides whose figures it uses only where there is no other;
    - `by_side`: whether it codes each side's figures apart.
    """

    codebook_id: str
    title: str
    rule: str
    version: str
    citation: str
    says: str
    unit: str = "statement"
    metrics: tuple[str, ...] = ()
    populations: tuple[str, ...] = ()
    vague: Mapping[str, int] = field(default_factory=dict)
    doubtful: tuple[str, ...] = ()
    by_side: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A codebook's steps over the reports of a series: which it uses, and what it would code."""

    uses: pl.Expr
    low: pl.Expr
    best: pl.Expr
    high: pl.Expr
    grade: pl.Expr = NO_GRADE


@cache
def codebooks(folder: Path = _FOLDER) -> tuple[Codebook, ...]:
    """Every codebook of the folder, in order of file name. A file without `rule` is no codebook."""
    found = []
    for path in sorted(folder.glob("*.toml")):
        values = tomllib.loads(path.read_text(encoding="utf-8"))
        if "rule" in values:
            lists = {name: tuple(value) for name, value in values.items() if isinstance(value, list)}
            found.append(Codebook(codebook_id=path.stem, **{**values, **lists}))
    return tuple(found)


def codebook(codebook_id: str) -> Codebook:
    """The codebook of that name. Raises StopIteration if the folder has none."""
    return next(book for book in codebooks() if book.codebook_id == codebook_id)


def coded(codebook: Codebook) -> pl.Expr:
    """The number a report gives under the codebook: as stated, else the codebook's number for its word."""
    return pl.coalesce("value", "low", "high", numbered(codebook))


def numbered(codebook: Codebook) -> pl.Expr:
    """The codebook's number for a word without one; null where it has none."""
    return pl.col("vague_word").replace_strict(dict(codebook.vague), default=None, return_dtype=pl.Int64)


def end(codebook: Codebook, name: str) -> pl.Expr:
    """The lower or upper end a report gives; where its text leaves the end open, the number it states."""
    return pl.coalesce(name, coded(codebook))
