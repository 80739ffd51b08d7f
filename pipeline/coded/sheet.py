"""CSV as people save it: which sign divides its cells, where its header is, and its rows one by one."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from pipeline.coded import hxl

_DELIMITERS: Final = (",", ";", "\t", "|")
# HXL has its tags within the first 25 rows (tagging conventions, 1.1).
_HEAD: Final = 25
COLUMNS: Final = 1_000  # more are no table that a person has coded
_LONGEST: Final = 100  # characters of a label
_WIDEST: Final = 1_000_000  # characters of a line


@dataclass(frozen=True, slots=True)
class Sheet:
    """`header`: a label a column, no two the same; `tags`: HXL, if any; `first`: the first row of data."""

    delimiter: str
    header: tuple[str, ...]
    tags: tuple[hxl.Tag | None, ...] | None
    first: int


def sheet(text: str) -> Sheet | None:
    """How the table in `text` is laid out, by its first rows; None if it holds none."""
    found = [one for delimiter in _DELIMITERS if (one := _with(text, delimiter))]
    return max(found, key=lambda one: (one.tags is not None, len(one.header)), default=None)


def rows_of(text: str, delimiter: str) -> Iterator[tuple[int, list[str] | None]]:
    """Every row with its number, from 1; None for one that cannot be read."""
    reader = csv.reader(_lines(text), delimiter=delimiter, strict=True)
    number = 0
    while True:
        number += 1
        try:
            yield number, next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield number, None


def _lines(text: str) -> Iterator[str]:
    """Lines with their ends, without a copy of the whole; of one without end what no table's row exceeds."""
    start = 0
    while start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        yield text[start : min(end, start + _WIDEST)]
        start = end


def _with(text: str, delimiter: str) -> Sheet | None:
    head = [(number, row or []) for number, row in islice(rows_of(text, delimiter), _HEAD)]
    filled = [(number, row) for number, row in head if any(cell.strip() for cell in row)]
    for index, (number, row) in enumerate(filled):
        if tags := hxl.tags(row):
            above = filled[index - 1][1] if index else []
            names = [
                name.strip() or tag.strip() for name, tag in zip(above + [""] * len(row), row, strict=False)
            ]
            return Sheet(delimiter, _labels(names), tags, number + 1)
    return Sheet(delimiter, _labels(filled[0][1]), None, filled[0][0] + 1) if filled else None


def _labels(names: list[str]) -> tuple[str, ...]:
    """Names on one line, of bounded length, each once."""
    labels: dict[str, None] = {}
    for number, name in enumerate(names, 1):
        label = " ".join(name.split())[:_LONGEST] or f"column {number}"
        while label in labels:
            label = f"{label} (column {number})"
        labels[label] = None
    return tuple(labels)
