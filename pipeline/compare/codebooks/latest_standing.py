"""Latest standing statement: our own rule, the figure on record on a day."""

from __future__ import annotations

import polars as pl

from pipeline.compare.codebooks.book import NOTHING, Codebook, Rule, coded


def rule(codebook: Codebook) -> Rule:
    """Best is the figure of the last day, if that day has one; several figures of that day are a range."""
    number = coded(codebook)
    last = (pl.col("stated_on") == pl.col("stated_on").max()) & number.is_not_null()
    of_last = number.filter(last)
    one = of_last.n_unique() == 1
    return Rule(
        uses=last,
        low=pl.when(~one).then(of_last.min()).otherwise(NOTHING),
        best=pl.when(one).then(of_last.min()).otherwise(NOTHING),
        high=pl.when(~one).then(of_last.max()).otherwise(NOTHING),
    )
