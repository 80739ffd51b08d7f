"""manifest.json as it stands in a report, which may be damaged or made to deceive.

Its paths are compared with those of files that are there; none of them is ever opened.
"""

from __future__ import annotations

import json
import os
import re
import stat
from pathlib import Path, PurePosixPath
from typing import Any, Final, NoReturn

from pipeline.manifest.form import FORMAT, NAME, Makers, Manifest, ManifestError
from pipeline.provenance import File

LARGEST: Final = 250_000_000  # bytes: a million files
_MOST: Final = 2**63
_SHA256: Final = re.compile(r"[0-9a-f]{64}")
_REMEDY: Final = "get the report again from where you got it, or make it again with `counterclaim run`"


def read(folder: Path) -> tuple[Manifest, bytes]:
    """The manifest of the report in `folder`, and its bytes. Raises ManifestError."""
    told = _bytes(folder / NAME)
    try:
        return _manifest(json.loads(told, object_pairs_hook=_once, parse_constant=_constant)), told
    except (_DamagedError, ValueError, RecursionError) as error:
        reason = str(error) if isinstance(error, _DamagedError) else "it is no JSON that can be read"
        raise ManifestError(f"{folder / NAME} cannot be used: {reason}", _REMEDY) from error


def _bytes(path: Path) -> bytes:
    """What the file at `path` holds, if it is a plain file of bounded size."""
    try:
        with os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW), "rb") as file:
            status = os.fstat(file.fileno())
            if stat.S_ISREG(status.st_mode) and status.st_size <= LARGEST:
                return file.read(LARGEST)
            reason = f"it is no plain file, or has more than {LARGEST:,} bytes"
    except OSError as error:
        if not os.path.lexists(path):
            remedy = "make the report again with `counterclaim run`, which writes it"
            raise ManifestError(f"{path} is not there", remedy) from error
        reason = "it is a link" if path.is_symlink() else (error.strerror or str(error))
    raise ManifestError(f"{path} cannot be used: {reason}", _REMEDY)


class _DamagedError(Exception):
    """Something in the manifest is not as it is written. The message says what, and where."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _DamagedError("a key stands twice in one place")
    return found


def _constant(name: str) -> NoReturn:
    raise _DamagedError(f"{name} is no number")


def _manifest(told: object) -> Manifest:
    if not isinstance(told, dict) or told.get("format") != FORMAT:
        raise _DamagedError(f'its format is not "{FORMAT}"')
    made_by = _part(told, "made_by", dict)
    code = _part(made_by, "code", dict)
    return Manifest(
        _part(told, "event", str),
        _part(told, "title", str),
        _part(told, "run_id", str),
        _hash(told, "inputs_sha256"),
        Makers(
            _part(made_by, "python", str),
            _texts(made_by, "versions"),
            _number(code, "files"),
            _hash(code, "sha256"),
            _files(made_by, "knowledge"),
            _numbers(made_by, "limits"),
        ),
        _files(told, "inputs", unread=True),
        _files(told, "outputs"),
        _numbers(told, "counts"),
    )


def _part(told: dict[str, Any], name: str, kind: type[Any]) -> Any:
    value = told.get(name)
    if not isinstance(value, kind) or isinstance(value, bool):
        raise _DamagedError(f"{name} is not there, or not what it should be")
    return value


def _number(told: dict[str, Any], name: str) -> int:
    value: int = _part(told, name, int)
    if not 0 <= value < _MOST:
        raise _DamagedError(f"{name} is no size or count")
    return value


def _hash(told: dict[str, Any], name: str) -> str:
    value: str = _part(told, name, str)
    if not _SHA256.fullmatch(value):
        raise _DamagedError(f"{name} is no SHA-256")
    return value


def _texts(told: dict[str, Any], name: str) -> dict[str, str]:
    found: dict[str, Any] = _part(told, name, dict)
    return {one: _part(found, one, str) for one in found}


def _numbers(told: dict[str, Any], name: str) -> dict[str, int]:
    found: dict[str, Any] = _part(told, name, dict)
    return {one: _number(found, one) for one in found}


def _files(told: dict[str, Any], name: str, *, unread: bool = False) -> tuple[File, ...]:
    rows: list[Any] = _part(told, name, list)
    found = tuple(_file(row, name, unread=unread) for row in rows)
    if len({file.path for file in found}) < len(found):
        raise _DamagedError(f"{name} names a file twice")
    return found


def _file(row: object, name: str, *, unread: bool) -> File:
    if not isinstance(row, dict):
        raise _DamagedError(f"{name} holds something that is no file")
    path = _part(row, "path", str)
    if not _is_inside(path):
        raise _DamagedError(f"{name} names a file outside of its folder, or in a way no report does")
    if "rows" in row:
        _number(row, "rows")
    if unread and "sha256" not in row:
        return File(path, _number(row, "bytes"), None, _part(row, "unread", str))
    return File(path, _number(row, "bytes"), _hash(row, "sha256"))


def _is_inside(path: str) -> bool:
    """Whether `path` names a file in a folder, by bytes that a file system can hold."""
    try:
        os.fsencode(path)
    except UnicodeEncodeError:
        return False
    parts = PurePosixPath(path)
    ways_out = parts.is_absolute() or ".." in parts.parts or "\0" in path
    return bool(parts.parts) and not ways_out and str(parts) == path
