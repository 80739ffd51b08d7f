"""The ledger read backwards: what was on record on a day, whatever became of it since.

Two times decide: a statement is on record from the day on which it was made and printed, until its source
replaced it or a withdrawal of it was reported. What it holds for is a third time, and only told.
"""

from __future__ import annotations

from datetime import date

import polars as pl


def as_known(statements: pl.DataFrame, day: pl.Expr) -> pl.DataFrame:
    """The rows of `statements` that an article here had printed by `day`, with `status` as it was then.

    `day` is a date or a column of dates.
    """
    made = (pl.col("stated_on") <= day) & (pl.coalesce("published_on", "stated_on") <= day)
    ended_later = (pl.col("stood_until") > day).fill_null(value=False)
    status = pl.when(ended_later).then(pl.lit("standing")).otherwise("status")
    return statements.filter(made).with_columns(status.alias("status"))


def on_record(statements: pl.DataFrame, day: date) -> pl.DataFrame:
    """The rows of `statements` that stood on `day`, and that an article here had printed by then."""
    known = as_known(statements, pl.lit(day)).filter(pl.col("status") == "standing")
    return known.sort("series_id", "stated_on", "claim_id")
