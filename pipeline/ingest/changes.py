"""Which files of an event have changed since they were last read."""

from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from pipeline.coded.files import inside
from pipeline.events import Event
from pipeline.ingest import unfetched
from pipeline.ingest.reading import name_of
from pipeline.limits import Limits
from pipeline.schema import FILES


@dataclass(frozen=True, slots=True)
class Changes:
    """`files` is a frame of the table files as the files are now. `to_read` are new or changed. By name,
    `touched` are those whose times changed and nothing else, `gone` those that are no more.
    """

    files: pl.DataFrame
    to_read: tuple[Path, ...]
    touched: tuple[str, ...]
    gone: tuple[str, ...]


def changes(event: Event, known: pl.DataFrame, reader: str, limits: Limits) -> Changes:
    """What is to be read of the files of `event`, of which `known` (table files) were read before.

    A file is read again if its bytes changed, or the version `reader` of what reads it. Bytes are compared by
    their hash where size or times differ. Of times the one counts too that no program can set back: a copy
    that keeps its date is seen.
    """
    before = {row["file"]: row for row in known.iter_rows(named=True)}
    now, to_read, touched = list[dict[str, Any]](), list[Path](), list[str]()
    for path in event.files:
        name, seen = name_of(path, event.root), _seen(path)
        if not seen:
            continue
        row = {"event_id": event.event_id, "file": name, "reader": reader, "again": False, **seen}
        old = before.pop(name, None)
        if old and _same_times(row, old):
            row["sha256"] = old["sha256"]
        else:
            row["sha256"] = _sha256(path, event.root, limits)
        now.append(row)
        if old is None or old["again"] or not row["sha256"] or _differ(row, old, "sha256", "reader"):
            to_read.append(path)
        elif not _same_times(row, old):
            touched.append(name)
    return Changes(FILES.frame(now), tuple(to_read), tuple(touched), tuple(before))


def beside(event: Event, limits: Limits) -> tuple[tuple[str, str | None], ...]:
    """What else ingest reads of an event, with its hash: coded tables, the list of what was not fetched."""
    names = [*(table.file for table in event.coded), unfetched.FILE]
    return tuple((name, _sha256(event.root / name, event.root, limits)) for name in names)


def _seen(path: Path) -> dict[str, Any]:
    """What the file system says of a file; nothing if it is gone since the folder was listed."""
    try:
        found = path.stat()
    except OSError:
        try:
            found = path.lstat()
        except OSError:
            return {}
    # Of a file moved here as it is only the folder's entry is new: the inode tells.
    return {
        "size": found.st_size,
        "modified_ns": found.st_mtime_ns,
        "changed_ns": found.st_ctime_ns,
        "inode": found.st_ino,
    }


def _same_times(row: dict[str, Any], old: dict[str, Any]) -> bool:
    return not _differ(row, old, "size", "modified_ns", "changed_ns", "inode")


def _differ(row: dict[str, Any], old: dict[str, Any], *names: str) -> bool:
    return any(row[name] != old[name] for name in names)


def _sha256(path: Path, root: Path, limits: Limits) -> str | None:
    """The hash of a plain file's bytes; None of anything else, of what is too large to be read, and of what
    lies outside of the event's folder `root`.
    """
    try:
        if not inside(root, path):
            return None
        with os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK), "rb") as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode) or status.st_size > limits.archive_bytes:
                return None
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None
