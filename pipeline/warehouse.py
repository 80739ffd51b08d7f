"""The warehouse: the only module that opens DuckDB.

Frames cross through the Arrow C stream interface, which DuckDB and polars both speak, so that pyarrow
(170 MB) is not needed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb
import polars as pl

from pipeline.schema import TABLES, WORKING
from pipeline.table import Table

_HELD: Final = {**TABLES, **WORKING}


class WarehouseError(RuntimeError):
    """The warehouse cannot be opened. The message names file and remedy."""


class OtherVersionError(WarehouseError):
    """The warehouse's tables are not those of the schema."""


class _ArrowStream:
    """A frame as DuckDB wants to see it: an object that speaks the Arrow C stream interface and no more."""

    def __init__(self, frame: pl.DataFrame) -> None:
        self._frame = frame

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self._frame.__arrow_c_stream__(requested_schema)


@dataclass(frozen=True, slots=True)
class Warehouse:
    """One DuckDB file that holds every table of pipeline/schema.py. It can always be rebuilt from data/."""

    path: Path

    def replace(self, event_id: str, frames: Mapping[str, pl.DataFrame]) -> None:
        """Put `frames` (table name → rows of this event) in place of the event's rows, all or nothing.

        Raises WarehouseError if the file cannot be used.
        """
        with self._open() as connection:
            connection.begin()
            try:
                for name, frame in frames.items():
                    connection.execute(f'DELETE FROM "{name}" WHERE event_id = ?', [event_id])  # noqa: S608
                    connection.register("incoming", _ArrowStream(frame))
                    connection.execute(f'INSERT INTO "{name}" BY NAME SELECT * FROM incoming')  # noqa: S608
                    connection.unregister("incoming")
                connection.commit()
            except BaseException:
                connection.rollback()
                raise

    def read(self, event_id: str, *names: str) -> dict[str, pl.DataFrame]:
        """The named tables' rows of one event, each in the order of its key. Raises WarehouseError."""
        with self._open() as connection:
            return {name: _select(connection, _HELD[name], event_id) for name in names}

    def renew(self) -> Path | None:
        """Set a file that another version wrote aside, and say where it is now; None if there was none.

        Only for a run that makes every table anew. Raises WarehouseError if the file cannot be used.
        """
        try:
            with self._open():
                return None
        except OtherVersionError:
            return self.path.replace(self.path.with_name(f"{self.path.name}.old"))

    @contextmanager
    def _open(self) -> Iterator[duckdb.DuckDBPyConnection]:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        try:
            connection = duckdb.connect(str(self.path))
        except duckdb.Error as error:
            raise WarehouseError(_opening(self.path, str(error))) from error
        try:
            _prepare(connection, self.path)
            yield connection
        finally:
            connection.close()


def _prepare(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Make the tables that are missing; refuse a file whose tables are not those of the schema."""
    found: dict[str, list[str]] = {}
    for table, column in connection.execute(
        "SELECT table_name, column_name FROM duckdb_columns() ORDER BY table_name, column_index"
    ).fetchall():
        found.setdefault(table, []).append(column)
    for table in _HELD.values():
        if table.name not in found:
            connection.execute(table.ddl)
        elif tuple(found[table.name]) != table.names:
            raise OtherVersionError(
                f"{path}: table {table.name} was written by another version of Counterclaim; "
                f"delete the file and run again, it is rebuilt from the event folders"
            )


def _select(connection: duckdb.DuckDBPyConnection, table: Table, event_id: str) -> pl.DataFrame:
    # Names come from pipeline/schema.py, never from an article.
    columns = ", ".join(f'"{name}"' for name in table.names)
    order = ", ".join(f'"{name}"' for name in table.key)
    query = f'SELECT {columns} FROM "{table.name}" WHERE event_id = ? ORDER BY {order}'  # noqa: S608
    return pl.DataFrame(connection.sql(query, params=[event_id]), schema=table.polars_schema)


def _opening(path: Path, reason: str) -> str:
    if "lock" in reason:
        holder = reason.partition("held in")[2].partition(". See")[0].strip() or "another process"
        return f"{path} is in use by {holder}; wait until that run has ended, then run again"
    return (
        f"{path} cannot be opened ({reason.splitlines()[0]}); "
        f"delete the file and run again, it is rebuilt from the event folders"
    )
