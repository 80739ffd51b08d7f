"""What a result was made from: its inputs, the knowledge and the code, versions of what shaped the output."""

from __future__ import annotations

import hashlib
import os
import stat
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Final

import polars as pl

from pipeline import __version__
from pipeline.coded.files import inside
from pipeline.events import Event
from pipeline.folders import ARTICLES, CONFIG
from pipeline.ingest import unfetched
from pipeline.limits import Limits
from pipeline.schema import RUNS
from pipeline.versions import COMPARISON, EXTRACTION, INGEST, REPORT, REVIEW

_MAKERS: Final = (INGEST, EXTRACTION, REVIEW, COMPARISON, REPORT)
# Besides what makers name: DuckDB hands the tables on, and Pillow writes what matplotlib draws as PNG.
SHAPING: Final = tuple(sorted({"duckdb", "pillow"}.union(*(maker.libraries for maker in _MAKERS))))
TOO_LARGE: Final = "too large to be read"
_HERE: Final = Path(__file__).parent
_KNOWING: Final = ("lexicon", "codebooks", "report")
_COUNTED: Final = ("articles", "claims", "rejected", "problems", "findings")


@dataclass(frozen=True, slots=True)
class File:
    """A file by its name from its folder on, its size in bytes and the hash of what is in it. One that was
    not read has no hash: `unread` says why.
    """

    path: str
    bytes: int
    sha256: str | None
    unread: str | None = None


def run(
    event: Event,
    counts: Mapping[str, int],
    limits: Limits | None = None,
    known: Mapping[tuple[str, int], str] | None = None,
) -> pl.DataFrame:
    """The event's row of `runs`: its inputs, versions, and how many rows tables have. No clock.

    `limits` and `known` are those of `inputs`.
    """
    read = inputs_sha256(inputs(event, limits, known))
    told = ", ".join(f"{name} {number}" for name, number in versions().items())
    row = {
        "event_id": event.event_id,
        "title": event.title,
        "question": event.question,
        "notice": event.notice,
        "run_id": "r" + hashlib.sha256(f"{read}\0{told}".encode()).hexdigest()[:12],
        "inputs_sha256": read,
        "versions": told,
        **{name: counts[name] for name in _COUNTED},
    }
    return RUNS.frame([row])


def versions() -> dict[str, str]:
    """The version of this project and of each library that shapes what comes out of it."""
    return {"counterclaim": __version__, **{name: version(name) for name in SHAPING}}


def python() -> str:
    """Python's version without its last number: the tables of Unicode that shape texts change with these."""
    return f"{sys.version_info.major}.{sys.version_info.minor}"


def inputs(
    event: Event, limits: Limits | None = None, known: Mapping[tuple[str, int], str] | None = None
) -> tuple[File, ...]:
    """Every file that shapes the tables of `event`, by its name in the event's folder, in order of names.

    `limits` say what is too large to be read. `known` gives the hash, by name and size, of files as they were
    when they were read; the others are read here.
    """
    limits, known = limits or Limits(), known or {}
    beside = (event.reviews, event.root / unfetched.FILE)
    coded = (event.root / table.file for table in event.coded)
    named = {path.relative_to(event.root).as_posix(): path for path in (*event.files, *coded, *beside)}
    named[CONFIG] = _config(event)
    there = {name: path for name, path in named.items() if os.path.lexists(path)}
    return tuple(_input(event, name, there[name], limits, known) for name in sorted(there))


def as_read(files: pl.DataFrame) -> dict[tuple[str, int], str]:
    """`known` for `inputs` from rows of the table files. A name with a backslash may stand for another."""
    rows = files.filter(~pl.col("file").str.contains("\\", literal=True)).drop_nulls("sha256")
    return {(name, size): sha256 for name, size, sha256 in rows.select("file", "size", "sha256").iter_rows()}


def inputs_sha256(files: tuple[File, ...]) -> str:
    """One hash over the knowledge and the inputs of an event."""
    digest = hashlib.sha256()
    for file in (*knowledge(), *files):
        told = f"{file.path}\0{file.sha256 or file.bytes}\n"
        digest.update(told.encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


@cache
def knowledge() -> tuple[File, ...]:
    """Every file of knowledge: lexicons, codebooks, and what pages say of methods and quality."""
    paths = sorted(path for room in _KNOWING for path in (_HERE / room).glob("*.toml"))
    return tuple(hashed(path, path.relative_to(_HERE).as_posix()) for path in paths)


@cache
def code() -> tuple[int, str]:
    """How many other files this project has (modules, templates, fonts), and one hash over them."""
    apart = {file.path for file in knowledge()}
    paths = {path.relative_to(_HERE).as_posix(): path for path in _HERE.rglob("*") if path.suffix != ".pyc"}
    names = sorted(name for name, path in paths.items() if name not in apart and path.is_file())
    digest = hashlib.sha256()
    for name in names:
        digest.update(f"{name}\0{hashed(paths[name], name).sha256}\n".encode())
    return len(names), digest.hexdigest()


def hashed(path: Path, name: str, *, most: int | None = None, follow: bool = True) -> File:
    """The file at `path`, called `name`, with its hash. Not read is what has more than `most` bytes, what is
    no plain file, and if not `follow` what is a link.
    """
    flags = os.O_RDONLY | os.O_NONBLOCK | (0 if follow else os.O_NOFOLLOW)
    try:
        with os.fdopen(os.open(path, flags), "rb") as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                return File(name, 0, None, "no plain file")
            if most is not None and status.st_size > most:
                return File(name, status.st_size, None, TOO_LARGE)
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            return File(name, file.tell(), digest)
    except OSError:
        return File(name, 0, None, "no plain file" if _is_odd(path) else "cannot be opened")


def _is_odd(path: Path) -> bool:
    """Whether a link, a folder, a pipe and so on stands where a file should."""
    try:
        return not stat.S_ISREG(path.lstat().st_mode)
    except OSError:
        return False


def _config(event: Event) -> Path:
    """Where event.toml is: beside the folder of articles if that folder is all that was given."""
    outer = event.root.name == ARTICLES and not (event.root / CONFIG).exists()
    return (event.root.parent if outer else event.root) / CONFIG


def _input(event: Event, name: str, path: Path, limits: Limits, known: Mapping[tuple[str, int], str]) -> File:
    if path.is_symlink() and not inside(event.root, path):
        return File(name, 0, None, "a link that leads to no file of the event")
    try:
        size = path.stat().st_size
    except OSError:
        size = 0
    if (name, size) in known and size <= limits.archive_bytes:
        return File(name, size, known[name, size])
    return hashed(path, name, most=limits.archive_bytes)
