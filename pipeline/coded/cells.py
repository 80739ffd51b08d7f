"""What a cell of a coded table says. An empty cell says nothing, and never zero."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import polars as pl

from pipeline.coded.layout import knowledge

Cell = Callable[[str], pl.Expr]  # of a column's label: its cells
NOTHING: Final = pl.lit(None, dtype=pl.String())
# People are whole; spreadsheets write 12 as 12.0, and 5.000 may be five thousand. More than twelve digits
# count no people.
_WHOLE: Final = r"^(\d{1,12})(?:\.0{1,2})?$"
_DAY: Final = r"^(\d{4}-\d\d-\d\d)(?:[ T]\d\d:\d\d[^A-Za-z]*Z?)?$"
_EARLIEST: Final = 1800
_BETWEEN: Final = ";"  # of several dates in a cell, as in UCDP GED's source_date


def filled(cell: pl.Expr) -> pl.Expr:
    """The cell without spaces around it; null if it is empty or says that there is no figure."""
    text = cell.str.strip_chars()
    return pl.when((text != "") & ~text.is_in(knowledge()["missing"])).then(text)


def whole(cell: pl.Expr) -> pl.Expr:
    """The cell as a whole number; null if it is none."""
    return filled(cell).str.extract(_WHOLE).cast(pl.Int64, strict=False)


def day(cell: pl.Expr, forms: tuple[str, ...]) -> pl.Expr:
    """The cell as a day, as YYYY-MM-DD with or without a time, or in one of `forms`; null if it is none."""
    text = cell.str.strip_chars()
    iso = text.str.extract(_DAY).str.to_date("%Y-%m-%d", strict=False)
    found = pl.coalesce(iso, *(text.str.to_date(form, strict=False) for form in forms))
    return pl.when(found.dt.year() >= _EARLIEST).then(found)  # 04-May-24 is no day of the first century


def last_day(cell: pl.Expr, forms: tuple[str, ...]) -> pl.Expr:
    """The last of the days in the cell; null if it holds none."""
    single = day(cell, forms)
    several = cell.str.split(_BETWEEN).list.eval(day(pl.element(), forms)).list.max()
    return pl.coalesce(single, several)


def first(columns: Sequence[str], cell: Cell) -> pl.Expr:
    """The first of `columns` that is filled; null if none is."""
    return pl.coalesce(*(filled(cell(column)) for column in columns), NOTHING)


def first_day(columns: Sequence[str], cell: Cell, forms: tuple[str, ...]) -> pl.Expr:
    """The last day in the first of `columns` that holds one; null if none does."""
    return pl.coalesce(*(last_day(cell(column), forms) for column in columns), NOTHING.cast(pl.Date))
