"""Claims with the columns that every comparison derives from them in the same way."""

from __future__ import annotations

import polars as pl

from pipeline.table import TEXT


def dated(claims: pl.DataFrame, articles: pl.DataFrame) -> pl.DataFrame:
    """Claims with their article's outlet, wire and file, and five columns more.

    - `number`: by which a figure is recognised: the value, else the end that is stated;
    - `place`: the gazetteer row, else the text's words in lower case;
    - `source`: the actor, else the words that name the source in lower case;
    - `published_on`: the day of publication;
    - `stated_on`: the day the source spoke, else that of publication.
    """
    published = pl.col("published_at").dt.date().alias("published_on")
    about = articles.select(
        "article_id", "outlet", "publisher", "wire", "wire_evidence", "raw_path", "title", "kind", published
    )
    return claims.join(about, on="article_id", how="left", maintain_order="left").with_columns(
        pl.coalesce("value", "low", "high").alias("number"),
        pl.coalesce("place_id", pl.col("place_text").str.to_lowercase()).alias("place"),
        pl.coalesce("actor_id", pl.col("attribution").str.to_lowercase()).cast(TEXT).alias("source"),
        pl.coalesce("said_on", "published_on").alias("stated_on"),
    )


def first_of(*keys: str) -> pl.Expr:
    """The first `row` that agrees in `keys`, nulls with nulls: one number in the place of several columns."""
    return pl.col("row").min().over(keys)


def run_of(*keys: str) -> pl.Expr:
    """The number of the run of neighbouring rows that agree in `keys`, which have no nulls."""
    begins = pl.any_horizontal(pl.col(key) != pl.col(key).shift() for key in keys)
    return begins.fill_null(value=True).cum_sum()
