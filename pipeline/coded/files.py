"""An event's coded tables: those that event.toml describes, and whatever lies in `coded/`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any, Final

from pipeline.coded import hxl
from pipeline.coded.layout import Coded, known, layout
from pipeline.coded.sheet import COLUMNS, Sheet, sheet
from pipeline.folders import CODED
from pipeline.ingest.decoding import decode
from pipeline.ingest.page import UnreadableError

ENDINGS: Final = (".csv", ".tsv")
HEAD: Final = 200_000  # bytes or characters that hold the header


def tables(root: Path, entries: Sequence[Mapping[str, Any]] = ()) -> tuple[Coded, ...]:
    """The tables of the event in `root`, in order: `entries` of event.toml, then the other files in `coded/`.

    A file that no entry describes and whose format is not known has no figures. Raises KeyError if an entry
    lacks what it must say, and ValueError if it says what is not known.
    """
    described = []
    for entry in entries:
        file = _placed(root, entry["file"])
        described.append(layout(entry, file, header(root, file)))
    names = {table.file for table in described}
    others = (file for file in _files(root) if file not in names)
    return (*described, *(_recognised(root, file) for file in others))


def header(root: Path, file: str) -> tuple[str, ...]:
    """The labels of a table's columns; none if the file cannot be read."""
    found = _sheet(root, file)
    return found.header if found else ()


def inside(root: Path, path: Path) -> bool:
    """Whether `path` leads to a file of the event's folder, also if it is a link."""
    return path.is_file() and path.resolve().is_relative_to(root.resolve())


def _placed(root: Path, named: str) -> str:
    """The file of an entry: as named beside event.toml or in `coded/`, and nowhere else."""
    path = PurePosixPath(named)
    apart = path.parent.name == CODED or not (root / path.name).exists()
    return f"{CODED}/{path.name}" if apart and (root / CODED / path.name).exists() else path.name


def _files(root: Path) -> Iterator[str]:
    for path in sorted((root / CODED).glob("*")):
        if not path.is_dir() and not path.name.startswith(".") and not path.name.lower().startswith("readme"):
            yield f"{CODED}/{path.name}"


def _recognised(root: Path, file: str) -> Coded:
    found = _sheet(root, file) if file.lower().endswith(ENDINGS) else None
    if found is None:
        return Coded(file, file)
    table = known(file, found.header)
    if table is None and found.tags:
        table = hxl.known(file, found.header, found.tags)
    return table or Coded(file, file, found.header)


def _sheet(root: Path, file: str) -> Sheet | None:
    """The layout of a file by its head; None if there is nothing to be read. The reader will say why."""
    path = root / file
    if not inside(root, path):
        return None
    try:
        with path.open("rb") as opened:
            head = opened.read(HEAD)
        whole = len(head) < HEAD
        text, _ = decode(head if whole else head[: head.rfind(b"\n") + 1 or None])
    except (OSError, UnreadableError):
        return None
    found = sheet(text)
    return found if found and len(found.header) <= COLUMNS else None
