"""Files that are either whole or not there: write beside, flush to disk, rename."""

from __future__ import annotations

import errno
import hashlib
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Final

# What a killed write leaves: `.<name>.<random>.part`.
PART: Final = ".part"
ROOM: Final = "make room on its disk and run again: what is done stays done"
_RIGHTS: Final = "let this user write there, or choose another place"
_REMEDIES: Final = {
    errno.ENOSPC: ROOM,
    errno.EDQUOT: ROOM,
    errno.EFBIG: "let this user write larger files and run again: what is done stays done",
    errno.EACCES: _RIGHTS,
    errno.EPERM: _RIGHTS,
    errno.EROFS: _RIGHTS,
    errno.ENOENT: "its folder was removed meanwhile: run again",
    errno.EEXIST: "a file is where a folder should be: remove it or choose another place",
    errno.ENOTDIR: "a file is where a folder should be: remove it or choose another place",
    errno.EISDIR: "it is a folder: remove that or choose another place",
    errno.EMFILE: "let this user open more files (`ulimit -n`) and run again",
}


class UnwritableError(OSError):
    """A file or folder that cannot be written. The message names it, the reason and the remedy."""


def unwritable(path: Path, error: OSError) -> UnwritableError:
    """The error that says why `path` cannot be written, and what to do."""
    reason = os.strerror(error.errno).lower() if error.errno else str(error)
    remedy = _REMEDIES.get(error.errno or 0, "look after its disk and run again")
    return UnwritableError(f"{path} cannot be written ({reason}); {remedy}")


def write_atomic(path: Path, content: bytes) -> None:
    """Write `content` to `path`, making its folder; no reader ever sees half of it, and a loss of power
    leaves the old file or the new one. Raises UnwritableError.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path, content)
    except OSError as error:
        raise unwritable(path, error) from error


def _write(path: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=PART, dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    flush_folder(path.parent)


def flush_folder(folder: Path) -> None:
    """Let the names in `folder` reach the disk. Raises OSError."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def hash_of(folder: Path, paths: Iterable[Path]) -> str:
    """A hash of the names, from `folder` on, and the bytes of those of `paths` that are plain files."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        if path.is_file():
            digest.update(path.relative_to(folder).as_posix().encode("utf-8", "surrogateescape") + b"\0")
            with path.open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()


def remove_others(folder: Path, keep: set[str]) -> None:
    """Remove the files of `folder` whose names are not in `keep`: what an earlier run left there."""
    if folder.is_dir():
        for path in sorted(folder.iterdir()):
            if path.is_file() and path.name not in keep:
                path.unlink()
