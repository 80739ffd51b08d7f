"""The articles of an event from what its files gave: each once, with its versions and its problems."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from pipeline.events import Event
from pipeline.folders import ARTICLES, CONFIG
from pipeline.ingest import coded, files, unfetched
from pipeline.ingest.page import Note
from pipeline.ingest.reading import Reading, problem, read
from pipeline.ingest.versions import versions
from pipeline.limits import Limits
from pipeline.schema import ARTICLES as ARTICLES_TABLE
from pipeline.schema import FURNITURE, PAGE_FURNITURE, PAGE_PROBLEMS, PAGES, PROBLEMS
from pipeline.words import printable

_PAGE: Final = ["file", "place"]


@dataclass(frozen=True, slots=True)
class Ingest:
    """What an event's files gave: frames of the tables articles, furniture and problems."""

    articles: pl.DataFrame
    furniture: pl.DataFrame
    problems: pl.DataFrame


def ingest(event: Event, on_file: Callable[[], None] = lambda: None, limits: Limits | None = None) -> Ingest:
    """Read every file of `event`, in order of path. `on_file` is called after each, for progress."""
    limits = limits or Limits()
    readings = list(read(event.event_id, event.root, event.files, limits, on_file))
    return assemble(event, joined(readings), limits)


def joined(readings: list[Reading]) -> dict[str, pl.DataFrame]:
    """The tables pages, page_furniture and page_problems of several readings, in the order of their keys."""
    frames = {
        PAGES: [one.pages for one in readings],
        PAGE_FURNITURE: [one.furniture for one in readings],
        PAGE_PROBLEMS: [one.problems for one in readings],
    }
    return {table.name: pl.concat([table.frame(), *some]).sort(table.key) for table, some in frames.items()}


def assemble(event: Event, tables: dict[str, pl.DataFrame], limits: Limits) -> Ingest:
    """The articles of `event` from the tables pages, page_furniture and page_problems of its files, from its
    coded tables, and from the list of what could not be fetched.
    """
    pages = tables[PAGES.name]
    once = pages.unique("article_id", keep="first", maintain_order=True)
    again = pages.join(once.select(_PAGE), on=_PAGE, how="anti")
    kept = pl.DataFrame(
        [(row["file"], row["place"], row["version_of"], row.get("twin")) for row in _versions(once)],
        schema={**{name: PAGES.polars_schema[name] for name in (*_PAGE, "version_of")}, "twin": pl.String()},
        orient="row",
    )
    written = once.drop("version_of").join(kept.filter(pl.col("twin").is_null()), on=_PAGE)
    read_coded = coded.tables(event, limits)
    articles = pl.concat([written.select(ARTICLES_TABLE.names), read_coded.articles]).sort(ARTICLES_TABLE.key)
    furniture = tables[PAGE_FURNITURE.name].join(written.select(_PAGE), on=_PAGE, how="semi")
    # Of a page that is there twice, what it lacks is told once.
    of_pages = tables[PAGE_PROBLEMS.name].join(again.select(_PAGE), on=_PAGE, how="anti")
    problems = [
        *of_pages.select(PROBLEMS.names).iter_rows(named=True),
        *_doubles(event, once, again),
        *_unchanged(event, once.filter("whole").join(kept.drop_nulls("twin"), on=_PAGE)),
        *_of_event(event, read_coded),
    ]
    return Ingest(
        articles,
        furniture.select(FURNITURE.names).sort(FURNITURE.key),
        PROBLEMS.frame(problems).unique(PROBLEMS.key, keep="first", maintain_order=True),
    )


def without_texts(pages: pl.DataFrame, articles: pl.DataFrame) -> pl.DataFrame:
    """The table `pages` with an empty text for those that are `articles`, where their texts are: an archive
    need not hold each twice.
    """
    there = pl.col("article_id").is_in(articles.get_column("article_id").implode())
    return pages.with_columns(pl.when(there).then(pl.lit("")).otherwise(pl.col("text")).alias("text"))


def with_texts(pages: pl.DataFrame, articles: pl.DataFrame) -> pl.DataFrame:
    """The table `pages` as it was before its texts were left to `articles`."""
    texts = articles.select("article_id", pl.col("text").alias("there"))
    joined = pages.join(texts, on="article_id", how="left", maintain_order="left")
    left = (pl.col("text") == "") & pl.col("there").is_not_null()
    return joined.with_columns(pl.when(left).then("there").otherwise("text").alias("text")).drop("there")


def _versions(pages: pl.DataFrame) -> Iterator[dict[str, Any]]:
    entries = set(pages.filter("entry").get_column("article_id"))
    return versions(pages.drop("text").iter_rows(named=True), entries)


def _doubles(event: Event, once: pl.DataFrame, again: pl.DataFrame) -> Iterator[dict[str, Any]]:
    """Files that a person put there twice. An archive that holds a page twice is no slip of a person's."""
    twins = once.select("article_id", pl.col("raw_path").alias("twin"))
    doubled = again.filter("whole").join(twins, on="article_id")
    for path, twin in doubled.select("raw_path", "twin").iter_rows():
        note = Note(f"the same bytes and URL as {twin}; read once", "remove one of the two")
        yield problem(event.event_id, path, "warning", note)


def _unchanged(event: Event, pages: pl.DataFrame) -> Iterator[dict[str, Any]]:
    """Of a page that was captured again unchanged one is enough."""
    for path, twin in pages.select("raw_path", "twin").iter_rows():
        note = Note(f"the same page and text as {twin}; read once", "remove one of the two")
        yield problem(event.event_id, path, "warning", note)


def _of_event(event: Event, read_coded: coded.Tables) -> Iterator[dict[str, Any]]:
    """Problems of coded tables, of addresses that were not fetched, and of the event itself."""
    for one in read_coded.problems:
        yield problem(event.event_id, one.path, one.severity, Note(one.message, one.remedy))
    for url, told in unfetched.reasons(event.root).items():
        reason, _, remedy = told.rpartition("; ")
        note = Note(reason or told, remedy or "add it again")
        yield problem(event.event_id, printable(url), "error", note)
    for mistake in event.mistakes:
        useless = f"cannot be used: {mistake.message}; the event was read without it"
        reason = useless if mistake.severity == "error" else mistake.message
        yield problem(event.event_id, CONFIG, mistake.severity, Note(reason, mistake.remedy))
    if not event.files and not event.coded:
        remedy = f"put article files into it: {', '.join(files.ENDINGS)}"
        yield problem(event.event_id, ARTICLES, "error", Note("the folder holds no files", remedy))
