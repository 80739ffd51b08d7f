"""Codebooks as the report describes them, read from pipeline/codebooks/*.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

ANY_SIDE: Final = "any"  # `side` of an estimate that codes the figures of all sides
_FOLDER: Final = Path(__file__).parent.parent / "codebooks"


@dataclass(frozen=True, slots=True)
class Description:
    """A codebook's title, what its rule says in our words, and its citation."""

    codebook_id: str
    title: str
    says: str
    citation: str


@cache
def descriptions() -> tuple[Description, ...]:
    """Every codebook, in order of file name. A file without `rule` is no codebook."""
    files = (
        (path.stem, tomllib.loads(path.read_text(encoding="utf-8")))
        for path in sorted(_FOLDER.glob("*.toml"))
    )
    return tuple(
        Description(name, values["title"], values["says"], values["citation"])
        for name, values in files
        if "rule" in values
    )
