"""Estimates: what each named codebook would code for a series from the same evidence. None of them is ours.

A report is the first standing claim of an evidence group or, for codebooks that count reports, of an
article. Figures of a running total are rivals only if they are of about the same time, so a codebook sees the
reports of the last RECENT_DAYS of such a series; the trace says which days those are, and every claim passed
over is listed with the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Final

import polars as pl

from pipeline.compare.codebooks import acled, airwars, ccc, gtd, ibc, latest_standing, maverick, ucdp
from pipeline.compare.codebooks.book import Codebook, Rule, codebooks, coded
from pipeline.compare.contested import RECENT_DAYS, contested
from pipeline.compare.ledger import as_known
from pipeline.events import Actor
from pipeline.schema import ESTIMATES
from pipeline.table import TEXT

ANY_SIDE: Final = "any"
RULES: Final[Mapping[str, Callable[[Codebook], Rule]]] = {
    "acled": acled.rule,
    "airwars": airwars.rule,
    "ccc": ccc.rule,
    "gtd": gtd.rule,
    "ibc": ibc.rule,
    "latest_standing": latest_standing.rule,
    "maverick_conservative": maverick.conservative,
    "maverick_informative": maverick.informative,
    "maverick_representative": maverick.representative,
    "ucdp": ucdp.rule,
}
_CODED_SCOPES: Final = ("cumulative", "incident")
_UNITS: Final = {"statement": "group_id", "report": "article_id"}
# What codebooks and what is before them read of a statement and its claim.
_READ: Final = (
    "event_id", "series_id", "scope", "metric", "population", "claim_id", "group_id", "article_id",
    "actor_id", "stated_on", "published_on", "stood_until", "status", "value", "low", "high", "vague_word",
)  # fmt: skip
# Why a claim is passed over before any rule looks at it.
_WHY: Final = {
    "withdrawn": "withdrawn",
    "superseded": "replaced by its source",
    "not stated as fact": "not stated as fact",
}


def estimates(
    claims: pl.DataFrame,
    series: pl.DataFrame,
    statements: pl.DataFrame,
    actors: Sequence[Actor],
    on: date | None = None,
) -> pl.DataFrame:
    """The table `estimates`: series of totals × codebooks on the last day of the evidence, and for a running
    total also on the day on which it was most contested; or on the day `on` alone.
    """
    figures = claims.select("claim_id", "article_id", "actor_id", "value", "low", "high", "vague_word")
    questions = series.filter(pl.col("scope").is_in(_CODED_SCOPES)).select(
        "series_id", "metric", "population", "scope"
    )
    rows = statements.filter(pl.col("stated_on").is_not_null()).join(questions, on="series_id")
    rows = rows.join(figures, on="claim_id").select(_READ).sort("claim_id").with_row_index("row")
    if on is None:
        last = rows.with_columns(pl.col("stated_on").max().alias("as_of"))
        days = contested(rows.filter(pl.col("scope") == "cumulative"))
        rows = pl.concat([last, as_known(rows.join(days, on="series_id"), pl.col("as_of"))])
    else:
        rows = as_known(rows.with_columns(pl.lit(on).alias("as_of")), pl.col("as_of"))
    rows = _judged(rows, {actor.actor_id: actor.side for actor in actors})
    tables = [_coded(rows, book) for book in codebooks()] if rows.height else []
    if not tables:
        return ESTIMATES.frame()
    return pl.concat(tables).select(ESTIMATES.names).sort(ESTIMATES.key)


def _judged(rows: pl.DataFrame, sides: Mapping[str, str]) -> pl.DataFrame:
    """`side` of the source, and `passed`: why no rule sees the claim; null if a rule may. The rows of a
    series and day have one number `asked`.
    """
    standing = pl.col("status") == "standing"
    last = pl.col("stated_on").filter(standing).max().over("asked")
    running = pl.col("scope") == "cumulative"
    old = running & (pl.col("stated_on") <= last - pl.duration(days=RECENT_DAYS))
    ordered = rows.sort("series_id", "as_of", "stated_on", "row").with_columns(
        pl.struct("series_id", "as_of").rle_id().alias("asked")
    )
    return ordered.with_columns(
        pl.col("actor_id").replace_strict(dict(sides), default=None, return_dtype=TEXT).alias("side"),
        pl.when(~standing)
        .then(pl.col("status").replace_strict(_WHY, default=None, return_dtype=TEXT))
        .when(old)
        .then(pl.lit(f"more than {RECENT_DAYS} days older than the last"))
        .alias("passed"),
    )


def _coded(rows: pl.DataFrame, codebook: Codebook) -> pl.DataFrame:
    """What one codebook would code for each series on which it has a number."""
    if codebook.unit == "report":  # a report of an incident counts, whatever its source said later
        replaced = (pl.col("scope") == "incident") & (pl.col("status") == "superseded")
        rows = rows.with_columns(pl.when(~replaced).then("passed").alias("passed"))
    for column, wanted in (("metric", codebook.metrics), ("population", codebook.populations)):
        rows = rows.filter(pl.col(column).is_in(wanted)) if wanted else rows
    side = pl.col("side").fill_null(ANY_SIDE) if codebook.by_side else pl.lit(ANY_SIDE)
    rows = rows.with_columns(side.alias("of_side"))
    if codebook.by_side:
        rows = rows.filter(pl.col("side").is_not_null())
    question = ["asked", "of_side"]
    first = pl.col("row").first().over(*question, _UNITS[codebook.unit]) == pl.col("row")
    may = rows.filter(pl.col("passed").is_null()).with_columns(
        pl.when(~first)
        .then(pl.lit("repeats another report"))
        .when(coded(codebook).is_null())
        .then(pl.lit("no number under this codebook"))
        .alias("passed")
    )
    rule = RULES[codebook.rule](codebook)
    seen = may.filter(pl.col("passed").is_null()).with_columns(
        rule.uses.fill_null(value=False).over(question).alias("used")
    )
    figures = seen.group_by(question, maintain_order=True).agg(
        pl.col("event_id", "series_id", "as_of").first(),
        rule.low.first().alias("low"),
        rule.best.first().alias("best"),
        rule.high.first().alias("high"),
        rule.grade.first().alias("grade"),
        pl.col("claim_id").filter("used").sort().alias("claims_used"),
        pl.len().alias("reports"),
        pl.col("stated_on").min().alias("since"),
        pl.col("stated_on").max().alias("until"),
    )
    unused = seen.filter(~pl.col("used")).with_columns(
        pl.lit("not the figure the rule takes").alias("passed")
    )
    told = [*question, "row", "claim_id", "passed"]
    over = pl.concat(frame.select(told).drop_nulls("passed") for frame in (rows, may, unused))
    passed = (
        over.sort("row")
        .group_by(question)
        .agg(pl.format("{} {}", "claim_id", "passed").alias("claims_passed"), pl.len().alias("others"))
    )
    trace = pl.format(
        "{} {} reports from {} to {}, one {}; {} other claims passed over.",
        pl.lit(codebook.says),
        "reports",
        pl.col("since").cast(TEXT),
        pl.col("until").cast(TEXT),
        pl.lit("an article" if codebook.unit == "report" else "an independent statement"),
        pl.col("others").fill_null(0),
    )
    return figures.join(passed, on=question, how="left").select(
        "event_id",
        "series_id",
        "as_of",
        pl.lit(codebook.codebook_id).alias("codebook"),
        pl.col("of_side").alias("side"),
        "low",
        "best",
        "high",
        pl.col("grade").cast(TEXT),
        "claims_used",
        pl.col("claims_passed").fill_null(pl.lit([], dtype=pl.List(TEXT))),
        trace.alias("trace"),
    )
