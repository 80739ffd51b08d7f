"""Crowd Counting Consortium: the lowest and highest size reported, words kept as words (data dictionary)."""

from __future__ import annotations

import polars as pl

from pipeline.compare.codebooks.book import NO_GRADE, NOTHING, Codebook, Rule, coded, end


def rule(codebook: Codebook) -> Rule:
    """Low and high; `grade` holds the words that reports use for a size, which the codebook keeps."""
    low, high = end(codebook, "low"), end(codebook, "high")
    words = pl.col("vague_word").drop_nulls().unique().sort().str.join(", ")
    return Rule(
        uses=coded(codebook).is_not_null(),
        low=low.min(),
        best=NOTHING,
        high=high.max(),
        grade=pl.when(words != "").then(words).otherwise(NO_GRADE),
    )
