"""The warehouse's file: opened, refused with a sentence that says why and what to do, set aside.

DuckDB locks the file for the process that writes it, and the system frees the lock with the process: no lock
outlives a run that was killed. Every block carries a checksum, which is compared whenever it is read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import duckdb

from pipeline import __version__
from pipeline.files import ROOM, unwritable
from pipeline.schema import TABLES, WORKING
from pipeline.words import printable

HELD: Final = {**TABLES, **WORKING}
# The shape of all tables: files of another one are not read.
FORMAT: Final = hashlib.sha256("\n".join(table.ddl for table in HELD.values()).encode()).hexdigest()[:12]
_FORMAT_TABLE: Final = "CREATE TABLE warehouse (format VARCHAR NOT NULL, made_by VARCHAR NOT NULL)"
# No query of ours reads or writes another file, and no extension is fetched. A file is written as DuckDB 1.5
# writes it: left alone it writes what 0.10 reads, which knows no zstd, and puts long texts in as they are.
_CONFIG: Final[dict[str, str | int | float | list[str]]] = {
    "storage_compatibility_version": "v1.5.0",
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "enable_external_access": False,
    "python_enable_replacements": False,
}
# Errors that say something of the file, the disk or the machine; others are mistakes of ours.
FAULTS: Final = (
    duckdb.FatalException,
    duckdb.InternalError,
    duckdb.OperationalError,
    duckdb.PermissionException,
)
_MEMORY: Final = "run again with more memory: what is done stays done"
_OTHERS: Final = "`counterclaim run` sets it aside and makes it anew from the event folders"
_REBUILD: Final = "`counterclaim run --rebuild` sets it aside and makes it anew from the event folders"


class WarehouseError(RuntimeError):
    """The warehouse cannot be used. The message names file and remedy."""


class InUseError(WarehouseError):
    """Another process has the file open."""


class OtherVersionError(WarehouseError):
    """The warehouse's tables are not those of the schema."""


def connect(path: Path, *, read_only: bool = False) -> duckdb.DuckDBPyConnection:
    """The file at `path`, made if there is none and it is not to be `read_only`. Raises WarehouseError."""
    try:
        if not read_only:
            path.parent.mkdir(parents=True, exist_ok=True)
        connection = duckdb.connect(str(path), read_only=read_only, config=dict(_CONFIG))
    except OSError as error:
        raise WarehouseError(str(unwritable(path, error))) from error
    except duckdb.Error as error:
        raise _told(path, error) from error
    try:
        with faults(path):
            tables = [] if read_only else [table.ddl for table in HELD.values()]
            prepare(connection, tables, path, _OTHERS)
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def faults(path: Path) -> Iterator[None]:
    """Raises WarehouseError for what DuckDB says of the file, the disk or the machine."""
    try:
        yield
    except FAULTS as error:
        raise _told(path, error) from error


def set_aside(path: Path) -> Path:
    """Rename the file with what was not yet written into it; where it is now. An older one is replaced.

    Raises WarehouseError.
    """
    aside = path.with_name(f"{path.name}.old")
    aside_log = aside.with_name(f"{aside.name}.wal")
    # The log first: beside a new file it would be taken for the new file's.
    log = path.with_name(f"{path.name}.wal")
    try:
        aside_log.unlink(missing_ok=True)
        if log.exists():
            log.replace(aside_log)
        return path.replace(aside)
    except OSError as error:
        raise WarehouseError(str(unwritable(aside, error))) from error


def prepare(connection: duckdb.DuckDBPyConnection, tables: Sequence[str], name: object, remedy: str) -> None:
    """Make the `tables` of a new warehouse, if any are given; refuse one, called `name`, whose tables are not
    those of the schema. Raises OtherVersionError.
    """
    query = "SELECT table_name FROM duckdb_tables() WHERE database_name = current_database()"
    names = [one for (one,) in connection.execute(query).fetchall()]
    if tables and not names:
        connection.begin()
        for table in tables:
            connection.execute(table)
        connection.execute(_FORMAT_TABLE)
        connection.execute("INSERT INTO warehouse VALUES (?, ?)", [FORMAT, f"counterclaim {__version__}"])
        connection.commit()
        return
    found = []
    if "warehouse" in names:
        found = connection.execute("SELECT format, made_by FROM warehouse").fetchall()
    if [row[0] for row in found] != [FORMAT]:
        by = printable(found[0][1]) if found else "an older version of Counterclaim"
        raise OtherVersionError(f"{name} was written by {by}, whose tables are others; {remedy}")


def in_use(name: str, holder: str) -> str:
    """The sentence that says who has the warehouse called `name`, or an event in it."""
    return (
        f"{name} is in use by {holder or 'another process'}; run again when that has ended, and until then "
        f"read tables/*.parquet of the last report"
    )


def reason(error: duckdb.Error) -> str:
    """What DuckDB says, on one line."""
    first = str(error).splitlines()[0]
    return printable(first.partition("Error: ")[2] or first)


def _told(path: Path, error: duckdb.Error) -> WarehouseError:
    said = reason(error)
    if "lock on file" in said:
        return InUseError(in_use(str(path), said.partition("held in")[2].partition("). ")[0].strip()))
    for sign, remedy in _REMEDIES.items():
        if sign.lower() in str(error).lower():
            return WarehouseError(f"{path} cannot be used ({said}); {remedy}")
    if isinstance(error, duckdb.TransactionException):
        remedy = f"run again, and if that does not help, {_REBUILD}"
        return WarehouseError(f"{path} cannot be used ({said}); {remedy}")
    return WarehouseError(f"{path} is damaged ({said}); {_REBUILD}")


# What the system says, with what a person can do about it.
_REMEDIES: Final = {
    "No space left": ROOM,
    "Disk quota": ROOM,
    "File too large": "let this user write larger files and run again: what is done stays done",
    "Permission denied": "let this user read and write it, or name another file with --warehouse",
    "Read-only file system": "name a file that can be written with --warehouse",
    "does not exist": "make it with `counterclaim run`",
    "read-only mode": "let this user write it, or name another file with --warehouse",
    "Too many open files": "let this user open more files (`ulimit -n`) and run again",
    "Out of Memory": _MEMORY,
    "could not allocate": _MEMORY,
    "No such file": "its folder was removed: run again",
    "Input/output error": f"look after its disk; {_REBUILD}",
}
