"""SHA256SUMS: a hash and a name a line, as `sha256sum -c` of GNU coreutils reads it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from pipeline.provenance import File

NAME: Final = "SHA256SUMS"
# A line with a name in which one of these is escaped begins with a backslash.
_ESCAPES: Final = str.maketrans({"\\": "\\\\", "\n": "\\n", "\r": "\\r"})


def written(files: Iterable[File]) -> bytes:
    """The file SHA256SUMS for `files`, in order of their names."""
    return b"".join(line(file) for file in sorted(files, key=lambda file: file.path))


def line(file: File) -> bytes:
    """What SHA256SUMS says of a file."""
    name = file.path.translate(_ESCAPES)
    escaped = "\\" if name != file.path else ""
    return f"{escaped}{file.sha256}  {name}\n".encode("utf-8", "surrogateescape")
