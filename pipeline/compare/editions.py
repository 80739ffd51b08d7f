"""Figures that a page no longer tells: a later version of it has another in their place, or none."""

from __future__ import annotations

import polars as pl


def edited(frame: pl.DataFrame, articles: pl.DataFrame) -> pl.DataFrame:
    """`claim_id` of each claim whose number the next version of its page has nowhere in the same series.

    `edited_on` is the day of that version; `edited_by` and `edited_number` are its first figure of the
    series, if it has one. A version that still tells the number, as withdrawn or as an earlier count, edits
    nothing. `frame` has the claims with `series_id` and `number`; `articles` is the table.
    """
    day = pl.coalesce("retrieved_at", "updated_at", "published_at").dt.date()
    versions = articles.filter(pl.col("version_of").is_not_null()).select(
        day.alias("edited_on"), later="article_id", article_id="version_of"
    )
    figures = frame.select("claim_id", "article_id", "series_id", "number", "start")
    figures = figures.filter(pl.col("number").is_not_null())
    told = figures.select("series_id", "number", "start", "claim_id", later="article_id")
    told = told.join(versions, on="later", how="semi")
    went = figures.join(versions, on="article_id").join(told, on=["later", "series_id", "number"], how="anti")
    instead = (
        told.sort("start", "claim_id")
        .unique(["later", "series_id"], keep="first", maintain_order=True)
        .select("later", "series_id", edited_by="claim_id", edited_number="number")
    )
    found = went.join(instead, on=["later", "series_id"], how="left")
    return found.select("claim_id", "edited_on", "edited_by", "edited_number").sort("claim_id")
