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

from pipeline.compare.frames import dated
from pipeline.compare.wording import WINDOW_DAYS, other_words
from pipeline.events import TOLERANCE, Actor
from pipeline.schema import EVIDENCE
from pipeline.table import TEXT

_FIGURE: Final = ("metric", "number", "vague_word")
_WHAT: Final = (*_FIGURE, "population", "place", "incident")
_SHOWN: Final = 160  # characters of a passage that is shown as evidence
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
    frame = dated(claims, articles).join(_copied(copies, articles), on="article_id", how="left")
    frame = _sessions(frame.sort("claim_id").with_columns(told_by=pl.coalesce("attribution", "quote")))
    frame = frame.join(other_words(frame, tolerance), on="row", how="left").sort("claim_id")
    frame = _components(frame)
    frame = frame.with_columns(_originator(actors).alias("originator"))
    size = {link: pl.len().over(link) for link in _LINKS}
    link, text = pl.lit("own"), pl.lit(None, dtype=TEXT)
    for name, column in reversed(_LINKS.items()):
        linked = pl.col(name).is_not_null() & (size[name] > 1)
        link = pl.when(linked).then(pl.lit(name)).otherwise(link)
        text = pl.when(linked).then(pl.col(column)).otherwise(text)
    rows = frame.with_columns(link.alias("link"), text.alias("evidence_text"))
    return rows.select(EVIDENCE.names).sort(EVIDENCE.key)


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
    """One column a link: claims with the same number in it are linked; null where the link does not apply."""
    article = ("article_id", *_FIGURE)
    frame = frame.with_row_index("row")
    named, last = (pl.col("source").min().over(article), pl.col("source").max().over(article))
    one_source = named.eq_missing(last)
    frame = frame.with_columns(
        pl.when(one_source).then(pl.col("row").min().over(article)).alias("same article"),
        pl.when(pl.col("copy_group").is_not_null())
        .then(pl.col("row").min().over("copy_group", *_WHAT))
        .alias("near-duplicate text"),
    )
    for needed, link in (("wire", "same wire"), ("source", "same statement")):
        frame = frame.join(_within_window(frame, needed, link), on="row", how="left")
    return frame.sort("claim_id")


def _within_window(frame: pl.DataFrame, needed: str, link: str) -> pl.DataFrame:
    """Claims that agree in `needed` and in what they say, in runs in which no two neighbours are more than
    WINDOW_DAYS apart: `row`, and as `link` the first row of the run.
    """
    own = frame.filter(pl.col(needed).is_not_null()).with_columns(
        pl.col("row").min().over(needed, *_WHAT).alias("what")
    )
    ordered = own.select("row", "what", "stated_on").sort("what", "stated_on", "row")
    begins = (pl.col("what") != pl.col("what").shift()) | (
        pl.col("stated_on").diff().dt.total_days() > WINDOW_DAYS
    ).fill_null(value=False)
    return ordered.with_columns(begins.fill_null(value=True).cum_sum().alias("run")).select(
        "row", pl.col("row").min().over("run").alias(link)
    )


def _components(frame: pl.DataFrame) -> pl.DataFrame:
    """`group_id`: the smallest claim_id that the links reach, passed on until nothing changes."""
    frame = frame.with_columns(pl.col("claim_id").alias("group_id"))
    while True:
        passed = frame
        for link in _LINKS:
            smallest = pl.col("group_id").min().over(link)
            passed = passed.with_columns(
                pl.when(pl.col(link).is_null()).then(pl.col("group_id")).otherwise(smallest).alias("group_id")
            )
        if passed["group_id"].equals(frame["group_id"]):
            return frame
        frame = passed


def _originator(actors: Sequence[Actor]) -> pl.Expr:
    """The actor that most claims of the group name, else its words, else the wire, else who was first."""
    names = {actor.actor_id: actor.name for actor in reversed(actors)}
    actor = pl.col("actor_id").replace_strict(names, default=pl.col("actor_id"), return_dtype=TEXT)
    printed = pl.coalesce("outlet", "raw_path")
    return pl.coalesce(
        *(_most_common(column) for column in (actor, pl.col("attribution"), pl.col("wire"))),
        printed.sort_by("published_on", printed, nulls_last=True).first().over("group_id"),
    )


def _most_common(column: pl.Expr) -> pl.Expr:
    """The group's most frequent value; between equals the first in alphabetical order."""
    return column.drop_nulls().mode().min().over("group_id")
