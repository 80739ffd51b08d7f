"""Tables: pipeline/schema/ as a page people can read."""

from __future__ import annotations

from typing import Final

from pipeline.documenting.markup import code, grid
from pipeline.schema import TABLES
from pipeline.table import SQL_TYPES, Column, Table

_HEAD: Final = """# Tables

Every table of the warehouse that reports carry; the same rows go out as `tables/<name>.parquet` and
`tables/<name>.csv`. This page is made from `pipeline/schema/` by `make reference`. Times are four and never
mixed: *holds for* (as-of), *said on*, *published*, *retrieved*. An empty value means "not known" or "not
stated", never zero.
"""


def markdown() -> str:
    """The page, one section a table in the order of the schema."""
    return "\n".join([_HEAD, *(_section(table) for table in TABLES.values())])


def _section(table: Table) -> str:
    rows = ((f"`{column.name}`", SQL_TYPES[column.dtype], _meaning(column)) for column in table.columns)
    return "\n".join(
        [
            f"## {table.name}\n",
            f"{table.meaning}\n",
            f"Key: {code(*table.key)}.\n",
            grid(("column", "type", "meaning"), rows),
        ]
    )


def _meaning(column: Column) -> str:
    parts = [column.meaning]
    if column.unit:
        parts.append(f"Unit: {column.unit}.")
    if column.allowed:
        parts.append(f"One of: {', '.join(column.allowed)}.")
    if column.required:
        parts.append("Always filled.")
    return ". ".join([parts[0].rstrip("."), " ".join(parts[1:])]).strip()
