"""The addresses that could not be fetched, with the reasons: a list that can itself be added again."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from pipeline.files import write_atomic

FILE: Final = "failed.txt"
_TITLE: Final = "# Addresses that could not be fetched. To try again, add this file."


def update(folder: Path, results: Mapping[str, str | None]) -> None:
    """Note why each address of `results` failed; those with None were fetched. Raises OSError."""
    path = folder / FILE
    known = {**_read(path), **results}
    lines = [line for url, reason in known.items() if reason for line in ("", f"# {_line(reason)}", url)]
    if lines:
        write_atomic(path, "\n".join((_TITLE, *lines, "")).encode())
    else:
        path.unlink(missing_ok=True)


def _read(path: Path) -> dict[str, str]:
    """Reasons by address."""
    if not path.is_file():
        return {}
    reasons, reason = {}, ""
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        if line.startswith("#"):
            reason = line.removeprefix("#").strip()
        elif line.strip():
            reasons[line.strip()] = reason or "was not fetched"
    return reasons


def _line(text: str) -> str:
    return "".join(char if char.isprintable() else " " for char in text)
