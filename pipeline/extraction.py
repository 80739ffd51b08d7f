"""Claims of article files without a warehouse: what `counterclaim extract` prints and `score` compares."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import polars as pl
from rich.console import Console
from rich.table import Table as TerminalTable
from rich.text import Text

from pipeline.events import Event, discover
from pipeline.exports import csv, json_text
from pipeline.extract import refusals
from pipeline.extract.claims import at_home, extract
from pipeline.extract.coded import coded
from pipeline.extract.lexicon import load_lexicon
from pipeline.folders import ARTICLES
from pipeline.ingest.articles import ingest
from pipeline.labels import read_labels
from pipeline.limits import Limits
from pipeline.schema import EXTRACTED, PROBLEMS, REJECTED
from pipeline.scoring import Score, score
from pipeline.table import TEXT, Column, Table
from pipeline.words import one_line

PRINTED: Final = Table(
    "printed claims",
    "The columns of claims, with the file and the name of the place.",
    ("document", "start", "claim_id"),
    (
        Column("document", TEXT, "the file, relative to the folder that was given", required=True),
        *EXTRACTED.columns,
        Column(
            "place", TEXT, "the gazetteer's name of the place, else the words that name it, else the event's"
        ),
    ),
)
PRINTED_REJECTED: Final = Table(
    "printed rejected",
    "The columns of rejected, with the file.",
    ("document", "start"),
    (
        Column("document", TEXT, "the file, relative to the folder that was given", required=True),
        *REJECTED.columns,
    ),
)


def extract_from(
    paths: Sequence[Path], limits: Limits | None = None
) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Claims (as PRINTED), other numbers (as PRINTED_REJECTED) and problems of all articles under `paths`.

    Raises EventError if there are none.
    """
    claims, rejected, problems = [PRINTED.frame()], [PRINTED_REJECTED.frame()], [PROBLEMS.frame()]
    for path in paths:
        for event in discover(path):
            read = ingest(event, limits=limits)
            written = read.articles.filter(pl.col("kind") != "coded")
            found = extract(written, read.furniture, at_home(load_lexicon(event), written), limits=limits)
            own = pl.concat([found.claims, coded(read.articles, event.coded)])
            documents = read.articles.select("article_id", pl.col("raw_path").alias("document"))
            claims.append(_printed(own.join(documents, on="article_id"), event))
            left = found.rejected.join(documents, on="article_id")
            rejected.append(left.select(PRINTED_REJECTED.names).sort(PRINTED_REJECTED.key))
            problems += [read.problems, refusals.problems(found.refused, written)]
    return pl.concat(claims), pl.concat(rejected), pl.concat(problems)


def score_of(labels: Path, data: Path | None = None) -> tuple[Score, list[str]]:
    """How well the claims of the labelled articles agree with `labels`, and the articles that are not there.

    Articles are looked for under `data`, else beside the labels. Raises LabelError on faulty labels.
    """
    base = data or labels.parent
    claims: dict[Path, dict[str, list[dict[str, Any]]]] = {}
    found, absent = [], []
    for article in read_labels(labels):
        path = base / article.file
        if not path.is_file():
            absent.append(str(article.file))
            continue
        root = path.parent.parent if path.parent.name == ARTICLES else path.parent
        if root not in claims:
            frame = extract_from([root])[0].partition_by("document", as_dict=True)
            claims[root] = {str(key[0]): rows.to_dicts() for key, rows in frame.items()}
        own = claims[root].get(path.relative_to(root).as_posix(), [])
        found.append((str(article.file), article.labels, own))
    return score(found, frozenset(load_lexicon().metrics)), absent


def _printed(claims: pl.DataFrame, event: Event) -> pl.DataFrame:
    names = {place.place_id: place.name for place in event.places}
    named = pl.col("place_id").replace_strict(names, default=None, return_dtype=TEXT)
    place = pl.coalesce(named, pl.col("place_text"), pl.lit(event.place, dtype=TEXT)).alias("place")
    return claims.with_columns(place).select(PRINTED.names).sort(PRINTED.key)


def _jsonl(rows: pl.DataFrame) -> Iterator[str]:
    for row in rows.iter_rows(named=True):
        yield json_text(row)


def _csv(rows: pl.DataFrame) -> Iterator[str]:
    yield csv(rows, _layout(rows)).decode().rstrip("\n")


def _layout(rows: pl.DataFrame) -> Table:
    return PRINTED if "claim_id" in rows.columns else PRINTED_REJECTED


def _table(rows: pl.DataFrame) -> Iterator[str]:
    headings = {
        "document": "article",
        "text": "number",
        "reason": "why it is no claim",
        "metric": "metric",
        "modifier": "modifier",
        "value": "value",
        "place": "place",
        "attribution": "who says so",
        "stance": "stance",
        "quote": "words",
    }
    shown = {name: heading for name, heading in headings.items() if name in rows.columns}
    table = TerminalTable()
    for heading in shown.values():
        table.add_column(heading)
    for row in rows.iter_rows(named=True):
        cells = ("" if row[name] is None else one_line(str(row[name])) for name in shown)
        table.add_row(*map(Text, cells))  # a string would be read as markup
    console = Console()
    with console.capture() as capture:
        console.print(table)
    yield capture.get().rstrip("\n")


FORMATS: Final[dict[str, Callable[[pl.DataFrame], Iterator[str]]]] = {
    "jsonl": _jsonl,
    "csv": _csv,
    "table": _table,
}
