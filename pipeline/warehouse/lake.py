"""A lake: DuckLake's extension keeps the catalogue in PostgreSQL and the tables in Parquet files.

Several processes may have it open. A run holds its event, and whoever changes something has the turn to write
for the length of a transaction: DuckLake lets no transaction delete from a table into which another inserts,
whatever their rows. Both are locks of the server (advisory locks), which it frees with the connection: no
lock outlives a run that was killed. The extensions come as wheels; none is fetched.
"""

from __future__ import annotations

import hashlib
import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import duckdb

from pipeline.files import ROOM, unwritable
from pipeline.warehouse.opening import FAULTS, HELD, InUseError, WarehouseError, in_use, prepare, reason
from pipeline.whereabouts import Lake
from pipeline.words import printable

# How often a transaction is tried that was in the way of another: only of programs that take no turns.
TRIES: Final = 4
# By the name under which DuckDB knows an extension, its package.
_EXTENSIONS: Final = {
    "postgres_scanner": "duckdb_extension_postgres",
    "ducklake": "duckdb_extension_ducklake",
    "httpfs": "duckdb_extension_httpfs",
}
_CONFIG: Final = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "python_enable_replacements": False,
}
# Of a transaction that holds a lock. The server may not end it for its silence, and notices within two
# minutes that the machine of the holder is gone; nobody waits longer for the turn than ten minutes.
_SESSION: Final = {
    "idle_in_transaction_session_timeout": "0",
    "tcp_keepalives_idle": "60",
    "tcp_keepalives_interval": "10",
    "tcp_keepalives_count": "6",
    "lock_timeout": "10min",
}
_HOLDER: Final = (
    "SELECT a.application_name FROM pg_locks l JOIN pg_stat_activity a USING (pid) WHERE l.granted "
    "AND l.locktype = 'advisory' AND l.objsubid = 1 AND (l.classid::bigint << 32 | l.objid::bigint) = {key} "
    "AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)


def connect(lake: Lake, *, read_only: bool = False) -> duckdb.DuckDBPyConnection:
    """A connection to the lake, which is made if there is none and it is not to be `read_only`.

    Raises WarehouseError.
    """
    with TemporaryDirectory(prefix="counterclaim-") as own:
        connection = duckdb.connect(config={**_CONFIG, "extension_directory": own, "secret_directory": own})
        try:
            _load(connection, lake, Path(own))
            _attach(connection, lake, read_only=read_only)
        except duckdb.Error as error:
            connection.close()
            raise _told(lake, error) from error
        except BaseException:
            connection.close()
            raise
    return connection


@contextmanager
def faults(lake: Lake) -> Iterator[None]:
    """Raises WarehouseError for what DuckDB says of the server, the files or the machine."""
    try:
        yield
    except FAULTS as error:
        raise _told(lake, error) from error


@contextmanager
def held(
    connection: duckdb.DuckDBPyConnection, lake: Lake, event_id: str, *, shared: bool = False
) -> Iterator[None]:
    """Have the event, with other readers if `shared`, until the block ends. Raises InUseError."""
    key = _key(f"event {event_id}")
    with _session(connection) as session:
        how = "pg_try_advisory_xact_lock_shared" if shared else "pg_try_advisory_xact_lock"
        ((got,),) = _asked(session, f"SELECT {how}({key})")
        if not got:
            holders = sorted({name for (name,) in _asked(session, _HOLDER.format(key=key)) if name})
            raise InUseError(in_use(f"{event_id} in {lake}", printable(", ".join(holders))))
        yield


@contextmanager
def turn(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Have the turn to write until the block ends; waits for it."""
    with _session(connection) as session:
        _asked(session, f"SELECT pg_advisory_xact_lock({_key('turn')})::text")
        yield


@contextmanager
def _session(connection: duckdb.DuckDBPyConnection) -> Iterator[duckdb.DuckDBPyConnection]:
    """A transaction of its own with the server, which keeps nothing from being vacuumed."""
    session = connection.cursor()
    try:
        session.begin()
        told = "; ".join(f"SET LOCAL {name} = '{value}'" for name, value in _SESSION.items())
        session.execute(f"CALL postgres_execute('locks', {_quoted(told)})")
        yield session
    finally:
        session.close()


def _asked(session: duckdb.DuckDBPyConnection, query: str) -> list[tuple[Any, ...]]:
    return session.execute(f"SELECT * FROM postgres_query('locks', {_quoted(query)})").fetchall()  # noqa: S608


def _key(name: str) -> int:
    """The number of the lock of this name."""
    digest = hashlib.sha256(f"counterclaim {name}".encode()).digest()
    return int.from_bytes(digest[:8], "big") >> 1  # PostgreSQL's bigint has a sign


def _load(connection: duckdb.DuckDBPyConnection, lake: Lake, own: Path) -> None:
    for name, package in _EXTENSIONS.items():
        if name == "httpfs" and "://" not in lake.files:
            continue
        try:
            room = Path(str(import_module(package).__file__)).parent
        except ImportError as error:
            raise WarehouseError(
                f"{lake} needs packages that are not installed: `pip install counterclaim[lake]`"
            ) from error
        # DuckDB calls a function of the file after the file's name, which the wheel shortens.
        link = own / f"{name}.duckdb_extension"
        link.symlink_to(next(room.glob("extensions/*/*.duckdb_extension")))
        connection.execute(f"LOAD {_quoted(str(link))}")


def _attach(connection: duckdb.DuckDBPyConnection, lake: Lake, *, read_only: bool) -> None:
    who = f"{platform.node()[:40]} (PID {os.getpid()})"
    # What the user names comes last, and counts.
    where = f"connect_timeout=10 application_name='{who}' {lake.catalogue}"
    # In this isolation a transaction that does nothing sees no old rows, which would have to be kept for it.
    connection.execute(f"ATTACH {_quoted(where)} AS locks (TYPE postgres, ISOLATION_LEVEL 'READ COMMITTED')")
    how = f"DATA_PATH {_quoted(lake.files)}{', READ_ONLY' if read_only else ''}"
    attach = f"ATTACH {_quoted(f'ducklake:postgres:{where}')} AS lake ({how}); USE lake"
    if read_only:
        connection.execute(attach)
        prepare(connection, [], lake, ANEW)
    else:
        _make_folder(lake)
        with turn(connection):  # two that make it at once
            connection.execute(attach)
            prepare(connection, [table.lake_ddl for table in HELD.values()], lake, ANEW)
            connection.execute("CALL lake.set_option('parquet_compression', 'zstd')")
    # From here on no query of ours reads or writes another file, nor opens another database.
    connection.execute(f"SET allowed_directories = [{_quoted(lake.files)}]")
    connection.execute("SET enable_external_access = false")


def _make_folder(lake: Lake) -> None:
    if "://" not in lake.files:
        try:
            Path(lake.files).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise WarehouseError(str(unwritable(Path(lake.files), error))) from error


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _told(lake: Lake, error: duckdb.Error) -> WarehouseError:
    said = reason(error)
    for sign, remedy in _REMEDIES.items():
        if sign.lower() in str(error).lower():
            return WarehouseError(f"{lake} cannot be used ({said}); {remedy}")
    return WarehouseError(f"{lake} cannot be used ({said}); look after its server and files and run again")


ANEW: Final = (
    "make another with `createdb`, name it with --warehouse and another folder with COUNTERCLAIM_LAKE: "
    "`counterclaim run` makes the tables anew from the event folders"
)
_DONE: Final = "run again: what is done stays done"
_SERVER: Final = "start its server, or correct host and port"
_SIGN_IN: Final = "correct user= and the password in PGPASSWORD or in ~/.pgpass"
_REACH: Final = "let this user read and write that folder, or name another with COUNTERCLAIM_LAKE"
# What PostgreSQL, DuckLake and the system say, with what a person can do about it.
_REMEDIES: Final = {
    "does not match existing data path": "set COUNTERCLAIM_LAKE to that folder on every machine",
    "explicitly disabled": "make it with `counterclaim run`",
    "invalid connection option": "correct it",
    'FATAL:  database "': "make it with `createdb`, or correct dbname=",
    'FATAL:  role "': _SIGN_IN,
    "password": _SIGN_IN,
    "permission denied for": "let this user make tables in that database (GRANT CREATE ON SCHEMA public)",
    "lock timeout": f"another has been writing for ten minutes: see who, and {_DONE}",
    "Unable to connect": _SERVER,
    "Transaction conflict": f"another program changes it: {_DONE}",
    "No space left": ROOM,
    "Disk quota": ROOM,
    "Permission denied": _REACH,
    "Read-only file system": _REACH,
    "No such file": "COUNTERCLAIM_LAKE must be one folder that every machine has under the same name; if "
    f"files of it are gone, {ANEW}",
    "connection": f"when its server is there, {_DONE}",
}
