"""Addresses of an event that could not be fetched: the list that `counterclaim add` keeps."""

from __future__ import annotations

from pathlib import Path
from typing import Final

FILE: Final = "failed.txt"
_NO_REASON: Final = "was not fetched; add it again"


def reasons(folder: Path) -> dict[str, str]:
    """Why each address of the event in `folder` was not fetched, as "reason; remedy". Raises OSError."""
    path = folder / FILE
    if path.is_symlink() or not path.is_file():
        return {}
    found, reason = {}, ""
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        if line.startswith("#"):
            reason = line.removeprefix("#").strip()
        elif line.strip():
            found[line.strip()] = reason or _NO_REASON
    return found
