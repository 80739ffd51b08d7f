"""The data dictionary: pipeline/schema.py as a page people can read."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

from pipeline.files import write_atomic
from pipeline.schema import TABLES
from pipeline.table import SQL_TYPES, Column, Table

_HEAD: Final = """# Data dictionary

Every table of the warehouse; the same rows go out as `tables/<name>.parquet` and `tables/<name>.csv`.
This page is made from `pipeline/schema.py` by `make docs`. Times are four and never mixed: *holds for*
(as-of), *said on*, *published*, *retrieved*. An empty value means "not known" or "not stated", never zero.
"""


def markdown() -> str:
    """The dictionary as Markdown, one section a table in the order of the schema."""
    return "\n".join([_HEAD, *(_section(table) for table in TABLES.values())])


def _section(table: Table) -> str:
    key = ", ".join(f"`{name}`" for name in table.key)
    lines = [f"## {table.name}", "", table.meaning, "", f"Key: {key}.", ""]
    lines += ["| column | type | meaning |", "| --- | --- | --- |"]
    for column in table.columns:
        lines.append(f"| `{column.name}` | {SQL_TYPES[column.dtype]} | {_meaning(column)} |")
    return "\n".join(lines) + "\n"


def _meaning(column: Column) -> str:
    parts = [column.meaning]
    if column.unit:
        parts.append(f"Unit: {column.unit}.")
    if column.allowed:
        parts.append(f"One of: {', '.join(column.allowed)}.")
    if column.required:
        parts.append("Always filled.")
    return ". ".join([parts[0].rstrip("."), " ".join(parts[1:])]).strip()


if __name__ == "__main__":
    write_atomic(Path(sys.argv[1]), markdown().encode())
