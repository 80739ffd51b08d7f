"""What a person gives to be added: addresses, lists of addresses, and files."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO, Final

from pipeline.coded.sheet import rows_of, sheet
from pipeline.fetch.failure import FetchError
from pipeline.fetch.keeping import file_name, keep, same
from pipeline.ingest.decoding import decode
from pipeline.ingest.files import ENDINGS
from pipeline.ingest.page import UnreadableError

_ADDRESS: Final = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*://\S+")
_LIST_BYTES: Final = 5_000_000
_SAMPLE: Final = 1_000_000  # bytes of a table that are looked at
_PLAIN: Final = "give the file itself: no links or devices"


def is_address(text: str) -> bool:
    """Whether `text` is meant as an address, of whatever scheme."""
    return bool(_ADDRESS.fullmatch(text))


def addresses(path: Path) -> Sequence[str]:
    """The lines of a list of addresses; none if the file is no such list.

    A list is a text of which at least half of the lines are addresses alone; a line that begins with # is a
    comment. Raises FetchError if the file cannot be opened.
    """
    with opened(path) as file:
        raw = file.read(_LIST_BYTES + 1)
    if len(raw) > _LIST_BYTES:
        return ()
    try:
        text, _ = decode(raw)
    except UnreadableError:
        return ()
    lines = [line.strip() for line in text.splitlines()]
    lines = [line for line in lines if line and not line.startswith("#")]
    return lines if 2 * sum(map(is_address, lines)) >= len(lines) else ()


def copy(path: Path, folder: Path) -> Path:
    """Copy an article file into `folder`. Raises FetchError, or OSError if it cannot be written."""
    name = path.name.lower()
    ending = next((one for one in sorted(ENDINGS, key=len, reverse=True) if name.endswith(one)), None)
    if ending is None:
        table = name.endswith(".csv")
        remedy = "add it with --claims" if table else f"save it as one of {', '.join(ENDINGS)}"
        kind = f"of the kind {path.suffix!a}" if path.suffix else "without an ending"
        raise FetchError(f"files {kind} are not read", remedy)
    with opened(path) as file:
        return keep(folder, file_name(path.name[: -len(ending)]), ending, file)


def copy_table(path: Path, folder: Path) -> Path:
    """Copy a table of coded figures into `folder`. Raises FetchError, or OSError if it cannot be written."""
    with opened(path) as file:
        _check_table(file.read(_SAMPLE))
        file.seek(0)
        stem = file_name(path.stem)
        target = folder / f"{stem}.csv"
        if (target.exists() or target.is_symlink()) and not (target.is_file() and same(path, target)):
            remedy = "give the new one another name, or remove the old one"
            raise FetchError(f"another table called {target.name} is there already", remedy)
        return keep(folder, stem, ".csv", file)


def opened(path: Path) -> BinaryIO:
    """A plain file, open to be read. A link is not followed. Raises FetchError."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except FileNotFoundError as error:
        remedy = "check the name; addresses begin with https://"
        raise FetchError("there is no such file", remedy) from error
    except (OSError, ValueError) as error:
        reason = "it is a link" if path.is_symlink() else getattr(error, "strerror", None) or error
        raise FetchError(f"cannot be opened: {reason}", _PLAIN) from error
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise FetchError("is no plain file", _PLAIN)
    return os.fdopen(handle, "rb")


def _check_table(raw: bytes) -> None:
    """Raises FetchError if the table's beginning shows no header of two names, or no row."""
    remedy = "save it as CSV with a row of column names first"
    try:
        text, _ = decode(raw)
    except UnreadableError as error:
        raise FetchError(f"is no table that can be read: {error}", remedy) from error
    laid = sheet(text)
    names = [name for name in laid.header if not name.isnumeric()] if laid else []
    if laid is None or len(names) < 2:
        raise FetchError("is a table without a row of column names", remedy)
    if not any(row for number, row in rows_of(text, laid.delimiter) if number >= laid.first):
        raise FetchError("is a table without a row", remedy)
