"""What is wrong with a row of a coded table.

A figure that is no number, or a date that is none, leaves the row out. Ends in the wrong order do not:
published tables have them (MAVERICK in 14 of 3,287 rows), and their authors' rules count such rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

import polars as pl

from pipeline.coded.cells import NOTHING, Cell, day, filled, first, last_day, whole
from pipeline.coded.layout import Coded, Figure

_SHOWN: Final = 40  # characters of a cell that a message shows
_NEGATIVE: Final = r"^-\s*\d"


@dataclass(frozen=True, slots=True)
class Check:
    """`says` gives what is wrong with each row, null where nothing is. An `error` leaves the row out."""

    severity: str
    remedy: str
    says: Callable[[Coded, Cell], pl.Expr]


def in_order(table: Coded, cell: Cell) -> pl.Expr:
    """Whether the first day of the row is not after its last; null if it does not name both."""
    start, end = first(table.start, cell), first(table.end, cell)
    return day(start, table.days) <= day(end, table.days)


def _numbers(table: Coded, cell: Cell) -> pl.Expr:
    columns = dict.fromkeys(column for figure in table.figures for column in figure.columns)
    return pl.coalesce(*(found for column in columns for found in _number(column, cell)), NOTHING)


def _number(column: str, cell: Cell) -> Iterator[pl.Expr]:
    text = filled(cell(column))
    yield pl.when(text.str.contains(_NEGATIVE)).then(_says(column, text, "is negative"))
    yield pl.when(text.is_not_null() & whole(text).is_null()).then(
        _says(column, text, "is no whole number in digits alone")
    )


def _days(table: Coded, cell: Cell) -> pl.Expr:
    ends = (_no_day(column, cell, table, day) for column in dict.fromkeys((*table.start, *table.end)))
    # Where several columns may say when it was published, only the last has none to fall to.
    published = (_no_day(column, cell, table, last_day) for column in table.published[-1:])
    return pl.coalesce(*ends, *published, NOTHING)


def _no_day(
    column: str, cell: Cell, table: Coded, read: Callable[[pl.Expr, tuple[str, ...]], pl.Expr]
) -> pl.Expr:
    text = filled(cell(column))
    return pl.when(text.is_not_null() & read(text, table.days).is_null()).then(
        _says(column, text, "is no date")
    )


def _order(table: Coded, cell: Cell) -> pl.Expr:
    start, end = first(table.start, cell), first(table.end, cell)
    after = pl.when(~in_order(table, cell)).then(
        pl.format("its first day {} is after its last, {}; used without them", start, end)
    )
    return pl.coalesce(*(found for figure in table.figures for found in _disorder(figure, cell)), after)


def _disorder(figure: Figure, cell: Cell) -> Iterator[pl.Expr]:
    for lower, upper in ((figure.low, figure.best), (figure.best, figure.high), (figure.low, figure.high)):
        if lower and upper:
            below, above = whole(cell(lower)), whole(cell(upper))
            yield pl.when(below > above).then(
                pl.format(
                    "{} {} is above {} {}; used as it stands", pl.lit(lower), below, pl.lit(upper), above
                )
            )


def _says(column: str, text: pl.Expr, what: str) -> pl.Expr:
    return pl.format("{} “{}” {}", pl.lit(column), text.str.slice(0, _SHOWN), pl.lit(what))


CHECKS: Final = (
    Check("error", "correct the figure, or leave its cell empty if nothing is known", _numbers),
    Check("error", "write days as YYYY-MM-DD, or give their form as days in [[coded]] of event.toml", _days),
    Check("warning", "correct the row if it is a slip", _order),
)
