"""What was on record on a day, in lines: question, figure, who stood by it, since when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

import polars as pl

from pipeline import words
from pipeline.compare.ledger import on_record

TABLES: Final = ("claims", "series", "statements")
_GIVEN: Final = ("modifier", "value", "low", "high", "vague_word")


def lines(tables: Mapping[str, pl.DataFrame], day: date, metric: str | None = None) -> Iterator[str]:
    """A line for each question with a standing statement, and one for each figure and its sources."""
    standing = on_record(tables["statements"], day)
    rows = (
        standing.join(tables["claims"].select("claim_id", *_GIVEN), on="claim_id")
        .join(
            tables["series"].select("series_id", "metric", "population", "place", "scope", "definition"),
            on="series_id",
        )
        .filter(pl.lit(metric is None) | (pl.col("metric") == (metric or "")))
        .filter(pl.col("scope").is_in(["cumulative", "incident"]))
        .sort("stated_on", "originator", "claim_id")
    )
    asked = ("metric", "population", "place", "definition", "series_id")
    questions = rows.group_by(asked).len().sort("len", *asked, descending=[True] + [False] * len(asked))
    for question in questions.iter_rows(named=True):
        people = "" if question["population"] == "all" else f" ({words.plain(question['population'])})"
        place = f", {question['place']}" if question["place"] else ""
        defined = f", {question['definition']}" if question["definition"] else ""
        yield f"{words.plain(question['metric'])}{people}{defined}{place}"
        said: dict[tuple[str, str], date] = {}
        for row in rows.filter(pl.col("series_id") == question["series_id"]).iter_rows(named=True):
            figure = words.figure(*(row[name] for name in _GIVEN))
            said.setdefault((figure, row["originator"]), row["stated_on"])
        for (figure, originator), since in said.items():
            yield f"  {figure:>16}  {originator}, since {words.day(since)}"
