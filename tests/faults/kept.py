"""What is on disk: a report's files, a warehouse's rows, and what a reader sees of them during a run."""

from __future__ import annotations

import hashlib
import os
import threading
import time
from pathlib import Path
from typing import Any, Final, Self

import duckdb
from flood import EVENT

Hashes = dict[str, str]
# Columns that hold when and where a file was seen, and what is hashed from those.
_OF_THE_DISK: Final = {"modified_ns", "changed_ns", "inode"}
_HASHED: Final = {"stages": {"inputs"}}
_SHOWN: Final = {"version": "CASE stage WHEN 'report_job' THEN 'of files as they look' ELSE version END"}


def hashes(folder: Path) -> Hashes:
    """The hash of each file below `folder`, by its name from there; empty if there is no such folder."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def names(folder: Path) -> set[str]:
    """All that is below `folder`: files, folders, links. But for the folder with a socket that Python makes
    for processes to meet: it holds nothing, and a killed process cannot take it along.
    """
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*")}
    return {name for name in found if "/pymp-" not in name}


def rows(warehouse: Path, event_id: str = EVENT) -> dict[str, list[Any]]:
    """The rows of an event in each table, sorted: all that a run decides, not when a file was seen."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        columns = connection.execute(
            "SELECT table_name, column_name FROM duckdb_columns() "
            "WHERE NOT internal ORDER BY table_name, column_index"
        ).fetchall()
        found = {}
        for table in {table for table, name in columns if name == "event_id"}:
            left = _OF_THE_DISK | _HASHED.get(table, set())
            shown = _SHOWN if table == "stages" else {}
            names = (name for of, name in columns if of == table and name not in left)
            kept = ", ".join(shown.get(name, f'"{name}"') for name in names)
            query = f'SELECT {kept} FROM "{table}" WHERE event_id = ? ORDER BY ALL'  # noqa: S608
            found[table] = connection.execute(query, [event_id]).fetchall()
        return found


class Reader:
    """Reads a report's folder again and again while a run goes on, as whoever publishes it may.

    It holds the folder by its handle, so that what it reads in one go is one folder's files: if another took
    its place meanwhile, it reads again. `seen` are the different reports that it saw.
    """

    def __init__(self, report: Path) -> None:
        self._report = report
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._read_on)
        self._known: dict[tuple[int, ...], str] = {}
        self.seen: list[Hashes] = []

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()
        self._look()

    def _read_on(self) -> None:
        while not self._over.is_set():
            self._look()
            time.sleep(0.02)

    def _look(self) -> None:
        try:
            handle = os.open(self._report, os.O_RDONLY | os.O_DIRECTORY)
        except FileNotFoundError:
            self._see({})
            return
        try:
            found = self._files(handle)
            if self._stands(handle):
                self._see(found)
        except FileNotFoundError as error:
            if self._stands(handle):
                self._see({f"{error.filename} went while it was read": ""})
        finally:
            os.close(handle)

    def _see(self, found: Hashes) -> None:
        if found not in self.seen:
            self.seen.append(found)

    def _stands(self, handle: int) -> bool:
        """Whether the folder of this handle still has the report's name."""
        return self._report.exists() and self._report.stat().st_ino == os.fstat(handle).st_ino

    def _files(self, handle: int) -> Hashes:
        found = {}
        for root, _, files, folder in os.fwalk(dir_fd=handle):
            for name in files:
                found[Path(root, name).as_posix()] = self._hash(name, folder)
        return found

    def _hash(self, name: str, folder: int) -> str:
        with open(os.open(name, os.O_RDONLY, dir_fd=folder), "rb") as file:  # noqa: PTH123
            status = os.fstat(file.fileno())
            key = (status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
            if key not in self._known:
                self._known[key] = hashlib.file_digest(file, "sha256").hexdigest()
            return self._known[key]
