"""GTD: the latest independent figure; of equally late ones the majority's, else the lowest (GTD Codebook)."""

from __future__ import annotations

import polars as pl

from pipeline.compare.codebooks.book import NOTHING, Codebook, Rule, coded
from pipeline.compare.codebooks.maverick import mode


def rule(codebook: Codebook) -> Rule:
    """Best is one figure; the codebook gives no range. Words without a number are left blank.

    A party's own figure is used only where nobody else gives one; the mode's tie goes to the lowest.
    """
    number, doubtful = coded(codebook), pl.col("side").is_in(codebook.doubtful).fill_null(value=False)
    given = number.is_not_null()
    trusted = given & (~doubtful | ~(given & ~doubtful).any())
    latest = trusted & (pl.col("stated_on") == pl.col("stated_on").filter(trusted).max())
    best = mode(number.filter(latest))
    return Rule(uses=latest & (number == best), low=NOTHING, best=best, high=NOTHING)
