"""Whether anything of an event changed, told by looking at its files and not into them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pipeline.events import OWN, Event
from pipeline.fingerprint import fingerprint


def signature(event: Event) -> str:
    """A hash that changes when a file of the event is new, changed, moved or gone.

    Of each file its name, size, times and inode: of the times the one counts too that no program can set.
    """
    return fingerprint(*(_seen(event.root, path) for path in sorted(set(_files(event)))))


def _files(event: Event) -> Iterator[Path]:
    yield from event.files
    yield from (event.root / table.file for table in event.coded)
    yield from (event.root / name for name in OWN)


def _seen(root: Path, path: Path) -> tuple[object, ...]:
    name = path.relative_to(root).as_posix()
    try:
        found = path.stat()
    except OSError:
        return (name,)
    return name, found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino
