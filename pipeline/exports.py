"""Tables as files: Parquet as they are, CSV made safe for spreadsheets."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Final

import polars as pl

from pipeline.table import Table

# A spreadsheet runs a cell that begins with one of these; an apostrophe before it makes it text again.
_FORMULA: Final = r"^([=+\-@\t\r])"


def parquet(frame: pl.DataFrame) -> bytes:
    """The frame as Parquet, zstd-compressed: the same frame gives the same bytes."""
    buffer = io.BytesIO()
    frame.write_parquet(buffer, compression="zstd", statistics=False)
    return buffer.getvalue()


def csv(frame: pl.DataFrame, table: Table) -> bytes:
    """The frame as CSV in UTF-8. Lists become words with spaces between; no cell can run as a formula."""
    columns = [
        pl.col(column.name).list.join(" ") if column.dtype == pl.List(pl.String) else pl.col(column.name)
        for column in table.columns
    ]
    texts = [column.name for column in table.columns if column.dtype in (pl.String(), pl.List(pl.String))]
    return safe_cells(frame.select(columns), texts).write_csv().encode()


def safe_cells(frame: pl.DataFrame, texts: Sequence[str]) -> pl.DataFrame:
    """The frame with an apostrophe before every text that a spreadsheet would run."""
    return frame.with_columns(pl.col(texts).str.replace(_FORMULA, "'$1"))
