"""Claims that nobody made and the articles that print them: an archive's, in seconds.

Twenty sources give rising totals of two metrics in hundreds of places over a year; outlets and a wire repeat
them, in the words of the source or others, with and without its name; some are withdrawn. An archive has more
questions than an event and not longer ones: a question has 250 claims, an article four.
"""

from __future__ import annotations

import binascii
from datetime import date
from pathlib import Path
from typing import Any, Final

import numpy as np
import polars as pl

from pipeline.events import Actor, Event
from pipeline.schema import ARTICLES, CLAIMS
from pipeline.table import Table

PER_ARTICLE: Final = 4
PER_QUESTION: Final = 250
ACTORS: Final = tuple(Actor(f"actor-{n}", f"Ministry {n}", "authorities", ()) for n in range(20))
EVENT: Final = Event("bench", Path(), (), "Bench", place="Riverland", actors=ACTORS)
_ODD: Final = 0x9E3779B97F4B  # what a number is multiplied by to be an id: below 2^48 no two are alike
_NOTHING: Final = {pl.String(): "", pl.Int64(): 0, pl.Boolean(): False, pl.Float64(): 0.0}


def tables(size: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    """`size` claims and their articles, in the order of their keys; the same size gives the same rows."""
    i = pl.col("i")
    frame = pl.DataFrame({"i": np.arange(size, dtype=np.int64)}).with_columns(
        (i * 7919 % max(size // PER_QUESTION, 1)).alias("question"),
        (i // 7 % 365).alias("day"),
        (i // PER_ARTICLE).alias("article"),
        _ids("c", np.arange(size)).alias("claim_id"),
        _ids("a", np.arange(size) // PER_ARTICLE).alias("article_id"),
    )
    claims = _filled(frame, _claims(), CLAIMS)
    return claims, _filled(frame.unique("article", keep="first"), _articles(), ARTICLES)


def _claims() -> dict[str, pl.Expr]:
    i, question, number = pl.col("i"), pl.col("question"), 10 + pl.col("day") * 2 + pl.col("i") % 3
    about, least, vague = i % 11 == 5, i % 13 == 6, i % 17 == 8
    unnamed = i % 5 == 2
    people = pl.when(question % 3 == 0).then(pl.lit("killed")).otherwise(pl.lit("injured"))
    return {
        "claim_id": pl.col("claim_id"),
        "article_id": pl.col("article_id"),
        "start": i % 4000,
        "end": i % 4000 + 24,
        "quote": pl.format("{} people were {}", number, people),
        "sentence_start": i % 4000 - i % 60,
        "sentence_end": i % 4000 + 100,
        "metric": people,
        "value": pl.when(~(about | least | vague)).then(number),
        "low": pl.when(~vague & ~about).then(number).when(about).then(number - 1),
        "high": pl.when(~(least | vague | about)).then(number).when(about).then(number + 1),
        "modifier": pl.when(vague)
        .then(pl.lit("vague"))
        .when(least)
        .then(pl.lit("at_least"))
        .when(about)
        .then(pl.lit("about"))
        .otherwise(pl.lit("exact")),
        "vague_word": pl.when(vague).then(pl.lit("dozens")),
        "population": pl.lit("all"),
        "population_text": pl.lit("people"),
        "place_text": pl.format("Place {}", question),
        "actor_id": pl.when(~unnamed & (i % 3 != 0)).then(pl.format("actor-{}", i % len(ACTORS))),
        "attribution": pl.when(~unnamed).then(pl.format("the ministry of {}", i % len(ACTORS))),
        "scope": pl.lit("cumulative"),
        "stance": pl.when(i % 97 == 0).then(pl.lit("retracted")).otherwise(pl.lit("asserted")),
        "extractor": pl.lit("counterclaim-cascade"),
        "rule": pl.lit("verb before number > attributed"),
        "confidence": pl.lit("high"),
    }


def _articles() -> dict[str, pl.Expr]:
    article = pl.col("article")
    wired = article % 3 == 0
    day = pl.lit(date(2022, 1, 1)).cast(pl.Datetime("us")) + pl.duration(days=pl.col("day"))
    return {
        "article_id": pl.col("article_id"),
        "outlet": pl.format("Outlet {}", article % 50),
        "kind": pl.lit("article"),
        "wire": pl.when(wired).then(pl.lit("Riverland News Agency")),
        "wire_evidence": pl.when(wired).then(pl.lit("(RNA)")),
        "raw_path": pl.format("articles/{}.md", article),
        "published_at": day,
    }


def _filled(frame: pl.DataFrame, columns: dict[str, pl.Expr], table: Table) -> pl.DataFrame:
    """The columns of `table`: those given; else nothing, or an empty value where it must have one."""
    given = {"event_id": pl.lit(EVENT.event_id), **columns}
    made = frame.select(
        given.get(column.name, pl.lit(_least(column))).cast(column.dtype).alias(column.name)
        for column in table.columns
    )
    return made.sort(table.key)


def _least(column: Any) -> object:
    return _NOTHING.get(column.dtype) if column.required else None


def _ids(letter: str, numbers: np.ndarray) -> pl.Series:
    """Each number as a letter and twelve digits that look as random as those of a hash."""
    mixed = (numbers.astype(np.uint64) * np.uint64(_ODD)) & np.uint64(2**48 - 1)
    digits = np.frombuffer(binascii.hexlify(mixed.astype(">u8").tobytes()), dtype="S16")
    return letter + pl.Series(digits).cast(pl.Binary).cast(pl.String).str.slice(4)
