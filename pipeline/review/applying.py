"""Decisions of people applied to what extraction gave."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from pipeline.schema import CLAIMS, REVIEWS
from pipeline.table import TEXT


@dataclass(frozen=True, slots=True)
class Reviewed:
    """Frames of the tables claims and reviews."""

    claims: pl.DataFrame
    reviews: pl.DataFrame


def apply(extracted: pl.DataFrame) -> Reviewed:
    """The claims that comparison sees."""
    claims = extracted.with_columns(pl.lit(None, dtype=TEXT).alias("reviewed")).select(CLAIMS.names)
    return Reviewed(claims.sort(CLAIMS.key), REVIEWS.frame())
