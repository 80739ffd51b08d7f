"""The warehouse's tables: frames go in and come out, of one event at a time, all or nothing.

Frames cross through the Arrow C stream interface, which DuckDB and polars both speak, so that pyarrow
(170 MB) is not needed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb
import polars as pl

from pipeline.schema import PROBLEMS, STAGES, WORKING
from pipeline.table import Table
from pipeline.warehouse.opening import (
    HELD,
    InUseError,
    OtherVersionError,
    WarehouseError,
    connect,
    faults,
    set_aside,
)

# Connections that a `with` block keeps open, by the file they are to.
_OPENED: Final[dict[Path, duckdb.DuckDBPyConnection]] = {}


class _ArrowStream:
    """A frame as DuckDB wants to see it: an object that speaks the Arrow C stream interface and no more."""

    def __init__(self, frame: pl.DataFrame) -> None:
        self._frame = frame

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self._frame.__arrow_c_stream__(requested_schema)


@dataclass(frozen=True, slots=True)
class Done:
    """A stage that is done: `inputs` is a hash of all that shapes it, `version` of what came out of it."""

    stage: str
    inputs: str
    version: str


@dataclass(frozen=True, slots=True)
class Warehouse:
    """One DuckDB file that holds every table of pipeline/schema. It can always be rebuilt from data/.

    One that is `read_only` is as it was before and may be read by others at the same time.
    """

    path: Path
    read_only: bool = False

    def replace(
        self,
        event_id: str,
        frames: Mapping[str, pl.DataFrame],
        done: Done | None = None,
        problems_of: str | None = None,
    ) -> None:
        """Put `frames` (table name → rows of this event) in place of the event's rows, and record that the
        stage they come from is `done`; all or nothing. Of the table `problems` only rows whose stage is
        `problems_of` are replaced, if that is given: each stage has its own.

        Raises WarehouseError if the file cannot be used.
        """
        with self._changing() as connection:
            for name, frame in frames.items():
                own = problems_of if name == PROBLEMS.name else None
                where, values = ("AND stage = ?", [event_id, own]) if own else ("", [event_id])
                connection.execute(f'DELETE FROM "{name}" WHERE event_id = ? {where}', values)  # noqa: S608
                _insert(connection, name, frame)
            if done:
                _undo(connection, event_id, done.stage)
                row = {"event_id": event_id, **{name: getattr(done, name) for name in Done.__slots__}}
                _insert(connection, STAGES.name, STAGES.frame([row]))

    def put(
        self,
        event_id: str,
        frames: Mapping[str, pl.DataFrame],
        column: str,
        ids: Sequence[str],
        undo: str | None = None,
    ) -> None:
        """Put `frames` in place of the event's rows that have one of `ids` in `column`; all or nothing.

        The stage `undo` that these are a part of is not done until `replace` says so. Raises WarehouseError.
        """
        incoming = pl.DataFrame({column: ids}, schema={column: pl.String()})
        with self._changing() as connection:
            if undo:
                _undo(connection, event_id, undo)
            for name, frame in frames.items():
                connection.register("ids", _ArrowStream(incoming))
                connection.execute(
                    f'DELETE FROM "{name}" WHERE event_id = ? AND "{column}" IN (SELECT * FROM ids)',  # noqa: S608
                    [event_id],
                )
                connection.unregister("ids")
                _insert(connection, name, frame)

    def read(self, event_id: str, *names: str) -> dict[str, pl.DataFrame]:
        """The named tables' rows of one event, each in the order of its key. Raises WarehouseError."""
        with self._open() as connection:
            return {name: _select(connection, HELD[name], event_id) for name in names}

    def columns(self, event_id: str, name: str, *columns: str) -> pl.DataFrame:
        """Some columns of one table of one event, in the order of its key. Raises WarehouseError."""
        with self._open() as connection:
            return _select(connection, HELD[name], event_id, columns)

    def some(
        self, event_id: str, names: Sequence[str], column: str, ids: Sequence[str]
    ) -> dict[str, pl.DataFrame]:
        """The rows that have one of `ids` in `column`, of each of the named tables of one event, in the order
        of its key. Raises WarehouseError.
        """
        wanted = pl.DataFrame({column: ids}, schema={column: pl.String()})
        found = {}
        with self._open() as connection:
            for name in names:
                connection.register("ids", _ArrowStream(wanted))
                found[name] = _select(
                    connection,
                    HELD[name],
                    event_id,
                    where=f'AND "{column}" IN (SELECT * FROM ids)',  # noqa: S608
                )
                connection.unregister("ids")
        return found

    def count(self, event_id: str, name: str) -> int:
        """How many rows a table has of one event. Raises WarehouseError."""
        with self._open() as connection:
            query = f'SELECT count(*) FROM "{name}" WHERE event_id = ?'  # noqa: S608
            (found,) = connection.execute(query, [event_id]).fetchall()
            return int(found[0])

    def forget(self, event_id: str) -> None:
        """Let everything of the event be read, extracted and compared again. Raises WarehouseError."""
        with self._changing() as connection:
            for table in WORKING.values():
                connection.execute(f'DELETE FROM "{table.name}" WHERE event_id = ?', [event_id])  # noqa: S608

    def done(self, event_id: str) -> dict[str, Done]:
        """The event's stages that are done, by name. Raises WarehouseError."""
        rows = self.columns(event_id, STAGES.name, *Done.__slots__)
        return {row["stage"]: Done(**row) for row in rows.iter_rows(named=True)}

    def renew(self) -> Path | None:
        """Set a file that another version wrote aside, and say where it is now; None if there was none.

        Only for a run that makes every table anew. Raises WarehouseError if the file cannot be used.
        """
        try:
            with self._open():
                return None
        except OtherVersionError:
            return set_aside(self.path)

    def rebuild(self) -> Path | None:
        """Set the file aside, damaged or not, and say where it is now; None if there was none.

        Raises WarehouseError if another process uses it.
        """
        if not self.path.exists():
            return None
        try:
            with self._open():
                pass
        except InUseError:
            raise
        except WarehouseError:
            pass  # what is wrong with it is why it goes
        return set_aside(self.path)

    @contextmanager
    def opened(self) -> Iterator[None]:
        """Keep the file open for the `with` block: a run opens it a hundred times, at 30 ms each, and nobody
        else may write in between.

        Raises WarehouseError, at the end too if the file was removed meanwhile.
        """
        if self.path in _OPENED:
            yield
            return
        with self._open() as connection:
            _OPENED[self.path] = connection
            begun = _identity(self.path)
            try:
                yield
            finally:
                del _OPENED[self.path]
        if _identity(self.path) != begun:
            raise WarehouseError(f"{self.path} was removed or replaced while it was in use; run again")

    @contextmanager
    def _open(self) -> Iterator[duckdb.DuckDBPyConnection]:
        if connection := _OPENED.get(self.path):
            with faults(self.path):
                yield connection
            return
        connection = connect(self.path, read_only=self.read_only)
        try:
            with faults(self.path):
                yield connection
        finally:
            connection.close()

    @contextmanager
    def _changing(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """One transaction."""
        with self._open() as connection:
            connection.begin()
            try:
                yield connection
                connection.commit()
            except BaseException:
                with suppress(duckdb.Error):  # after a fault of the disk there is nothing to undo
                    connection.rollback()
                raise


def _insert(connection: duckdb.DuckDBPyConnection, name: str, frame: pl.DataFrame) -> None:
    connection.register("incoming", _ArrowStream(frame))
    connection.execute(f'INSERT INTO "{name}" BY NAME SELECT * FROM incoming')  # noqa: S608
    connection.unregister("incoming")


def _undo(connection: duckdb.DuckDBPyConnection, event_id: str, stage: str) -> None:
    connection.execute(
        f'DELETE FROM "{STAGES.name}" WHERE event_id = ? AND stage = ?',  # noqa: S608
        [event_id, stage],
    )


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _select(
    connection: duckdb.DuckDBPyConnection,
    table: Table,
    event_id: str,
    columns: Sequence[str] = (),
    where: str = "",
) -> pl.DataFrame:
    # Names come from pipeline/schema, never from an article.
    names = columns or table.names
    listed = ", ".join(f'"{name}"' for name in names)
    order = ", ".join(f'"{name}"' for name in table.key)
    query = f'SELECT {listed} FROM "{table.name}" WHERE event_id = ? {where} ORDER BY {order}'  # noqa: S608
    schema = table.polars_schema
    return pl.DataFrame(
        connection.sql(query, params=[event_id]), schema={name: schema[name] for name in names}
    )
