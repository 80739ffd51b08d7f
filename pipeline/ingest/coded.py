"""Tables of figures that people have coded: each row becomes an article whose text is the row.

So a coded figure is read, quoted and traced as any other: its quote is the line "deaths_best: 12". A row with
a figure that is no number is a problem and no article, and so is a table of no format that is known.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final, NamedTuple

import polars as pl

from pipeline.coded.cells import Cell, first, first_day
from pipeline.coded.checks import CHECKS
from pipeline.coded.files import ENDINGS, HEAD, inside
from pipeline.coded.layout import Coded
from pipeline.coded.sheet import COLUMNS, Sheet, rows_of, sheet
from pipeline.events import Event
from pipeline.folders import CONFIG
from pipeline.ingest.decoding import decode
from pipeline.ingest.page import Note, UnreadableError
from pipeline.limits import Limits
from pipeline.schema import ARTICLES
from pipeline.words import printable

_BATCH: Final = 10_000  # rows that are held as cells at a time
_TOLD: Final = 20  # faulty rows of a table that are told one by one
_SHOWN: Final = 30  # columns that a message names
_LINE: Final = "line"  # the row's number in the file, from 1
_SAID: Final = "said"
_WIDTH: Final = "give each row one cell a column; look for a quotation mark that is never closed"


@dataclass(frozen=True, slots=True)
class Problem:
    """A row of the table `problems`, its event apart. A `warning` says what a table lacks that was read."""

    path: str
    severity: str
    message: str
    remedy: str


class _Told(NamedTuple):
    """A problem of one row; sorted, they stand in the order of the file."""

    line: int
    severity: str
    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Tables:
    """Rows of the table `articles`, and what is wrong with these and others."""

    articles: pl.DataFrame
    problems: tuple[Problem, ...]


def tables(event: Event, limits: Limits) -> Tables:
    """Every coded table of `event`. A table that cannot be used stops none of the others."""
    frames, problems, seen = [ARTICLES.frame()], list[Problem](), dict[str, str]()
    for table in event.coded:
        try:
            raw = _bytes(event.root, table, limits)
            sha256 = hashlib.sha256(raw).hexdigest()
            if (twin := seen.setdefault(sha256, table.file)) != table.file:
                note = Note(f"the same bytes as {twin}; read once", "remove one of the two")
                problems.append(_warning(table, note))
                continue
            text, notes = decode(raw)
            found = _read(event.event_id, table, text, sha256)
        except UnreadableError as error:
            problems.append(Problem(table.file, "error", error.message, error.remedy))
        else:
            frames.append(found.articles)
            problems += [*(_warning(table, note) for note in notes), *found.problems]
    return Tables(pl.concat(frames), tuple(problems))


def _bytes(root: Path, table: Coded, limits: Limits) -> bytes:
    path = root / table.file
    if path.exists() and not path.is_file():
        raise UnreadableError("is no plain file", "put the table's file there, or remove it")
    if path.exists() and not inside(root, path):
        raise UnreadableError("is a link to outside of the event's folder", "copy the file into the folder")
    if not table.figures and not table.file.lower().endswith(ENDINGS):
        raise UnreadableError(
            f"files of the kind {path.suffix or 'without an ending'} are not read as tables",
            f"save it as one of {', '.join(ENDINGS)}",
        )
    try:
        with path.open("rb") as file:
            raw = file.read(limits.table_bytes + 1)
    except OSError as error:
        reason = f"cannot be opened: {error.strerror or error}"
        raise UnreadableError(reason, f"put the file there, or correct [[coded]] of {CONFIG}") from error
    if len(raw) > limits.table_bytes:
        raise UnreadableError("is too large", limits.remedy("table_bytes"))
    return raw


def _read(event_id: str, table: Coded, text: str, sha256: str) -> Tables:
    laid = _checked(table, sheet(text[:HEAD]))
    positions = {label: number for number, label in enumerate(laid.header)}

    def cell(label: str) -> pl.Expr:
        return pl.col(f"c{positions[label]}")

    frames, told = [ARTICLES.frame()], list[_Told]()
    for batch in _batches(text, laid, told):
        sound = batch
        for check in CHECKS:
            said = sound.with_columns(check.says(table, cell).alias(_SAID))
            wrong = said.filter(pl.col(_SAID).is_not_null()).select(_LINE, _SAID)
            told += [_Told(line, check.severity, message, check.remedy) for line, message in wrong.rows()]
            if check.severity == "error":
                sound = said.filter(pl.col(_SAID).is_null()).drop(_SAID)
        frames.append(_articles(_texts(sound, laid, sha256), event_id, table, cell))
    articles = pl.concat(frames)
    return Tables(articles, (*_problems(table, sorted(told)), *_gaps(table, articles)))


def _checked(table: Coded, laid: Sheet | None) -> Sheet:
    """The sheet, if it can be read as `table`."""
    if laid is None:
        raise UnreadableError("holds no table", "save it as CSV with a header row")
    if len(laid.header) > COLUMNS:
        raise UnreadableError(
            f"has more than {COLUMNS} columns", "leave only the columns that hold the figures"
        )
    if not table.figures:
        more = f" and {len(laid.header) - _SHOWN} more" if len(laid.header) > _SHOWN else ""
        named = ", ".join(laid.header[:_SHOWN]) + more
        raise UnreadableError(f"is a table of no format that is known; its columns: {named}", _example(table))
    if missing := sorted(set(table.columns) - set(laid.header)):
        raise UnreadableError(
            f"has no column {', '.join(missing)}", f"name its columns in [[coded]] of {CONFIG}"
        )
    return laid


def _example(table: Coded) -> str:
    name = Path(table.file).name
    return (
        f'say in {CONFIG} what its columns are, for example: [[coded]] file = "{name}", outlet = "source", '
        f'published = "date", figures = [{{ metric = "killed", best = "deaths" }}]'
    )


def _batches(text: str, laid: Sheet, told: list[_Told]) -> Iterator[pl.DataFrame]:
    """Rows as columns c0, c1 … and their number; those that do not fit the header go to `told`."""
    schema = {_LINE: pl.Int64(), **{f"c{number}": pl.String() for number in range(len(laid.header))}}
    fitting = _fitting(text, laid, told)
    while batch := list(islice(fitting, _BATCH)):
        lines, cells = zip(*batch, strict=True)
        frame = pl.DataFrame([lines, *zip(*cells, strict=True)], schema=schema)
        yield frame.with_columns(pl.col(pl.String).str.replace_all("\n", " ", literal=True).str.strip_chars())


def _fitting(text: str, laid: Sheet, told: list[_Told]) -> Iterator[tuple[int, list[str]]]:
    width = len(laid.header)
    for line, row in rows_of(text, laid.delimiter):
        if line < laid.first or row == []:
            continue
        if row is None or len(row) < width or any(row[width:]):
            found = "a cell without end" if row is None else f"{len(row)} cells"
            message = f"has {found} where the header has {width} columns"
            told.append(_Told(line, "error", message, _WIDTH))
        elif any(cell.strip() for cell in row):
            yield line, row[:width]


def _texts(frame: pl.DataFrame, laid: Sheet, sha256: str) -> pl.DataFrame:
    """The rows with their texts and the hashes by which they are known."""
    lines = (pl.format("{}: {}", pl.lit(label), f"c{number}") for number, label in enumerate(laid.header))
    frame = frame.with_columns(text=pl.concat_str(*lines, separator="\n"))
    return frame.with_columns(
        article_id=pl.Series(
            ["a" + _hash(f"{sha256}\0{line}")[:12] for line in frame[_LINE]], dtype=pl.String()
        ),
        text_sha256=pl.Series([_hash(text) for text in frame["text"]], dtype=pl.String()),
        raw_sha256=pl.lit(sha256),
    )


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _articles(frame: pl.DataFrame, event_id: str, table: Coded, cell: Cell) -> pl.DataFrame:
    published = first_day(table.published, cell, table.days).cast(pl.Datetime("us"))
    known = {
        **{name: pl.col(name) for name in ("article_id", "text", "text_sha256", "raw_sha256")},
        "event_id": pl.lit(event_id),
        "outlet": pl.coalesce(first(table.outlet, cell), pl.lit(table.coder, dtype=pl.String())),
        "published_at": published,
        "published_precision": pl.when(published.is_not_null()).then(pl.lit("day")),
        "kind": pl.lit("coded"),
        "raw_path": pl.format("{}#{}", pl.lit(printable(table.file)), _LINE),
    }
    return frame.select(
        known.get(name, pl.lit(None, dtype=kind)).alias(name) for name, kind in ARTICLES.polars_schema.items()
    )


def _problems(table: Coded, told: list[_Told]) -> Iterator[Problem]:
    """What is wrong with rows: the first things one by one, then only how many more there are."""
    for line, severity, message, remedy in told[:_TOLD]:
        yield Problem(f"{table.file}#{line}", severity, message, remedy)
    if rest := told[_TOLD:]:
        out = len({one.line for one in told if one.severity == "error"})
        message = f"{len(rest)} more problems in rows; {out} rows were left out in all"
        yield Problem(table.file, rest[0].severity, message, rest[0].remedy)


def _gaps(table: Coded, articles: pl.DataFrame) -> Iterator[Problem]:
    """What is missing in a table that is used all the same."""
    if undated := articles["published_at"].null_count():
        message = f"{undated} rows have no date: their claims have no place in time"
        remedy = "fill in the column of dates, or name it in [[coded]] as published"
        yield _warning(table, Note(message, remedy))
    if table.unread:
        named = ", ".join(table.unread[:_SHOWN])
        yield _warning(
            table,
            Note(
                f"columns of people whom no population here stands for are not read: {named}",
                f"describe the table in [[coded]] of {CONFIG} if they are needed",
            ),
        )


def _warning(table: Coded, note: Note) -> Problem:
    return Problem(table.file, "warning", note.message, note.remedy)
