"""Claims of articles that are rows of a coded table: no language to read, only columns.

Line n of such an article is the table's column n, "label: cell", so that a cell is found by its place and no
other cell can pass for it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Final

import polars as pl

from pipeline import __version__
from pipeline.coded.cells import NOTHING, day, filled, first, whole
from pipeline.coded.checks import in_order
from pipeline.coded.layout import Coded, Figure
from pipeline.events import countries
from pipeline.schema import EXTRACTED
from pipeline.words import printable

EXTRACTOR: Final = f"counterclaim-coded {__version__}"
RULE: Final = "coded table"
_BATCH: Final = 10_000  # rows that are held as lines at a time
_BRACKETS: Final = r"\s*\(.*\)$"  # "Myanmar (Burma)"


def coded(articles: pl.DataFrame, tables: Sequence[Coded]) -> pl.DataFrame:
    """The claims of `articles` of kind `coded`, by the columns that `tables` name."""
    frames = [
        claims
        for table in tables
        for rows in articles.filter(_is_of(table)).iter_slices(_BATCH)
        for claims in _of_rows(rows, table)
    ]
    return pl.concat([EXTRACTED.frame(), *frames]).sort(EXTRACTED.key)


def _is_of(table: Coded) -> pl.Expr:
    return (pl.col("kind") == "coded") & pl.col("raw_path").str.starts_with(f"{printable(table.file)}#")


def _of_rows(articles: pl.DataFrame, table: Coded) -> list[pl.DataFrame]:
    """The claims of articles of one table, figure by figure."""
    positions = {label: number for number, label in enumerate(table.header)}
    if not positions.keys() >= set(table.columns):
        return []
    needed = [(label, positions[label]) for label in table.columns]
    lines = pl.col("text").str.split("\n")
    rows = (
        articles.select("article_id", "event_id", lines=lines)
        .with_columns(
            *(_line(label, number).alias(f"cell {label}") for label, number in needed),
            *(_start(number).alias(f"start {label}") for label, number in needed),
        )
        .drop("lines")
    )
    return [_claims(rows, table, figure) for figure in table.figures]


def _line(label: str, number: int) -> pl.Expr:
    """What stands behind the label on line `number`; null if it is another label's line."""
    line, before = pl.col("lines").list.get(number, null_on_oob=True), f"{label}: "
    return pl.when(line.str.starts_with(before)).then(line.str.strip_prefix(before))


def _start(number: int) -> pl.Expr:
    """Where line `number` begins, in code points: behind the lines before it and their ends."""
    before = pl.col("lines").list.head(number).list.join("\n").str.len_chars().cast(pl.Int64)
    return before + (1 if number else 0)


def _cell(label: str) -> pl.Expr:
    return pl.col(f"cell {label}")


def _claims(rows: pl.DataFrame, table: Coded, figure: Figure) -> pl.DataFrame:
    """One claim a row that has a number in the column of the best figure."""
    rows = rows.with_columns(value=whole(_cell(figure.best))).filter(pl.col("value").is_not_null())
    low, high, modifier = _ends(figure)
    quote = pl.format("{}: {}", pl.lit(figure.best), _cell(figure.best))
    start = pl.col(f"start {figure.best}")
    end = start + quote.str.len_chars().cast(pl.Int64)
    said, said_at = first(table.attribution, _cell), _first_start(table.attribution)
    incident = first(table.incident, _cell)
    scope = pl.when(incident.is_not_null()).then(pl.lit("incident")).otherwise(pl.lit("cumulative"))
    columns: dict[str, pl.Expr] = {
        "article_id": pl.col("article_id"),
        "event_id": pl.col("event_id"),
        "start": start,
        "end": end,
        "quote": quote,
        "sentence_start": start,
        "sentence_end": end,
        "metric": pl.lit(figure.metric),
        "value": pl.col("value"),
        "low": low,
        "high": high,
        "modifier": modifier,
        "population": pl.lit(figure.population),
        "population_text": first((figure.people,) if figure.people else (), _cell),
        "place_text": first(table.place, _cell),
        "country": _country(first(table.country, _cell)),
        "as_of_start": _day(table.start, table),
        "as_of_end": _day(table.end, table),
        "scope": pl.lit("change") if figure.change else scope,
        "incident": incident,
        "attribution": said,
        "attribution_start": said_at,
        "attribution_end": said_at + said.str.len_chars().cast(pl.Int64),
        "stance": pl.lit("asserted"),
        "extractor": pl.lit(f"{EXTRACTOR}, coded table: {table.name}"),
        "rule": pl.lit(RULE),
        "confidence": pl.lit("high"),
    }
    empty = {column.name: pl.lit(None, dtype=column.dtype) for column in EXTRACTED.columns}
    filled_in = {**empty, **columns}
    claims = rows.select(
        filled_in[name].cast(EXTRACTED.polars_schema[name]).alias(name) for name in EXTRACTED.names
    )
    return claims.with_columns(_identities(claims))


def _ends(figure: Figure) -> tuple[pl.Expr, pl.Expr, pl.Expr]:
    """Low, high and modifier: as the columns give them, else as the codebook bounds the figure."""
    nothing, value = pl.lit(None, dtype=pl.Int64), pl.col("value")
    if figure.modifier:
        return value if figure.modifier == "at_least" else nothing, nothing, pl.lit(figure.modifier)
    low_end = pl.coalesce(whole(_cell(figure.low)), value) if figure.low else value
    high_end = pl.coalesce(whole(_cell(figure.high)), value) if figure.high else value
    exact = (low_end == value) & (high_end == value)
    return low_end, high_end, pl.when(exact).then(pl.lit("exact")).otherwise(pl.lit("range"))


def _first_start(labels: Sequence[str]) -> pl.Expr:
    """Where the first of the cells that are filled begins, behind its label."""
    starts = (
        pl.when(filled(_cell(label)).is_not_null()).then(pl.col(f"start {label}") + len(label) + 2)
        for label in labels
    )
    return pl.coalesce(*starts, NOTHING.cast(pl.Int64))


def _day(labels: Sequence[str], table: Coded) -> pl.Expr:
    """The day in the first of the columns, where the row is sure of it and does not contradict itself."""
    found = day(first(labels, _cell), table.days)
    found = pl.when(in_order(table, _cell).fill_null(value=True)).then(found)
    if table.certain is None:
        return found
    column, value = table.certain
    return pl.when(filled(_cell(column)) == value).then(found)


def _country(cell: pl.Expr) -> pl.Expr:
    """The ISO 3166-1 code of a country named by its name or its code; null if it is neither."""
    codes = {str(place.country): str(place.country) for place in countries()}
    names = {
        name.lower(): str(place.country) for place in countries() for name in (place.name, *place.aliases)
    }
    known = {**names, **{code.lower(): code for code in codes}}
    return (
        cell.str.replace(_BRACKETS, "")
        .str.to_lowercase()
        .replace_strict(known, default=None, return_dtype=pl.String())
    )


def _identities(claims: pl.DataFrame) -> pl.Series:
    """Hashes of article, quote, its occurrence (a column has one) and metric, as ids of claims from text."""
    rows = claims.select("article_id", "quote", pl.lit("1"), "metric").iter_rows()
    ids = ["c" + hashlib.sha256("\0".join(row).encode()).hexdigest()[:12] for row in rows]
    return pl.Series("claim_id", ids, dtype=pl.String())
