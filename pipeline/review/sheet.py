"""reviews.csv as it stands: its rows beside their own characters, so that what people wrote is kept.

A row is a decision. Lines that begin with # are comments of people, and empty lines are nothing; both are
kept. Columns stand in any order, and columns that are not known are kept too.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from pipeline.review.decisions import ANCHORS, COLUMNS
from pipeline.schema.review import VERDICTS

FILE_BYTES: Final = 20_000_000
ROWS: Final = 100_000
CELL: Final = 4_000  # characters
_SPAN: Final = 50  # lines of one row: a reason may have several
_DELIMITERS: Final = (",", ";", "\t")
_NEEDED: Final = ("claim_id", "verdict")
_MARK: Final = "\ufeff"
# A spreadsheet runs a cell that begins with one of these, as in pipeline/exports.py; an apostrophe before it
# makes it text.
_FORMULA: Final = re.compile(r"[ \"']*[=+\-@＝＋－＠\t\r]")
_SHOWN: Final = re.compile(r"'[ \"']*[=+\-@＝＋－＠\t\r]")


class SheetError(ValueError):
    """The file cannot be used at all. `remedy` says what a person can do about it."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.remedy = remedy


@dataclass(frozen=True, slots=True)
class Record:
    """A row, a comment or an empty line: `raw` is what stands in the file, with its line end.

    `line` is its first line, from 1. `cells` are those of a row; without them, `fault` says why it cannot be
    read, or it is no row.
    """

    line: int
    raw: str
    cells: tuple[str, ...] = ()
    fault: str | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """The file. `head` holds what stands before its first row of data, the header last."""

    mark: str
    delimiter: str
    end: str
    columns: tuple[str, ...]
    head: tuple[Record, ...]
    records: tuple[Record, ...]

    @property
    def rows(self) -> tuple[Record, ...]:
        """The records that are rows."""
        return tuple(record for record in self.records if record.cells)

    @property
    def faults(self) -> tuple[Record, ...]:
        """The records that cannot be read."""
        return tuple(record for record in self.records if record.fault)

    def cells(self, record: Record) -> dict[str, str]:
        """A row's cells by column; a cell that is not there is empty."""
        padded = record.cells + ("",) * (len(self.columns) - len(record.cells))
        return {name: unescaped(cell) for name, cell in zip(self.columns, padded, strict=False) if name}

    def with_every_column(self) -> Sheet:
        """The sheet with the columns that are missing added after its own. Rows are as they were."""
        missing = tuple(name for name in (*COLUMNS, *ANCHORS) if name not in self.columns)
        if not missing:
            return self
        *before, header = self.head
        widened = self._record(header.line, (*header.cells, *missing))
        return replace(self, columns=(*self.columns, *missing), head=(*before, widened))

    def appended(self, rows: Sequence[Mapping[str, str]]) -> Sheet:
        """The sheet with rows after its own; columns that a row does not name are empty."""
        kept = self.records
        if kept and not kept[-1].raw.endswith(("\n", "\r")):
            kept = (*kept[:-1], replace(kept[-1], raw=kept[-1].raw + self.end))
        line = self._lines() + 1
        new = (self._record(line + number, self._ordered(row)) for number, row in enumerate(rows))
        return replace(self, records=(*kept, *new))

    def without(self, rows: Sequence[Mapping[str, str]]) -> Sheet:
        """The sheet without the last of its rows that is written as each of these would be."""
        kept = list(self.records)
        for raw in [self._record(0, self._ordered(row)).raw for row in rows]:
            for index in reversed(range(len(kept))):
                if kept[index].raw == raw:
                    del kept[index]
                    break
        return replace(self, records=tuple(kept))

    def filled(self, values: Mapping[int, Mapping[str, str]]) -> Sheet:
        """The sheet with values put into empty cells of rows, by the line on which the row begins."""
        return replace(
            self,
            records=tuple(
                self._filled(record, values[record.line]) if record.line in values else record
                for record in self.records
            ),
        )

    def encoded(self) -> bytes:
        """The file's bytes."""
        return (self.mark + "".join(record.raw for record in (*self.head, *self.records))).encode()

    def _lines(self) -> int:
        last = (*self.head, *self.records)[-1]
        return last.line + max(1, len(_lines(last.raw))) - 1

    def _ordered(self, row: Mapping[str, str]) -> tuple[str, ...]:
        return tuple(escaped(row.get(name, "")) for name in self.columns)

    def _filled(self, record: Record, values: Mapping[str, str]) -> Record:
        padded = record.cells + ("",) * (len(self.columns) - len(record.cells))
        cells = (
            cell if cell.strip() or name not in values else escaped(values[name])
            for name, cell in zip(self.columns, padded, strict=True)
        )
        return self._record(record.line, tuple(cells))

    def _record(self, line: int, cells: tuple[str, ...]) -> Record:
        # What begins with # would be read as a comment.
        out = io.StringIO()
        writer = csv.writer(
            out,
            delimiter=self.delimiter,
            lineterminator=self.end,
            quoting=csv.QUOTE_ALL if cells[0].lstrip().startswith("#") else csv.QUOTE_MINIMAL,
        )
        writer.writerow(cells)
        return Record(line, out.getvalue(), cells)


def escaped(cell: str) -> str:
    """A cell that no spreadsheet runs."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unescaped(cell: str) -> str:
    """What was meant by a cell that `escaped` gave, or a spreadsheet that does the same."""
    return cell[1:] if _SHOWN.match(cell) else cell


def empty() -> Sheet:
    """A file that nobody wrote yet."""
    return parse(",".join((*COLUMNS, *ANCHORS)).encode() + b"\n")


def parse(raw: bytes) -> Sheet:
    """The sheet in `raw`. Raises SheetError if it has no header that says what its columns are."""
    lines = _lines(_decoded(raw).removeprefix(_MARK))
    first = next((number for number, line in enumerate(lines) if not _is_no_row(line)), None)
    if first is None:
        raise SheetError("has no header", f"let its first row be {','.join(COLUMNS)}, or delete the file")
    delimiter, span, cells = _header(lines[first : first + _SPAN])
    columns = tuple(" ".join(cell.lower().replace("_", " ").split()).replace(" ", "_") for cell in cells)
    known = [name for name in columns if name in (*COLUMNS, *ANCHORS)]
    if doubled := sorted({name for name in known if known.count(name) > 1}):
        raise SheetError(f"has the column {doubled[0]} twice", "remove or rename one of the two")
    head = [Record(number + 1, lines[number]) for number in range(first)]
    head.append(Record(first + 1, "".join(lines[first : first + span]), cells))
    records = tuple(_records(lines, first + span, delimiter, columns))
    if sum(bool(record.raw.strip()) for record in records) > ROWS:
        raise SheetError(f"has more than {ROWS:,} rows", "remove rows that are no decisions")
    end = next((end for end in ("\r\n", "\n", "\r") if head[-1].raw.endswith(end)), "\n")
    if not head[-1].raw.endswith(end):
        head[-1] = replace(head[-1], raw=head[-1].raw + end)
    mark = _MARK if raw.startswith(_MARK.encode()) else ""
    return Sheet(mark, delimiter, end, columns, tuple(head), records)


def _decoded(raw: bytes) -> str:
    if len(raw) > FILE_BYTES:
        raise SheetError(f"is larger than {FILE_BYTES:,} bytes", "remove rows that are no decisions")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise SheetError(f"is not UTF-8: see line {line}", "save it as CSV in UTF-8") from error


def _lines(text: str) -> list[str]:
    """Lines with their ends: a line of CSV ends at no other sign than these."""
    return list(io.StringIO(text, newline=""))


def _is_no_row(line: str) -> bool:
    return not line.strip() or line.lstrip().startswith("#")


def _header(lines: list[str]) -> tuple[str, int, tuple[str, ...]]:
    """Which sign divides the cells, how many lines the header has, and its cells."""
    for delimiter in _DELIMITERS:
        span, cells, _ = _row(lines, delimiter)
        if set(_NEEDED) <= {cell.strip().lower().replace(" ", "_") for cell in cells}:
            return delimiter, span, cells
    raise SheetError(
        "has no columns claim_id and verdict", f"let its first row be {','.join(COLUMNS)}, in any order"
    )


def _records(lines: list[str], at: int, delimiter: str, columns: tuple[str, ...]) -> Iterator[Record]:
    verdict = columns.index("verdict")
    while at < len(lines):
        if _is_no_row(lines[at]):
            yield Record(at + 1, lines[at])
            at += 1
            continue
        span, cells, fault = _row(lines[at : at + _SPAN], delimiter)
        if any(_decides(line, delimiter, verdict) for line in lines[at + 1 : at + span]):
            span, cells, fault = 1, (), "a quotation mark is not closed"
        if any(cell.strip() for cell in cells[len(columns) :]):
            fault = "it has more cells than the header names"
        if max(map(len, cells), default=0) > CELL:
            fault = f"a cell has more than {CELL:,} characters"
        usable = cells if not fault and any(cell.strip() for cell in cells) else ()
        yield Record(at + 1, "".join(lines[at : at + span]), usable, fault)
        at += span


def _row(lines: list[str], delimiter: str) -> tuple[int, tuple[str, ...], str | None]:
    """How many of the lines the first row has, its cells, and why there are none."""
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    try:
        cells = tuple(next(reader))
    except csv.Error as error:
        long = "field limit" in str(error)
        return 1, (), "a cell is too long" if long else "its quotation marks do not match"
    return reader.line_num, cells, None


def _decides(line: str, delimiter: str, verdict: int) -> bool:
    """Whether a line that a quotation mark took into the row before it is a decision of its own."""
    cells = line.split(delimiter)
    return len(cells) > verdict and cells[verdict].strip().lower() in VERDICTS
