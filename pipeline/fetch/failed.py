"""The addresses that could not be fetched, with the reasons: a list that can itself be added again."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from pipeline.files import write_atomic
from pipeline.ingest.unfetched import FILE, reasons

_TITLE: Final = "# Addresses that could not be fetched. To try again, add this file."


def update(folder: Path, results: Mapping[str, str | None]) -> None:
    """Note why each address of `results` failed; those with None were fetched. Raises OSError."""
    path = folder / FILE
    known = {**reasons(folder), **results}
    lines = [line for url, reason in known.items() if reason for line in ("", f"# {_line(reason)}", url)]
    if lines:
        write_atomic(path, "\n".join((_TITLE, *lines, "")).encode())
    else:
        path.unlink(missing_ok=True)


def _line(text: str) -> str:
    return "".join(char if char.isprintable() else " " for char in text)
