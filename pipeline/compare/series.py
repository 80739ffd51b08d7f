"""Series: claims that answer the same question, what became of each, and how they stand to one another.

A question is a metric, whose, where, of which scope, and by which definition. A part that is named by its
people or its place ("103 of them in Almaty") answers the same question as a total for those people or that
place; only a part of neither stays a subset.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Final

import polars as pl

from pipeline.compare import definitions
from pipeline.compare.codebooks import maverick
from pipeline.compare.editions import edited
from pipeline.compare.frames import dated, first_of, run_of
from pipeline.compare.pairs import compared
from pipeline.events import Event
from pipeline.schema import SERIES, STATEMENTS
from pipeline.table import TEXT

WITHDRAWAL_DAYS: Final = 60  # a withdrawn figure and its repetitions lie at most so many days apart
_READ: Final = (
    "claim_id", "event_id", "article_id", "start", "quote", "metric", "value", "low", "high", "modifier",
    "population", "place_text", "place_id", "as_of_start", "as_of_end", "said_on", "scope", "incident",
    "attribution", "actor_id", "stance",
)  # fmt: skip
_NOT_FACT: Final = ("hypothetical", "denied", "hedged")


@dataclass(frozen=True, slots=True)
class Timeline:
    """Frames of the tables series, statements and pairs."""

    series: pl.DataFrame
    statements: pl.DataFrame
    pairs: pl.DataFrame


def series(claims: pl.DataFrame, articles: pl.DataFrame, evidence: pl.DataFrame, event: Event) -> Timeline:
    """Group the claims of `event` by question. The order of the input changes nothing."""
    groups = evidence.select("claim_id", "group_id", "originator")
    frame = dated(claims.select(_READ).sort("claim_id"), articles)
    frame = frame.join(groups, on="claim_id", how="left", maintain_order="left").drop_nulls("group_id")
    frame = _questions(frame, event).with_row_index("row")
    frame = frame.with_columns(first_of("series_id").alias("series"))
    gone = edited(frame, articles)
    frame = _ended(frame.join(gone, on="claim_id", how="left", maintain_order="left"))
    question = ("event_id", "metric", "population", "place", "scope", "definition", "incident")
    table = (
        frame.group_by("series")
        .agg(
            *(pl.col(name).first() for name in ("series_id", *question)),
            pl.len().cast(pl.Int64).alias("claims"),
            *(
                column.drop_nulls().n_unique().cast(pl.Int64).alias(name)
                for name, column in (
                    ("articles", pl.col("article_id")),
                    ("outlets", pl.coalesce("publisher", "outlet", "raw_path")),
                    ("wires", pl.col("wire")),
                    ("originators", pl.col("originator")),
                )
            ),
            pl.col("group_id").n_unique().cast(pl.Int64).alias("groups"),
        )
        .join(_spread(frame), on="series", how="left")
    )
    return Timeline(
        table.select(SERIES.names).sort(SERIES.key),
        frame.select(STATEMENTS.names).sort("series_id", maintain_order=True),
        compared(frame, event.tolerance),
    )


def _spread(frame: pl.DataFrame) -> pl.DataFrame:
    """How far the reports of a series disagree: the first figure of each article counts."""
    reports = (
        frame.select("stance", "series", "article_id", "number")
        .filter(pl.col("stance") == "asserted")
        .filter(pl.struct("series", "article_id").is_first_distinct())
    )
    return reports.group_by("series").agg(
        maverick.disagreement(pl.col("number")).alias("disagreement"),
        maverick.discrepancy(pl.col("number")).alias("discrepancy"),
    )


def _questions(frame: pl.DataFrame, event: Event) -> pl.DataFrame:
    """`place` becomes the name to print, `scope` that of the question, `series_id` their hash."""
    names = {place.place_id: place.name for place in event.places}
    named = pl.col("place_id").replace_strict(names, default=None, return_dtype=TEXT)
    own = pl.lit(event.place, dtype=TEXT)
    frame = frame.with_columns(pl.coalesce(named, "place_text", own).alias("place"))
    particular = (pl.col("population") != "all") | pl.col("place").ne_missing(own)
    whole = (pl.col("scope") == "subset") & particular
    frame = frame.with_columns(
        pl.when(whole).then(pl.lit("cumulative")).otherwise("scope").alias("scope"),
    )
    question = pl.concat_str(
        "event_id", "metric", "population", pl.col("place").fill_null(""), "scope", separator="|"
    )
    frame = frame.with_columns(definitions.defined().alias("definition"))
    for more in ("definition", "incident"):
        named = pl.format("{}|{}", question, more)
        question = pl.when(pl.col(more).is_null()).then(question).otherwise(named)
    return frame.with_columns(_hashed(question.alias("series_id"), frame))


def _hashed(question: pl.Expr, frame: pl.DataFrame) -> pl.Series:
    """Each question as "s" and twelve digits of its hash: stable over runs, machines and versions."""
    questions = frame.select(question).to_series()
    ids = {one: "s" + hashlib.sha256(one.encode()).hexdigest()[:12] for one in questions.unique()}
    return questions.replace_strict(ids, return_dtype=TEXT)


def _ended(frame: pl.DataFrame) -> pl.DataFrame:
    """`status`, `stood_until`, `ended_by`: withdrawn before superseded, superseded before standing.

    What the page itself no longer tells is superseded, by what it tells instead.
    """
    frame = _withdrawals(_successors(frame))
    gone = pl.col("edited_on").is_not_null()
    frame = frame.with_columns(
        pl.when(gone).then(f"edited_{name}").otherwise(f"succeeded_{name}").alias(f"succeeded_{name}")
        for name in ("on", "by", "number")
    )
    not_fact = pl.col("stance").is_in(_NOT_FACT)
    withdrawn = pl.col("withdrawn_on").is_not_null()
    superseded = gone | pl.col("succeeded_on").is_not_null() | (pl.col("stance") == "superseded")
    status = (
        pl.when(not_fact)
        .then(pl.lit("not stated as fact"))
        .when(withdrawn)
        .then(pl.lit("withdrawn"))
        .when(superseded)
        .then(pl.lit("superseded"))
        .otherwise(pl.lit("standing"))
    )
    ends = ~not_fact & withdrawn
    later = ~not_fact & ~withdrawn
    return frame.with_columns(
        status.alias("status"),
        pl.when(ends).then("withdrawn_on").when(later).then("succeeded_on").alias("stood_until"),
        pl.when(ends).then("withdrawn_by").when(later).then("succeeded_by").alias("ended_by"),
        pl.when(later & (pl.col("succeeded_number") > pl.col("number")))
        .then(pl.lit("up"))
        .when(later & (pl.col("succeeded_number") < pl.col("number")))
        .then(pl.lit("down"))
        .alias("revised"),
        pl.coalesce("as_of_start", "stated_on").alias("holds_from"),
        pl.coalesce("as_of_end", "stated_on").alias("holds_until"),
    )


def _withdrawals(frame: pl.DataFrame) -> pl.DataFrame:
    """`withdrawn_on`, `withdrawn_by`: the first report that the same figure of the series was withdrawn."""
    key = ["series", "number"]
    reports = (
        frame.select("stance", "claim_id", "published_on", *key)
        .filter((pl.col("stance") == "retracted") & pl.col("number").is_not_null())
        .sort("published_on", "claim_id", nulls_last=True)
        .group_by(key, maintain_order=True)
        .agg(
            pl.col("published_on").first().alias("withdrawn_on"),
            pl.col("claim_id").first().alias("withdrawn_by"),
        )
    )
    frame = frame.join(reports, on=key, how="left", maintain_order="left")
    far = (pl.col("stated_on") - pl.col("withdrawn_on")).dt.total_days().abs() > WITHDRAWAL_DAYS
    same = ~far.fill_null(value=False)
    return frame.with_columns(
        pl.when(same).then("withdrawn_on").alias("withdrawn_on"),
        pl.when(same).then("withdrawn_by").alias("withdrawn_by"),
    )


def _successors(frame: pl.DataFrame) -> pl.DataFrame:
    """`succeeded_on`, `_by`, `_number`: the originator's next statement of another number, of a later day."""
    told = (
        frame.select(
            "row", "stated_on", "number", "stance", "claim_id", chain=first_of("series", "originator")
        )
        .filter(pl.col("stated_on").is_not_null())
        .sort("chain", "stated_on", "number", "row")
        .with_columns(run_of("chain", "stated_on").alias("day"))
    )
    steps = (
        told.filter((pl.col("stance") == "asserted") & pl.col("number").is_not_null())
        .filter(pl.col("day").ne_missing(pl.col("day").shift(-1)))
        .filter(
            pl.any_horizontal(pl.col(name).ne_missing(pl.col(name).shift()) for name in ("chain", "number"))
        )
    )
    later = steps["day"].search_sorted(told["day"], side="right").alias("step")
    steps = (
        steps.select("chain", succeeded_on="stated_on", succeeded_by="claim_id", succeeded_number="number")
        .with_columns(pl.all().shift(-1).name.suffix("_next"))
        .with_row_index("step")
    )
    following = told.select("row", "number", later, of="chain").join(steps, on="step", how="left")
    own, own_next = (pl.col(name) == pl.col("of") for name in ("chain", "chain_next"))
    again = pl.col("succeeded_number") == pl.col("number")  # what came after counts
    found = following.select(
        "row",
        *(
            pl.when(own & ~again.fill_null(value=False))
            .then(name)
            .when(own & own_next)
            .then(f"{name}_next")
            .alias(name)
            for name in ("succeeded_on", "succeeded_by", "succeeded_number")
        ),
    )
    return frame.join(found, on="row", how="left", maintain_order="left")
