"""Rows of a frame by their ids."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl


def among(column: str, names: Iterable[str]) -> pl.Expr:
    """Whether `column` holds one of `names`."""
    return pl.col(column).is_in(pl.Series(sorted(set(names)), dtype=pl.String()).implode())
