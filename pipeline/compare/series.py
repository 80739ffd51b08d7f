"""Series: claims that answer the same question, what became of each, and how they stand to one another.

A question is a metric, whose, where and of which scope. A part that is named by its people or its place
("103 of them in Almaty") answers the same question as a total for those people or that place; only a part of
neither stays a subset.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Final

import polars as pl

from pipeline.compare import intervals
from pipeline.compare.codebooks import maverick
from pipeline.compare.frames import dated
from pipeline.events import Event
from pipeline.schema import PAIRS, SERIES, STATEMENTS
from pipeline.table import TEXT

WITHDRAWAL_DAYS: Final = 60  # a withdrawn figure and its repetitions lie at most so many days apart
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
    frame = _questions(dated(claims, articles), event).join(groups, on="claim_id").sort("claim_id")
    frame = _ended(frame)
    question = ("series_id", "event_id", "metric", "population", "place", "scope", "incident")
    table = (
        frame.group_by(question)
        .agg(
            pl.len().cast(pl.Int64).alias("claims"),
            pl.col("group_id").n_unique().cast(pl.Int64).alias("groups"),
        )
        .join(_spread(frame), on="series_id", how="left")
    )
    return Timeline(
        table.select(SERIES.names).sort(SERIES.key),
        frame.select(STATEMENTS.names).sort(STATEMENTS.key),
        _pairs(frame),
    )


def _spread(frame: pl.DataFrame) -> pl.DataFrame:
    """How far the reports of a series disagree: the first figure of each article counts."""
    reports = (
        frame.filter(pl.col("stance") == "asserted")
        .sort("claim_id")
        .group_by("series_id", "article_id", maintain_order=True)
        .agg(pl.col("number").first())
    )
    return reports.group_by("series_id").agg(
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
    incident = pl.col("incident")
    question = pl.when(incident.is_null()).then(question).otherwise(pl.format("{}|{}", question, incident))
    return frame.with_columns(_hashed(question.alias("series_id"), frame))


def _hashed(question: pl.Expr, frame: pl.DataFrame) -> pl.Series:
    """Each question as "s" and twelve digits of its hash: stable over runs, machines and versions."""
    questions = frame.select(question).to_series()
    ids = {one: "s" + hashlib.sha256(one.encode()).hexdigest()[:12] for one in questions.unique()}
    return questions.replace_strict(ids, return_dtype=TEXT)


def _ended(frame: pl.DataFrame) -> pl.DataFrame:
    """`status`, `stood_until`, `ended_by`: withdrawn before superseded, superseded before standing."""
    frame = _withdrawals(_successors(frame))
    not_fact = pl.col("stance").is_in(_NOT_FACT)
    withdrawn = pl.col("withdrawn_on").is_not_null()
    superseded = pl.col("succeeded_on").is_not_null() | (pl.col("stance") == "superseded")
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
    )


def _withdrawals(frame: pl.DataFrame) -> pl.DataFrame:
    """`withdrawn_on`, `withdrawn_by`: the first report that the same figure of the series was withdrawn."""
    key = ["series_id", "number"]
    reports = (
        frame.filter((pl.col("stance") == "retracted") & pl.col("number").is_not_null())
        .sort("published_on", "claim_id", nulls_last=True)
        .group_by(key, maintain_order=True)
        .agg(
            pl.col("published_on").first().alias("withdrawn_on"),
            pl.col("claim_id").first().alias("withdrawn_by"),
        )
    )
    frame = frame.join(reports, on=key, how="left")
    far = (pl.col("stated_on") - pl.col("withdrawn_on")).dt.total_days().abs() > WITHDRAWAL_DAYS
    same = ~far.fill_null(value=False)
    return frame.with_columns(
        pl.when(same).then("withdrawn_on").alias("withdrawn_on"),
        pl.when(same).then("withdrawn_by").alias("withdrawn_by"),
    )


def _successors(frame: pl.DataFrame) -> pl.DataFrame:
    """`succeeded_on`, `succeeded_by`: the originator's next statement of another number, on a later day."""
    asserted = frame.filter(
        (pl.col("stance") == "asserted") & pl.col("number").is_not_null() & pl.col("stated_on").is_not_null()
    )
    steps = (
        asserted.group_by("series_id", "originator", "stated_on")
        .agg(
            pl.col("number").max(),
            pl.col("claim_id").sort_by("number", "claim_id").last().alias("succeeded_by"),
        )
        .sort("series_id", "originator", "stated_on")
        .filter(pl.col("number").ne_missing(pl.col("number").shift().over("series_id", "originator")))
        .select(
            "series_id", "originator", pl.col("stated_on").alias("succeeded_on"), "succeeded_by", "number"
        )
    )
    pairs = frame.select(
        "claim_id", "series_id", "originator", "stated_on", pl.col("number").alias("own")
    ).join(steps, on=["series_id", "originator"])
    first = (
        pairs.filter((pl.col("succeeded_on") > pl.col("stated_on")) & (pl.col("number") != pl.col("own")))
        .sort("succeeded_on", "succeeded_by")
        .group_by("claim_id", maintain_order=True)
        .agg(pl.col("succeeded_on").first(), pl.col("succeeded_by").first())
    )
    return frame.join(first, on="claim_id", how="left").sort("claim_id")


def _pairs(frame: pl.DataFrame) -> pl.DataFrame:
    """The table `pairs`: the first asserted claim of each group against that of every other of its series."""
    columns = ("claim_id", "group_id", "stated_on", "modifier", "low", "high")
    firsts = (
        frame.filter(pl.col("stance") == "asserted")
        .sort("stated_on", "claim_id", nulls_last=True)
        .group_by("event_id", "series_id", "group_id", maintain_order=True)
        .agg(pl.col("claim_id", "stated_on", "modifier", "low", "high").first())
    )
    left = firsts.rename({name: f"{name}_a" for name in columns})
    right = firsts.drop("event_id").rename({name: f"{name}_b" for name in columns})
    both = left.join(right, on="series_id").filter(pl.col("group_id_a") < pl.col("group_id_b"))
    other_day = pl.col("stated_on_a").ne_missing(pl.col("stated_on_b"))
    vague = (pl.col("modifier_a") == "vague") | (pl.col("modifier_b") == "vague")
    about = (pl.col("modifier_a") == "about") | (pl.col("modifier_b") == "about")
    readings = (
        (other_day, "different question", "they were stated for different days"),
        (vague, "compatible", "a word without a number contradicts nothing"),
        (about, "compatible", "'about' states no width"),
        (intervals.contradicts("_a", "_b"), "conflict", "same day, and no number fits both"),
    )
    relation, reason = pl.lit("compatible"), pl.lit("same day, and a number fits both")
    for condition, name, why in reversed(readings):
        relation = pl.when(condition).then(pl.lit(name)).otherwise(relation)
        reason = pl.when(condition).then(pl.lit(why)).otherwise(reason)
    return (
        both.with_columns(relation.alias("relation"), reason.alias("reason"))
        .rename({"claim_id_a": "claim_a", "claim_id_b": "claim_b"})
        .select(PAIRS.names)
        .sort(PAIRS.key)
    )
