"""Evidence groups: claims that go back to one statement are one piece of evidence.

Five links join claims of one metric:

- same article: headline and body, where the article names one source at most for the number;
- same wire: copy of one agency, for the same people and place, at most two days apart;
- same statement: one source's figure for the same people and place, at most two days apart;
- near-duplicate text: the same people and place in articles that are copies of one another;
- other words: one gives the figure exactly, the other "nearly", "more than" or "hundreds" (wording.py).

All but the last join one number.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import polars as pl

from pipeline.compare.frames import dated, first_of
from pipeline.compare.wording import WINDOW_DAYS, other_words
from pipeline.events import TOLERANCE, Actor
from pipeline.schema import EVIDENCE
from pipeline.table import TEXT

_SHOWN: Final = 160  # characters of a passage that is shown as evidence
_READ: Final = (
    "claim_id", "event_id", "article_id", "quote", "metric", "value", "low", "high", "modifier", "vague_word",
    "population", "place_text", "place_id", "said_on", "scope", "incident", "attribution", "actor_id",
)  # fmt: skip
# The strongest link a claim has names it.
_LINKS: Final = {
    "same statement": "attribution",
    "same wire": "wire_evidence",
    "near-duplicate text": "copy_evidence",
    "same article": "quote",
    "other words": "told_by",
}


def evidence(
    claims: pl.DataFrame,
    articles: pl.DataFrame,
    copies: pl.DataFrame,
    actors: Sequence[Actor],
    tolerance: float = TOLERANCE,
) -> pl.DataFrame:
    """The table `evidence`: a row a claim. The order of the input changes nothing.

    `tolerance`: how far, as a share of the exact number, a figure in other words may lie from it.
    """
    frame = dated(claims.select(_READ).sort("claim_id"), articles).with_row_index("row")
    copied = _copied(copies, articles)
    frame = frame.join(copied, on="article_id", how="left", maintain_order="left")
    frame = _sessions(frame.with_columns(told_by=pl.coalesce("attribution", "quote")))
    frame = frame.join(other_words(frame, tolerance), on="row", how="left", maintain_order="left")
    # A link that only one claim has links nothing.
    frame = frame.with_columns(
        pl.when(pl.col(link).is_duplicated()).then(link).alias(link) for link in _LINKS
    )
    frame = _originated(_components(frame), actors)
    link, text = pl.lit("own"), pl.lit(None, dtype=TEXT)
    for name, column in reversed(_LINKS.items()):
        linked = pl.col(name).is_not_null()
        link = pl.when(linked).then(pl.lit(name)).otherwise(link)
        text = pl.when(linked).then(pl.col(column)).otherwise(text)
    named = {"group_id": pl.col("claim_id").gather("group"), "link": link, "evidence_text": text}
    rows = frame.with_columns(**named).select("group", *EVIDENCE.names)
    return rows.sort("group", maintain_order=True).drop("group")


def _copied(copies: pl.DataFrame, articles: pl.DataFrame) -> pl.DataFrame:
    """`article_id`, its `copy_group`, and as `copy_evidence` how much of which text it shares, with words."""
    own, twin = articles.select("article_id", "text"), articles.select("raw_path", twin="article_id")
    percent = (pl.col("share") * 100).round().cast(pl.Int64)
    length = pl.min_horizontal(pl.col("end") - pl.col("start"), _SHOWN)
    passage = pl.col("text").str.slice(pl.col("start"), length).str.replace_all(r"\s+", " ")
    shared = pl.format(
        '{} five-word runs, {} % of the shorter text, stand also in {}; the longest passage begins: "{}"',
        "runs",
        percent,
        "raw_path",
        passage,
    )
    named = copies.join(own, on="article_id").join(twin, on="twin")
    return named.select("article_id", "copy_group", shared.alias("copy_evidence"))


def _sessions(frame: pl.DataFrame) -> pl.DataFrame:
    """One column a link: claims with the same number in it are linked; null where the link does not apply.

    `frame` is in the order of `claim_id` and numbered by `row`; so is what comes back.
    """
    frame = frame.with_columns(first_of("metric", "number", "vague_word").alias("figure"))
    frame = frame.with_columns(
        first_of("article_id", "figure").alias("told"),
        first_of("figure", "population", "place", "incident").alias("what"),
        pl.when(pl.col("source").is_not_null()).then(first_of("source")).alias("speaker"),
    )
    one_source = pl.col("speaker").min().over("told").eq_missing(pl.col("speaker").max().over("told"))
    frame = frame.with_columns(
        pl.when(one_source).then("told").alias("same article"),
        pl.when(pl.col("copy_group").is_not_null())
        .then(first_of("copy_group", "what"))
        .alias("near-duplicate text"),
    )
    for needed, link in (("wire", "same wire"), ("source", "same statement")):
        linked = _within_window(frame, needed, link)
        frame = frame.join(linked, on="row", how="left", maintain_order="left")
    return frame


def _within_window(frame: pl.DataFrame, needed: str, link: str) -> pl.DataFrame:
    """Claims that agree in `needed` and in what they say, in runs in which no two neighbours are more than
    WINDOW_DAYS apart: `row`, and as `link` the first row of the run.
    """
    own = frame.select("row", needed, "what", "stated_on").filter(pl.col(needed).is_not_null())
    own = own.select("row", first_of(needed, "what").alias("what"), "stated_on")
    ordered = own.sort("what", "stated_on")
    begins = (pl.col("what") != pl.col("what").shift()) | (
        pl.col("stated_on").diff().dt.total_days() > WINDOW_DAYS
    ).fill_null(value=False)
    return ordered.with_columns(begins.fill_null(value=True).cum_sum().alias("run")).select(
        "row", pl.col("row").min().over("run").alias(link)
    )


def _components(frame: pl.DataFrame) -> pl.DataFrame:
    """`group`: the first row that the links reach, passed on until nothing changes."""
    linked = pl.any_horizontal(pl.col(link).is_not_null() for link in _LINKS)
    chained = frame.select("row", *_LINKS, group="row").filter(linked)
    while True:
        passed = chained
        for link in _LINKS:
            first = pl.col("group").min().over(link)
            passed = passed.with_columns(group=pl.when(pl.col(link).is_null()).then("group").otherwise(first))
        if passed["group"].equals(chained["group"]):
            break
        chained = passed
    found = frame.join(chained.select("row", "group"), on="row", how="left", maintain_order="left")
    return found.with_columns(pl.coalesce("group", "row").alias("group"))


def _originated(frame: pl.DataFrame, actors: Sequence[Actor]) -> pl.DataFrame:
    """`originator`: the actor that most claims of the group name, else its words, else the wire, else who was
    first.
    """
    names = {actor.actor_id: actor.name for actor in reversed(actors)}
    named = pl.col("actor_id").replace_strict(names, default=pl.col("actor_id"), return_dtype=TEXT)
    frame = frame.with_columns(named.alias("named"), pl.coalesce("outlet", "raw_path").alias("printed"))
    by = ("named", "attribution", "wire")
    several = frame.select("group", "published_on", "printed", *by).filter(pl.col("group").is_duplicated())
    first = several.sort("published_on", "printed", nulls_last=True).unique(
        "group", keep="first", maintain_order=True
    )
    group = first.select("group", "printed")
    for column in by:
        group = group.join(_most_common(several, column), on="group", how="left")
    found = group.select("group", pl.coalesce(*by, "printed").alias("originator"))
    joined = frame.join(found, on="group", how="left", maintain_order="left")
    return joined.with_columns(pl.coalesce("originator", *by, "printed").alias("originator"))


def _most_common(frame: pl.DataFrame, column: str) -> pl.DataFrame:
    """Each `group` with its most frequent value; between equals the first in alphabetical order."""
    counted = frame.drop_nulls(column).group_by("group", column).len()
    ordered = counted.sort("len", column, descending=[True, False])
    return ordered.unique("group", keep="first", maintain_order=True).select("group", column)
