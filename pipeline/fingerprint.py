"""Hashes by which work is skipped that need not be done again."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

_TEXT = "text"
_HASH_OF_TEXT = "text_sha256"


def fingerprint(*parts: object) -> str:
    """A hash of values whose `repr` says all of them: texts, numbers, dates, tuples, frozen dataclasses."""
    return hashlib.sha256("\0".join(map(repr, parts)).encode("utf-8", "backslashreplace")).hexdigest()


def content(frames: Mapping[str, pl.DataFrame]) -> str:
    """A hash of the rows of tables, in their order. A text beside its own hash is not read."""
    digest = hashlib.sha256()
    for name, frame in sorted(frames.items()):
        hashed = frame.drop(_TEXT) if {_TEXT, _HASH_OF_TEXT} <= set(frame.columns) else frame
        digest.update(f"{name}\n{','.join(hashed.columns)}\n".encode())
        digest.update(hashed.write_ndjson().encode())
    return digest.hexdigest()
