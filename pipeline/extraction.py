"""Claims of article files without a warehouse: what `counterclaim extract` prints."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

import polars as pl
from rich.console import Console
from rich.table import Table as TerminalTable

from pipeline.events import Event, discover
from pipeline.exports import csv
from pipeline.extract.claims import extract
from pipeline.extract.lexicon import load_lexicon
from pipeline.ingest.articles import ingest
from pipeline.schema import CLAIMS, PROBLEMS
from pipeline.table import TEXT, Column, Table
from pipeline.terminal import printable

PRINTED: Final = Table(
    "printed claims",
    "The columns of claims, with the file and the name of the place.",
    ("document", "start", "claim_id"),
    (
        Column("document", TEXT, "the file, relative to the folder that was given", required=True),
        *CLAIMS.columns,
        Column(
            "place", TEXT, "the gazetteer's name of the place, else the words that name it, else the event's"
        ),
    ),
)


def claims_of(paths: Sequence[Path]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Claims (as PRINTED) and problems of all articles under `paths`. Raises EventError if there are none."""
    claims, problems = [PRINTED.frame()], [PROBLEMS.frame()]
    for path in paths:
        for event in discover(path):
            read = ingest(event)
            found = extract(read.articles, read.furniture, load_lexicon(event)).claims
            claims.append(_printed(found, read.articles, event))
            problems.append(read.problems)
    return pl.concat(claims), pl.concat(problems)


def _printed(claims: pl.DataFrame, articles: pl.DataFrame, event: Event) -> pl.DataFrame:
    names = {place.place_id: place.name for place in event.places}
    named = pl.col("place_id").replace_strict(names, default=None, return_dtype=TEXT)
    documents = articles.select("article_id", pl.col("raw_path").alias("document"))
    joined = claims.join(documents, on="article_id").with_columns(
        pl.coalesce(named, pl.col("place_text"), pl.lit(event.place, dtype=TEXT)).alias("place")
    )
    return joined.select(PRINTED.names).sort(PRINTED.key)


def _jsonl(claims: pl.DataFrame) -> Iterator[str]:
    for row in claims.iter_rows(named=True):
        yield json.dumps(row, ensure_ascii=False, default=str)


def _csv(claims: pl.DataFrame) -> Iterator[str]:
    yield csv(claims, PRINTED).decode().rstrip("\n")


def _table(claims: pl.DataFrame) -> Iterator[str]:
    shown = {
        "document": "article",
        "metric": "metric",
        "modifier": "modifier",
        "value": "value",
        "place": "place",
        "attribution": "who says so",
        "stance": "stance",
        "quote": "words",
    }
    table = TerminalTable()
    for heading in shown.values():
        table.add_column(heading)
    for row in claims.iter_rows(named=True):
        cells = ("" if row[name] is None else printable(str(row[name])) for name in shown)
        table.add_row(*(cell.replace("[", r"\[") for cell in cells))
    console = Console()
    with console.capture() as capture:
        console.print(table)
    yield capture.get().rstrip("\n")


FORMATS: Final[dict[str, Callable[[pl.DataFrame], Iterator[str]]]] = {
    "jsonl": _jsonl,
    "csv": _csv,
    "table": _table,
}
