"""The warehouse's tables: frames go in and come out, of one event at a time, all or nothing.

Frames cross through the Arrow C stream interface, which DuckDB and polars both speak, so that pyarrow
(170 MB) is not needed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb
import polars as pl

from pipeline.schema import PROBLEMS, RUNS, STAGES, WORKING
from pipeline.table import Table
from pipeline.warehouse import lake, opening
from pipeline.warehouse.opening import HELD, InUseError, OtherVersionError, WarehouseError, set_aside
from pipeline.whereabouts import Lake

# Connections that a `with` block keeps open, by where they are to, and the events that one has.
_OPENED: Final[dict[Path | Lake, duckdb.DuckDBPyConnection]] = {}
_HOLDING: Final[set[tuple[Path | Lake, str]]] = set()


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
    """Every table of pipeline/schema, in one DuckDB file or in a lake. It can always be rebuilt from data/.

    One that is `read_only` is as it was before and may be read by others at the same time.
    """

    place: Path | Lake
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

        def change(connection: duckdb.DuckDBPyConnection) -> None:
            for name, frame in frames.items():
                own = problems_of if name == PROBLEMS.name else None
                where, values = ("AND stage = ?", [event_id, own]) if own else ("", [event_id])
                connection.execute(f'DELETE FROM "{name}" WHERE event_id = ? {where}', values)  # noqa: S608
                _insert(connection, name, frame)
            if done:
                _undo(connection, event_id, done.stage)
                row = {"event_id": event_id, **{name: getattr(done, name) for name in Done.__slots__}}
                _insert(connection, STAGES.name, STAGES.frame([row]))

        self._change(change)

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

        def change(connection: duckdb.DuckDBPyConnection) -> None:
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

        self._change(change)

    def read(self, event_id: str, *names: str) -> dict[str, pl.DataFrame]:
        """The named tables' rows of one event, each in the order of its key. Raises WarehouseError."""
        with self._reading(event_id) as connection:
            return {name: _select(connection, HELD[name], event_id) for name in names}

    def columns(self, event_id: str, name: str, *columns: str) -> pl.DataFrame:
        """Some columns of one table of one event, in the order of its key. Raises WarehouseError."""
        with self._reading(event_id) as connection:
            return _select(connection, HELD[name], event_id, columns)

    def some(
        self, event_id: str, names: Sequence[str], column: str, ids: Sequence[str]
    ) -> dict[str, pl.DataFrame]:
        """The rows that have one of `ids` in `column`, of each of the named tables of one event, in the order
        of its key. Raises WarehouseError.
        """
        wanted = pl.DataFrame({column: ids}, schema={column: pl.String()})
        found = {}
        with self._reading(event_id) as connection:
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
        with self._reading(event_id) as connection:
            query = f'SELECT count(*) FROM "{name}" WHERE event_id = ?'  # noqa: S608
            (found,) = connection.execute(query, [event_id]).fetchall()
            return int(found[0])

    def forget(self, event_id: str) -> None:
        """Let everything of the event be read, extracted and compared again. Raises WarehouseError."""

        def change(connection: duckdb.DuckDBPyConnection) -> None:
            for table in WORKING.values():
                connection.execute(f'DELETE FROM "{table.name}" WHERE event_id = ?', [event_id])  # noqa: S608

        self._change(change)

    def done(self, event_id: str) -> dict[str, Done]:
        """The event's stages that are done, by name. Raises WarehouseError."""
        rows = self.columns(event_id, STAGES.name, *Done.__slots__)
        return {row["stage"]: Done(**row) for row in rows.iter_rows(named=True)}

    def events(self) -> list[str]:
        """The events whose tables are all there, in order of names. Raises WarehouseError."""
        with self._open() as connection:
            found = connection.execute(f'SELECT DISTINCT event_id FROM "{RUNS.name}" ORDER BY 1')  # noqa: S608
            return [event_id for (event_id,) in found.fetchall()]

    def renew(self) -> Path | None:
        """Set a file that another version wrote aside, and say where it is now; None if there was none.

        Only for a run that makes every table anew. A lake, which other machines use, is left alone. Raises
        WarehouseError if it cannot be used.
        """
        try:
            with self._open():
                return None
        except OtherVersionError:
            if isinstance(self.place, Lake):
                raise
            return set_aside(self.place)

    def rebuild(self) -> Path | None:
        """Set the file aside, damaged or not, and say where it is now; None if there was none.

        Raises WarehouseError if another process uses it, or may: a lake.
        """
        if isinstance(self.place, Lake):
            raise WarehouseError(f"{self.place} may be in use on other machines and stays; {lake.ANEW}")
        if not self.place.exists():
            return None
        try:
            with self._open():
                pass
        except InUseError:
            raise
        except WarehouseError:
            pass  # what is wrong with it is why it goes
        return set_aside(self.place)

    def held_as(self, event_id: str) -> str:
        """What a process has that is `holding` the event: the file, or the event in the lake."""
        return f"{event_id} in {self.place}" if isinstance(self.place, Lake) else str(self.place.resolve())

    @contextmanager
    def holding(self, event_id: str) -> Iterator[None]:
        """Keep the warehouse open for the `with` block, and let nobody else have the event meanwhile: a file
        is nobody else's at all. Raises InUseError, and what `opened` raises.
        """
        with self.opened(), self._open() as connection:
            if not isinstance(self.place, Lake) or (self.place, event_id) in _HOLDING:
                yield
                return
            with lake.held(connection, self.place, event_id):
                _HOLDING.add((self.place, event_id))
                try:
                    yield
                finally:
                    _HOLDING.remove((self.place, event_id))

    @contextmanager
    def opened(self) -> Iterator[None]:
        """Keep the warehouse open for the `with` block: a run opens it a hundred times, at 30 ms each, and
        nobody else may write a file in between.

        Raises WarehouseError, at the end too if the file was removed meanwhile.
        """
        if self.place in _OPENED:
            yield
            return
        with self._open() as connection:
            _OPENED[self.place] = connection
            begun = _identity(self.place)
            try:
                yield
            finally:
                del _OPENED[self.place]
        if _identity(self.place) != begun:
            raise WarehouseError(f"{self.place} was removed or replaced while it was in use; run again")

    @contextmanager
    def _open(self) -> Iterator[duckdb.DuckDBPyConnection]:
        if connection := _OPENED.get(self.place):
            with self._faults():
                yield connection
            return
        connection = (
            lake.connect(self.place, read_only=self.read_only)
            if isinstance(self.place, Lake)
            else opening.connect(self.place, read_only=self.read_only)
        )
        try:
            with self._faults():
                yield connection
        finally:
            connection.close()

    def _faults(self) -> AbstractContextManager[None]:
        return lake.faults(self.place) if isinstance(self.place, Lake) else opening.faults(self.place)

    @contextmanager
    def _reading(self, event_id: str) -> Iterator[duckdb.DuckDBPyConnection]:
        """One transaction: tables fit together. Who only reads a lake is told of a run that has the event."""
        with self._open() as connection, ExitStack() as held:
            if isinstance(self.place, Lake) and self.read_only:
                held.enter_context(lake.held(connection, self.place, event_id, shared=True))
            with _transaction(connection):
                yield connection

    def _change(self, change: Callable[[duckdb.DuckDBPyConnection], None]) -> None:
        """One transaction. In a lake it is tried again where another program was in its way: rows that are
        deleted and inserted by their keys are the same however often.
        """
        with self._open() as connection, ExitStack() as turn:
            left = 1
            if isinstance(self.place, Lake):
                turn.enter_context(lake.turn(connection))
                left = lake.TRIES
            while True:
                try:
                    with _transaction(connection):
                        change(connection)
                except duckdb.TransactionException:
                    left -= 1
                    if not left:
                        raise
                else:
                    return


@contextmanager
def _transaction(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    connection.begin()
    try:
        yield
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


def _identity(place: Path | Lake) -> tuple[int, int] | None:
    if isinstance(place, Lake):
        return None
    try:
        found = place.stat()
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
