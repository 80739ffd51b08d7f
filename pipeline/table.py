"""How a table is declared, and what follows from a declaration: DDL and polars schema.

The declarations themselves are in pipeline/schema/.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

TEXT: Final = pl.String()
INT: Final = pl.Int64()
DATE: Final = pl.Date()
TIME: Final = pl.Datetime("us")
LIST: Final = pl.List(pl.String())
NUMBER: Final = pl.Float64()
FLAG: Final = pl.Boolean()

SQL_TYPES: Final[dict[pl.DataType, str]] = {
    TEXT: "VARCHAR",
    INT: "BIGINT",
    DATE: "DATE",
    TIME: "TIMESTAMP",
    LIST: "VARCHAR[]",
    NUMBER: "DOUBLE",
    FLAG: "BOOLEAN",
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its type, what it means, its unit and the values it may hold (`None`: any)."""

    name: str
    dtype: pl.DataType
    meaning: str
    unit: str | None = None
    allowed: tuple[str, ...] | None = None
    required: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One table. `key` names the columns that together are unique; rows are kept in the key's order."""

    name: str
    meaning: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The columns' names, in order."""
        return tuple(column.name for column in self.columns)

    @property
    def polars_schema(self) -> dict[str, pl.DataType]:
        """Name and polars type of each column, in order."""
        return {column.name: column.dtype for column in self.columns}

    @property
    def ddl(self) -> str:
        """The `CREATE TABLE` statement. Long texts are compressed with zstd, which DuckDB does not do of
        itself, nor in files that its older versions can read: it stored news texts at 1.05 times their size.
        """
        return self._created(" USING COMPRESSION zstd")

    @property
    def lake_ddl(self) -> str:
        """The same for a lake, whose Parquet files are compressed whole."""
        return self._created("")

    def _created(self, long_texts: str) -> str:
        lines = []
        for column in self.columns:
            line = f'"{column.name}" {SQL_TYPES[column.dtype]}'
            if column.required:
                line += " NOT NULL"
            if column.name == "text" and self.name in ("articles", "pages"):
                line += long_texts
            lines.append(line)
        return f'CREATE TABLE IF NOT EXISTS "{self.name}" (\n  ' + ",\n  ".join(lines) + "\n)"

    def frame(self, rows: Sequence[object] = ()) -> pl.DataFrame:
        """Rows (dicts or tuples in column order) as a frame of exactly this table's schema."""
        return pl.DataFrame(rows, schema=self.polars_schema, orient="row").sort(self.key)
