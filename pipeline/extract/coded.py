"""Claims of articles that are rows of a coded table: no language to read, only columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import polars as pl

from pipeline import __version__
from pipeline.events import Coded, Figure
from pipeline.schema import CLAIMS

EXTRACTOR: Final = f"counterclaim-coded {__version__}"


def coded(articles: pl.DataFrame, tables: Sequence[Coded]) -> pl.DataFrame:
    """The claims of `articles` of kind `coded`, by the columns that `tables` name."""
    frames = [
        _claims(articles.filter(_is_of(table)), table, figure) for table in tables for figure in table.figures
    ]
    return pl.concat([CLAIMS.frame(), *frames]).sort(CLAIMS.key)


def _is_of(table: Coded) -> pl.Expr:
    return (pl.col("kind") == "coded") & pl.col("raw_path").str.starts_with(f"{table.file}#")


def _claims(articles: pl.DataFrame, table: Coded, figure: Figure) -> pl.DataFrame:
    """One claim a row that has a number in the column of the best figure."""
    best = _whole(figure.best)
    low = _whole(figure.low) if figure.low else best
    high = _whole(figure.high) if figure.high else best
    # Offsets count code points: what stands before the line, and the line.
    before = pl.col("text").str.extract(rf"(?s)^(.*?(?:^|\n)){re.escape(figure.best)}: ")
    quote = pl.concat_str(pl.lit(f"{figure.best}: "), _cell(figure.best))
    start = before.str.len_chars().cast(pl.Int64)
    end = start + quote.str.len_chars().cast(pl.Int64)
    rows = articles.with_columns(best.alias("value"), low.alias("low"), high.alias("high")).filter(
        pl.col("value").is_not_null()
    )
    exact = (pl.col("low") == pl.col("value")) & (pl.col("high") == pl.col("value"))
    columns: dict[str, pl.Expr] = {
        "claim_id": pl.concat_str(pl.lit("c"), pl.col("article_id").str.slice(1), pl.lit(figure.metric)),
        "article_id": pl.col("article_id"),
        "event_id": pl.col("event_id"),
        "start": start,
        "end": end,
        "quote": quote,
        "sentence_start": start,
        "sentence_end": end,
        "metric": pl.lit(figure.metric),
        "value": pl.col("value"),
        "low": pl.coalesce("low", "value"),
        "high": pl.coalesce("high", "value"),
        "modifier": pl.when(exact).then(pl.lit("exact")).otherwise(pl.lit("range")),
        "population": pl.lit("all"),
        "place_text": _cell(table.place),
        "scope": pl.lit("incident" if table.incident else "cumulative"),
        "incident": _cell(table.incident),
        "stance": pl.lit("asserted"),
        "extractor": pl.lit(EXTRACTOR),
        "rule": pl.lit("coded by hand"),
        "confidence": pl.lit("high"),
    }
    empty = {column.name: pl.lit(None, dtype=column.dtype) for column in CLAIMS.columns}
    filled = {**empty, **columns}
    return rows.select(filled[name].cast(CLAIMS.polars_schema[name]).alias(name) for name in CLAIMS.names)


def _cell(column: str | None) -> pl.Expr:
    """The text behind "column: " on a line of its own; null if it is empty or no column is named."""
    if column is None:
        return pl.lit(None, dtype=pl.String())
    value = pl.col("text").str.extract(rf"(?m)^{re.escape(column)}: (.+)$")
    return pl.when(value.str.strip_chars() != "").then(value)


def _whole(column: str) -> pl.Expr:
    """The cell as a whole number; null if it is none."""
    return _cell(column).cast(pl.Int64, strict=False)
