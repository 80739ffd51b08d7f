"""Definitions: what else a metric may count, told by the words of a claim (codebooks/definitions.toml)."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any, Final

import polars as pl

from pipeline.table import TEXT

_FILE: Final = Path(__file__).parent.parent / "codebooks" / "definitions.toml"


def defined() -> pl.Expr:
    """The name of a claim's definition, from its metric and quote; null if it counts what its metric says."""
    name: pl.Expr = pl.lit(None, dtype=TEXT)
    for row in reversed(_definitions()):
        words = "|".join(
            re.escape(word) for word in sorted(row["words"], key=lambda word: (-len(word), word))
        )
        quote = pl.when(pl.col("metric") == row["metric"]).then("quote")  # of others no word is looked for
        told = quote.str.contains(rf"(?i)\b(?:{words})\b")
        name = pl.when(told).then(pl.lit(row["name"])).otherwise(name)
    return name


@cache
def _definitions() -> list[dict[str, Any]]:
    return list(tomllib.loads(_FILE.read_text(encoding="utf-8"))["definition"])
