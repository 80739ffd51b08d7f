"""The tables of events as Parquet that engines for lakes read: a folder a table, and in it one an event.

The parts are named as Hive names them (`event_id=riverton-2023`), and the column that names a part is not in
its file: DuckDB, polars, Spark and others read it from the name, and pass over the events that a query does
not ask for. Events are the only parts: what is compared is within one, and days would make a thousand files
of a few rows.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from shutil import rmtree
from typing import Final

import polars as pl

from pipeline.files import unwritable, write_atomic
from pipeline.publishing import Publication
from pipeline.schema import TABLES

_PART: Final = "event_id"
_FILE: Final = "part-0.parquet"
_ABOUT: Final = "README.md"
_ROWS: Final = 100_000  # of a row group: what an engine reads or passes over at a time
_HEAD: Final = """# Claims by event

A folder a table, in it one an event, made by `counterclaim export --partitioned`. Rows are in the order of
the table's key, an event without rows has a file without rows, and an event's id is in the name of its folder
only. What the columns mean: docs/reference/tables.md of the program.

    SELECT * FROM read_parquet('claims/*/*.parquet', hive_partitioning = true);  -- DuckDB
    pl.scan_parquet("claims", hive_partitioning=True)                            # polars

| table | rows | key |
| --- | --- | --- |
"""


class OccupiedError(ValueError):
    """The folder holds what is no export. The message names it and the remedy."""


def write(
    folder: Path, events: Sequence[str], read: Callable[[str], Mapping[str, pl.DataFrame]], *, whole: bool
) -> None:
    """Write what `read` gives of each of the `events` into `folder`, in place of what it has of them. If they
    are the `whole`, other events go. Readers see the folder as it was until all is written.

    Raises OccupiedError and UnwritableError.
    """
    _check(folder)
    publication = Publication(folder)
    publication.discard()
    making = publication.begin()
    for event_id in events:
        tables = read(event_id)
        for name in TABLES:
            write_atomic(making / name / f"{_PART}={event_id}" / _FILE, _parquet(tables[name].drop(_PART)))
    if whole:
        _drop_others(making, {f"{_PART}={event_id}" for event_id in events})
    rows = "".join(
        f"| {name} | {table.meaning} | {', '.join(table.key)} |\n" for name, table in TABLES.items()
    )
    write_atomic(making / _ABOUT, (_HEAD + rows).encode())
    publication.publish()


def _parquet(frame: pl.DataFrame) -> bytes:
    """The frame with the least and greatest values of its columns, by which engines pass over what they need
    not read. The same frame gives the same bytes.
    """
    buffer = io.BytesIO()
    frame.write_parquet(buffer, compression="zstd", statistics=True, row_group_size=_ROWS)
    return buffer.getvalue()


def _check(folder: Path) -> None:
    try:
        found = sorted(path.name for path in folder.iterdir()) if folder.exists() else []
    except OSError as error:
        raise unwritable(folder, error) from error
    if foreign := [name for name in found if name not in TABLES and name != _ABOUT]:
        raise OccupiedError(
            f"{folder} holds what is no export ({foreign[0]}); name a folder that is new or empty"
        )


def _drop_others(folder: Path, parts: set[str]) -> None:
    """Remove the parts of events that are gone."""
    try:
        for path in sorted(folder.glob(f"*/{_PART}=*")):
            if path.name not in parts:
                rmtree(path)
    except OSError as error:
        raise unwritable(folder, error) from error
