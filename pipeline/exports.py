"""Tables as files: Parquet as they are, CSV made safe for spreadsheets, JSON made safe for pages."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Sequence
from typing import Final

import polars as pl

from pipeline.table import Table

# A spreadsheet runs a cell that begins with one of these, some of them in full width too, after blanks or
# quotation marks; an apostrophe before it makes it text. (OWASP, CSV Injection.)
_RUNS: Final = "[ \"']*[=+\\-@＝＋－＠"
_FIRST: Final = rf"^({_RUNS}\t\n])"
# One that is set to another separator, as in many languages, begins a cell after that, and a row after a line
# end, whatever quotation marks are around them.
_WITHIN: Final = rf"([;\t\n])({_RUNS}])"
# Controls would act on a terminal, and signs of direction show the digits of a number in another order.
_HIDDEN: Final = r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]"
_REPLACEMENT: Final = "\ufffd"
_PLAIN_JSON: Final = re.compile(r"[^\n -%'-;=?-~]")  # a sign of JSON that may have to be escaped


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
    buffer = io.BytesIO()
    safe_cells(frame.select(columns), texts).write_csv(buffer)
    return buffer.getvalue()


def safe_cells(frame: pl.DataFrame, texts: Sequence[str]) -> pl.DataFrame:
    """The frame with an apostrophe before all that a spreadsheet would run: at the beginning of a text, and
    after what may divide cells within it. Controls and signs of direction are each one U+FFFD; but for these,
    `original_cell` gives the texts back.
    """
    shown = pl.col(texts).str.replace_all(_HIDDEN, _REPLACEMENT)
    return frame.with_columns(shown.str.replace_all(_WITHIN, "$1'$2").str.replace(_FIRST, "'$1"))


def original_cell(cell: str) -> str:
    """The text of which `safe_cells` made this cell."""
    return re.sub(rf"([;\t\n])'({_RUNS}])", r"\1\2", re.sub(rf"^'({_RUNS}\t\n])", r"\1", cell))


def json_text(value: object, *, indent: int | None = None) -> str:
    """The value as JSON, days as texts. It can stand in a page and on a terminal: characters that would end a
    script, turn a line or move a cursor are written by their codes, which means the same.
    """
    return _PLAIN_JSON.sub(_escaped, json.dumps(value, ensure_ascii=False, indent=indent, default=str))


def _escaped(found: re.Match[str]) -> str:
    char = found.group()
    if char in "<>&" or not char.isprintable():
        return f"\\u{ord(char):04x}" if char < "\U00010000" else json.dumps(char)[1:-1]
    return char
