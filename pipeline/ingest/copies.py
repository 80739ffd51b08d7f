"""Copies: articles of one event whose texts are largely the same.

Texts are compared as sets of runs of five words, and two are copies if enough of the shorter text's runs
stand in the other (containment; Broder, "On the resemblance and containment of documents", 1997). A trimmed
copy is so found as well as a whole one, and another order of paragraphs changes little.
"""

from __future__ import annotations

from typing import Final

import polars as pl

from pipeline.schema import COPIES

RUN_WORDS: Final = 5
# In the sample event, whose digests are rewordings, every pair that shares more than 0.13 of its runs has one
# origin by hand-made label; 0.3 leaves room for two articles that quote one long statement.
SHARE: Final = 0.3
LEAST_RUNS: Final = 10
# Candidates share this much with the first article to print a run; the exact comparison then decides.
_CANDIDATE_SHARE: Final = 0.1


def copies(articles: pl.DataFrame, furniture: pl.DataFrame) -> pl.DataFrame:
    """The table `copies`: a row for every article that has a copy. Page furniture is no text."""
    written = articles.filter(pl.col("kind") != "coded").sort(
        "published_at", "raw_path", "article_id", nulls_last=True
    )
    written = written.with_row_index("rank").select("event_id", "article_id", "rank", "text")
    runs = _runs(written, furniture)
    size = runs.group_by("rank").len("size")
    pairs = _contained(runs, _candidates(runs, size), size).filter(
        (pl.col("share") >= SHARE) & (pl.col("runs") >= LEAST_RUNS)
    )
    turned = pairs.rename({"first": "rank", "rank": "first"}).select(pairs.columns)
    twins = (
        pl.concat([pairs, turned])
        .sort("share", "runs", "first", descending=[True, True, False])
        .unique("rank", keep="first", maintain_order=True)
    )
    name = written.select("rank", "event_id", "article_id")
    rows = (
        twins.join(_groups(pairs), on="rank")
        .join(name, on="rank")
        .join(name.select(first="rank", twin="article_id"), on="first")
        .join(name.select(group="rank", copy_group="article_id"), on="group")
    )
    return rows.select(COPIES.names).cast(pl.Schema(COPIES.polars_schema)).sort(COPIES.key)


def _runs(written: pl.DataFrame, furniture: pl.DataFrame) -> pl.DataFrame:
    """`rank` and `run`, the hash of five words in a row: each run of a text once."""
    words = (
        _without(written, furniture)
        .select("rank", pl.col("text").str.to_lowercase().str.extract_all(r"\w+").alias("word"))
        .explode("word")
        .select("rank", pl.col("word").hash())
    )
    following = [pl.col("word").shift(-step).over("rank") for step in range(RUN_WORDS)]
    run = pl.struct(word.alias(str(step)) for step, word in enumerate(following)).hash().alias("run")
    whole = words.select("rank", run, last=following[-1]).drop_nulls("last")
    return whole.select("rank", "run").unique()


def _without(written: pl.DataFrame, furniture: pl.DataFrame) -> pl.DataFrame:
    """`rank` and `text`: the stretches of each text that lie between its furniture, in order."""
    holes = furniture.join(written, on="article_id").select("rank", "start", "end")
    length = pl.col("text").str.len_chars().cast(pl.Int64)
    ends = written.select("rank", start=length, end=pl.lit(None, pl.Int64))
    kept = pl.concat([holes, ends]).sort("rank", "start")
    kept = kept.with_columns(pl.col("end").shift().over("rank").fill_null(0).alias("from"))
    stretch = pl.col("text").str.slice(pl.col("from"), pl.col("start") - pl.col("from"))
    return kept.join(written, on="rank", maintain_order="left").select("rank", stretch.alias("text"))


def _candidates(runs: pl.DataFrame, size: pl.DataFrame) -> pl.DataFrame:
    """`rank` and `first`: pairs in which many runs of one were first printed by the other.

    Not all pairs that share a run: of n copies of one text that would be n² pairs, and here it is n.
    """
    origin = runs.group_by("run").agg(pl.col("rank").min().alias("first"))
    return (
        runs.join(origin, on="run")
        .filter(pl.col("first") < pl.col("rank"))
        .group_by("rank", "first")
        .len("runs")
        .pipe(_with_share, size)
        .filter(pl.col("share") >= _CANDIDATE_SHARE)
        .select("rank", "first")
    )


def _contained(runs: pl.DataFrame, pairs: pl.DataFrame, size: pl.DataFrame) -> pl.DataFrame:
    """`rank`, `first`, how many `runs` stand in both, and the `share` of the shorter text that is."""
    return (
        pairs.join(runs, on="rank")
        .join(runs.rename({"rank": "first"}), on=["first", "run"])
        .group_by("rank", "first")
        .len("runs")
        .pipe(_with_share, size)
    )


def _with_share(pairs: pl.DataFrame, size: pl.DataFrame) -> pl.DataFrame:
    sizes = pairs.join(size, on="rank").join(size.select(first="rank", other="size"), on="first")
    return sizes.select(
        "rank", "first", "runs", (pl.col("runs") / pl.min_horizontal("size", "other")).alias("share")
    )


def _groups(pairs: pl.DataFrame) -> pl.DataFrame:
    """`rank` and `group`, the first to print of all that pairs connect: passed on until nothing changes."""
    both = pl.concat([pairs.select("rank", other="first"), pairs.select(rank="first", other="rank")])
    group = both.select("rank", group="rank").unique().sort("rank")
    while True:
        heard = both.join(group.rename({"rank": "other"}), on="other").select("rank", "group")
        passed = pl.concat([group, heard]).group_by("rank").agg(pl.col("group").min()).sort("rank")
        if passed.equals(group):
            return group
        group = passed
