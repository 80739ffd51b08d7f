"""What every kind of finding gives, and what it gets."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

import polars as pl

from pipeline import words
from pipeline.compare.frames import dated
from pipeline.events import AcceptedFall, Actor, Event, Population, people
from pipeline.schema import REVIEWS
from pipeline.table import TEXT


@dataclass(frozen=True, slots=True)
class Evidence:
    """The tables a finding looks at. `record` is a row a claim, with what findings use of claims, articles
    and statements; `versions` has the `article_id` of a page and that of its next version, `later`.
    """

    record: pl.DataFrame
    pairs: pl.DataFrame
    versions: pl.DataFrame
    accepted_falls: tuple[AcceptedFall, ...] = ()
    populations: tuple[Population, ...] = ()
    reviews: pl.DataFrame = field(default_factory=REVIEWS.frame)


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding. `claims` are claim_ids, the most telling first; `about` tells apart those without any."""

    kind: str
    severity: str
    headline: str
    detail: str
    claims: tuple[str, ...]
    about: str = ""

    def row(self, event_id: str) -> dict[str, Any]:
        """The finding as a row of the table."""
        identity = "\0".join((event_id, self.kind, *(sorted(self.claims) or (self.about,))))
        return {
            "finding_id": "f" + hashlib.sha256(identity.encode()).hexdigest()[:12],
            "event_id": event_id,
            "kind": self.kind,
            "severity": self.severity,
            "headline": self.headline,
            "detail": self.detail,
            "claims": list(self.claims),
            "numbers": words.numbers_in(self.headline, self.detail),
        }


# What a record has of claims, dated, and of statements.
_OF_CLAIMS: Final = (
    "claim_id", "article_id", "start", "sentence_start", "quote", "metric", "number", "value", "low", "high",
    "modifier", "vague_word", "population", "scope", "part_of", "source", "attribution", "actor_id", "stance",
    "said_on", "stated_on", "published_on", "as_of_start", "as_of_end", "kind", "outlet", "wire", "raw_path",
)  # fmt: skip
_OF_STATEMENTS: Final = ("claim_id", "series_id", "group_id", "originator", "status", "stood_until")


def gather(tables: Mapping[str, pl.DataFrame], event: Event, actors: Sequence[Actor]) -> Evidence:
    """The evidence of an event's tables: claims, articles, series, statements, pairs; and reviews,
    where people decided on claims.
    """
    sides = {actor.actor_id: actor.side for actor in reversed(actors)}
    populations = tables["claims"]["population"].unique()
    names = {one: people(event.populations, one) for one in populations}
    questions = tables["series"].select(
        "series_id", pl.col("place").alias("where"), pl.col("scope").alias("question_scope")
    )
    record = (
        dated(tables["claims"], tables["articles"])
        .select(_OF_CLAIMS)
        .join(tables["statements"].select(_OF_STATEMENTS), on="claim_id")
        .join(questions, on="series_id")
        .with_columns(
            pl.col("actor_id").replace_strict(sides, default=None, return_dtype=TEXT).alias("side"),
            pl.col("population").replace_strict(names, default=None, return_dtype=TEXT).alias("people"),
        )
        .sort("stated_on", "claim_id", nulls_last=True)
    )
    versions = tables["articles"].filter(pl.col("version_of").is_not_null())
    versions = versions.select(pl.col("version_of").alias("article_id"), pl.col("article_id").alias("later"))
    reviews = tables.get(REVIEWS.name, REVIEWS.frame())
    return Evidence(record, tables["pairs"], versions, event.accepted_falls, event.populations, reviews)


# Figures of one question further apart than this are taken for answers to different questions: a part that
# was not recognised as one, or another day. A factor of our own; no codebook has one.
FURTHEST: Final = 2
# An exact running total that an article states and that was not withdrawn.
EXACT_TOTAL: Final = (
    (pl.col("stance") == "asserted")
    & (pl.col("scope") == "cumulative")
    & (pl.col("modifier") == "exact")
    & (pl.col("status") != "withdrawn")
)
# What the words of a finding are made of: no other column of `record` leaves the frame.
TOLD: Final = (
    "claim_id", "article_id", "start", "quote", "metric", "number", "value", "low", "high", "modifier",
    "vague_word", "population", "people", "where", "stance", "status", "said_on", "stated_on", "published_on",
    "as_of_start", "as_of_end", "stood_until", "part_of", "originator", "outlet", "raw_path",
)  # fmt: skip
# Below this, two equal numbers are too often two facts.
SMALLEST: Final = 10


def rows_of(record: pl.DataFrame, *claim_ids: pl.Series) -> dict[str, dict[str, Any]]:
    """The rows of `record` that findings name, by claim_id: the few that leave the frame."""
    wanted = pl.concat([*claim_ids, pl.Series("claim_id", [], dtype=TEXT)]).unique().alias("claim_id")
    found = record.join(wanted.to_frame(), on="claim_id", how="semi").select(TOLD)
    return {row["claim_id"]: row for row in found.iter_rows(named=True)}


def groups(frame: pl.DataFrame, keys: Sequence[str], *order: str) -> Iterator[list[dict[str, Any]]]:
    """The rows of `frame` that agree in `keys`, nulls with nulls, in `order`; else in that of the frame. The
    group of the first row comes first. One sort serves all: an archive has a hundred thousand groups.
    """
    numbered = frame.with_row_index("group").with_columns(pl.col("group").min().over(keys))
    ordered = numbered.sort("group", *order, maintain_order=True).select("group", *TOLD)
    for _, rows in groupby(ordered.iter_rows(named=True), key=itemgetter("group")):
        yield list(rows)


def on_days_around(frame: pl.DataFrame, before: int, after: int) -> pl.DataFrame:
    """Each row once for each day from `before` days before stated_on to `after` after it, as `day`: what lies
    near in time is then joined by equality, and the work grows with the rows.
    """
    offsets = pl.DataFrame({"offset": range(-before, after + 1)})
    return frame.join(offsets, how="cross").with_columns(
        (pl.col("stated_on") + pl.duration(days=pl.col("offset"))).alias("day")
    )


def figure(row: Mapping[str, Any]) -> str:
    """The number of a row of `record` as its text bounds it."""
    return words.figure(row["modifier"], row["value"], row["low"], row["high"], row["vague_word"])


def outlet(row: Mapping[str, Any]) -> str:
    """Who printed a row of `record`."""
    return str(row["outlet"] or row["raw_path"])


def outlets(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """The outlets of rows, each once, in order."""
    return list(dict.fromkeys(outlet(row) for row in rows))


def whose(row: Mapping[str, Any]) -> str:
    """The question of a row of `record`, in words: "killed (security forces), Almaty"."""
    of = "" if row["population"] == "all" else f" ({row['people']})"
    metric = words.plain(row["metric"])
    return f"{metric}{of}, {row['where']}" if row["where"] else f"{metric}{of}"


def words_of_force(row: Mapping[str, Any]) -> str:
    """A force in words: "CSTO forces"; "the troops" where the articles name none."""
    return "the troops" if row["population"] in ("all", "soldiers") else str(row["people"])
