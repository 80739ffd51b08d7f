"""The day on which a running total was most contested: when most different figures of it stood."""

from __future__ import annotations

from typing import Final

import polars as pl

RECENT_DAYS: Final = 7  # figures of a running total are rivals if they are of about the same time
_NOT_ONE: Final = 2  # figures that differ


def contested(totals: pl.DataFrame) -> pl.DataFrame:
    """`series_id` and `as_of`: for each running total its most contested day, the latest of equals.

    `totals` has a row a statement: series_id, value, status, stated_on, published_on and stood_until. A
    statement is a rival on its own day and the RECENT_DAYS - 1 that follow, until it is replaced or
    withdrawn; only days on which one was made are looked at. A question whose last statement falls on that
    day, or that nobody contests, has no row: the last day of the evidence shows the same.
    """
    made = totals.filter(
        pl.col("value").is_not_null()
        & pl.col("stated_on").is_not_null()
        & (pl.col("stood_until").is_not_null() | (pl.col("status") == "standing"))
    ).select("series_id", "value", "stood_until", since=pl.max_horizontal("stated_on", "published_on"))
    on_record = (
        made.unique()
        .join(pl.DataFrame({"later": range(RECENT_DAYS)}), how="cross")
        .with_columns(pl.col("since").dt.offset_by(pl.format("{}d", "later")).alias("as_of"))
        .filter(pl.col("stood_until").is_null() | (pl.col("stood_until") > pl.col("as_of")))
    )
    last = made.group_by("series_id").agg(pl.col("since").max().alias("last"))
    return (
        on_record.join(made, left_on=["series_id", "as_of"], right_on=["series_id", "since"], how="semi")
        .group_by("series_id", "as_of")
        .agg(pl.col("value").n_unique().alias("figures"))
        .join(last, on="series_id")
        .sort("figures", "as_of", "series_id", descending=True)
        .unique("series_id", keep="first", maintain_order=True)
        .filter((pl.col("figures") >= _NOT_ONE) & (pl.col("as_of") < pl.col("last")))
        .select("series_id", "as_of")
        .sort("series_id")
    )
