"""Every table is as pipeline/schema declares it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import polars as pl

from pipeline.checking.verdict import REBUILD, Broken, Row, Verdict, judge
from pipeline.table import Column, Table

LARGE: Final = "text"  # a column that a frame may be without; the warehouse takes no row that has none
_REMEDY: Final = f"Other code wrote the table. {REBUILD} it with the names of table and column."


def check(tables: Mapping[str, Table], frames: Mapping[str, pl.DataFrame]) -> Verdict:
    """Whether each frame has the columns of its table and their types, values where they are required, none
    but those that are allowed, and no key twice. A frame may be without the column that is LARGE.
    """
    odd = [row for name, frame in frames.items() for row in _odd(tables[name], frame)]
    strange = {row[0] for row in odd}
    sound = [(tables[name], frame) for name, frame in frames.items() if name not in strange]
    wrong = [row for table, frame in sound for row in _wrong(table, frame)]
    doubled = [row for table, frame in sound for row in _doubled(table, frame)]
    return judge(
        f"{', '.join(frames)}: as declared",
        [
            Broken("error", "Columns that are not as declared", tuple(odd), _REMEDY),
            Broken("error", "Values that are not as declared", tuple(wrong), _REMEDY),
            Broken("error", "Rows whose key is that of another", tuple(doubled), _REMEDY),
        ],
        rows=sum(frame.height for frame in frames.values()),
        rows_not_as_declared=len(wrong) + len(doubled),
    )


def _odd(table: Table, frame: pl.DataFrame) -> Iterator[Row]:
    found, declared = dict(frame.schema), table.polars_schema
    for name in sorted(found.keys() | (declared.keys() - {LARGE})):
        if found.get(name) != declared.get(name):
            here, there = found.get(name, "not there"), declared.get(name, "not there")
            yield table.name, None, f"column {name} is {here}, and declared as {there}"


def _wrong(table: Table, frame: pl.DataFrame) -> Iterator[Row]:
    for column in table.columns:
        if column.name in frame.columns and (faults := _faults(column)):
            for row in frame.filter(pl.any_horizontal(faults)).iter_rows(named=True):
                value = row[column.name]
                fault = "has no value" if value is None else f"{value!r} is not allowed"
                yield table.name, None, f"{column.name} {fault}, in {_key(table, row)}"


def _faults(column: Column) -> list[pl.Expr]:
    """What makes a value of the column wrong; nothing if any value will do."""
    value = pl.col(column.name)
    missing = [value.is_null()] if column.required else []
    return [*missing, ~value.is_in(column.allowed)] if column.allowed else missing


def _doubled(table: Table, frame: pl.DataFrame) -> Iterator[Row]:
    key = pl.struct(table.key)
    for row in frame.filter(key.is_duplicated()).unique(table.key, maintain_order=True).iter_rows(named=True):
        yield table.name, None, _key(table, row)


def _key(table: Table, row: Mapping[str, Any]) -> str:
    """The row by its key; whose event it is is known."""
    return ", ".join(f"{name} {row[name]!r}" for name in table.key if name != "event_id")
