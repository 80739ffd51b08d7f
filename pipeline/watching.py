"""Whether anything of an event or of its report changed, told by looking at files and not into them.

Of each file its name, size, times and inode: of the times the one counts too that no program can set.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.folders import ARTICLES, CODED, CONFIG, OWN, is_event, visible

if TYPE_CHECKING:
    from pipeline.events import Event


def look(place: Path) -> str:
    """A hash that changes when anything of the event at `place` (pipeline/folders.py) is new, changed, moved
    or gone. The folder is gone through once, and no file in it is opened.
    """
    if place.is_file():
        return _hash((*_at(place.parent, [place.name]), *_at(*_config_beside(place.parent))))
    if not is_event(place):
        return _hash((*_under(place), *_at(*_config_beside(place))))
    if not (place / ARTICLES).is_dir():
        return _hash(_under(place))
    own = [one.name for one in place.iterdir() if not one.name.startswith(".") and not one.is_dir()]
    return _hash((*_under(place / ARTICLES, ARTICLES), *_under(place / CODED, CODED), *_at(place, own)))


def report(folder: Path) -> str:
    """A hash that changes when anything in the folder of a report is new, changed, moved or gone."""
    return _hash(_at(folder, (one.relative_to(folder) for one in folder.rglob("*") if not one.is_dir())))


def signature(event: Event) -> str:
    """A hash that changes when a file that `event` was found to have is changed, moved or gone."""
    return _hash(_at(event.root, {*event.files, *(table.file for table in event.coded), *OWN}))


def _config_beside(folder: Path) -> tuple[Path, list[str]]:
    """Where the event.toml is that tells of a folder of articles which is given without its event."""
    return folder.parent if folder.name == ARTICLES else folder, [CONFIG]


def _under(folder: Path, name: str = "") -> Iterator[str]:
    """What is visible in `folder`, called `name` from the event's folder on."""
    for within, entries in visible(folder):
        at = f"{name}/{within}"
        if entries is None:
            yield at
            continue
        for entry in entries:
            try:
                yield f"{at}{entry.name}\0{_told(entry.stat())}"
            except OSError:
                yield at + entry.name


def _at(folder: Path, names: Iterable[Path | str]) -> Iterator[str]:
    for name in names:
        try:
            yield f"{name}\0{_told((folder / name).stat())}"
        except OSError:
            yield str(name)


def _told(found: os.stat_result) -> str:
    return f"{found.st_size} {found.st_mtime_ns} {found.st_ctime_ns} {found.st_ino}"


def _hash(seen: Iterable[str]) -> str:
    return hashlib.sha256("\0\0".join(sorted(seen)).encode("utf-8", "surrogateescape")).hexdigest()
