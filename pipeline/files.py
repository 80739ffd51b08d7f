"""Files that are either whole or not there: write beside, flush to disk, rename."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path


def write_atomic(path: Path, content: bytes) -> None:
    """Write `content` to `path`, making its folder; no reader ever sees half of it. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
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
