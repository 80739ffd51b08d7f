"""Whether a frame is as its table is declared."""

from __future__ import annotations

import polars as pl

from pipeline.checking import columns
from pipeline.table import Table


def violations(table: Table, frame: pl.DataFrame) -> list[tuple]:
    """The rows that break the table's declaration, each with what is wrong."""
    return columns.check({table.name: table}, {table.name: frame}).rows.rows()
