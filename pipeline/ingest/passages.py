"""Passages: words in a row that stand in two texts, the characters that show a copy."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import polars as pl

from pipeline.ingest.shingles import RUN_WORDS, batches, parts, places

# So many words in a row are seldom the same by chance; five are, in stock phrases.
PASSAGE_WORDS: Final = 7
_AT_A_TIME: Final = 1_000_000  # runs


def passages(pairs: pl.DataFrame, runs: pl.DataFrame) -> pl.DataFrame:
    """Of each pair of `rank` and `first` the longest passage: how many `words` it has and which word of each
    text it begins with, `word` and `first_word`; and as `spread` in how many tenths of the shorter text a
    passage of PASSAGE_WORDS words or more begins.

    Of words that the text of `first` repeats, only the first place counts: a text made to repeat itself
    costs no more than another.
    """
    shape = {"spread": pl.UInt32, "words": pl.Int64, "word": pl.Int64, "first_word": pl.Int64}
    empty = pl.DataFrame(schema={**pairs.schema, **shape})
    found = [_passages(_common(part, runs)).select(empty.columns) for part in portions(pairs, runs)]
    return pl.concat([empty, *found])


def portions(pairs: pl.DataFrame, runs: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """The pairs in order, in parts of about as many runs as are compared at a time."""
    size = runs.select("rank", size=pl.col("runs").list.len().cast(pl.Int64))
    sized = pairs.join(size, on="rank", maintain_order="left")
    sized = sized.join(size.rename({"rank": "first", "size": "other"}), on="first", maintain_order="left")
    for part in parts(sized, pl.col("size") + pl.col("other"), _AT_A_TIME):
        yield part.drop("size", "other")


def _common(pairs: pl.DataFrame, runs: pl.DataFrame) -> pl.DataFrame:
    """`rank`, `first`, and of each run in both texts the places `word` and `first_word`, in order of place;
    `tenth` is that of the shorter text.
    """
    length = pl.col("runs").list.len().cast(pl.Int64)
    numbered = pl.int_ranges(length)
    own = pairs.join(runs, on="rank").with_columns(word=numbered, length=length).explode("runs", "word")
    other = runs.join(pairs.select(rank="first").unique(), on="rank", how="semi")
    other = other.select("runs", first="rank", first_word=numbered, first_length=length)
    other = other.explode("runs", "first_word").unique(["first", "runs"], keep="first", maintain_order=True)
    own_tenth, other_tenth = (
        pl.col(word) * 10 // pl.col(size)
        for word, size in (("word", "length"), ("first_word", "first_length"))
    )
    shorter = pl.col("length") <= pl.col("first_length")
    tenth = pl.when(shorter).then(own_tenth).otherwise(other_tenth)
    common = own.join(other, on=["first", "runs"]).with_columns(tenth=tenth)
    return common.drop("runs", "length", "first_length").sort("rank", "first", "word")


def _passages(common: pl.DataFrame) -> pl.DataFrame:
    on = [pl.col(name) == pl.col(name).shift() for name in ("rank", "first")]
    on += [pl.col(name) == pl.col(name).shift() + 1 for name in ("word", "first_word")]
    begins = ~pl.all_horizontal(on).fill_null(value=False)
    found = (
        common.with_columns(passage=begins.cum_sum())
        .group_by("rank", "first", "passage")
        .agg(pl.col("word", "first_word", "tenth").min(), words=pl.len().cast(pl.Int64) + RUN_WORDS - 1)
        .sort("words", "word", descending=[True, False])
    )
    spread = pl.col("tenth").filter(pl.col("words") >= PASSAGE_WORDS).n_unique().cast(pl.UInt32)
    longest = [pl.col(name).first() for name in ("words", "word", "first_word")]
    return found.group_by("rank", "first").agg(spread.alias("spread"), *longest)


def characters(shown: pl.DataFrame, texts: pl.DataFrame, holes: pl.DataFrame) -> pl.DataFrame:
    """The rows of `passages` with the characters of the longest: `start` and `end` in the text of `rank`,
    `twin_start` and `twin_end` in that of `first`.
    """
    shown = shown.with_columns(
        last=pl.col("word") + pl.col("words") - 1, first_last=pl.col("first_word") + pl.col("words") - 1
    )
    own = shown.select("rank", "word", "last")
    twin = shown.select(rank="first", word="first_word", last="first_last")
    wanted = pl.concat([own, twin]).unique()
    placed = [wanted.with_columns(start=pl.lit(None, pl.Int64), end=pl.lit(None, pl.Int64)).clear()]
    for batch in batches(texts.join(wanted, on="rank", how="semi", maintain_order="left")):
        place = places(batch, holes).with_columns(at=pl.int_range(pl.len()).over("rank"))
        begin = place.select("rank", "start", word="at")
        finish = place.select("rank", "end", last="at")
        both = wanted.join(begin, on=["rank", "word"]).join(finish, on=["rank", "last"])
        placed.append(both.select(placed[0].columns))
    found = pl.concat(placed)
    named = found.select(
        first="rank", first_word="word", first_last="last", twin_start="start", twin_end="end"
    )
    return shown.join(found, on=["rank", "word", "last"]).join(
        named, on=["first", "first_word", "first_last"]
    )
