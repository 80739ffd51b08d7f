"""Shingles: the runs of five words of a text, each as a number.

A word's number is a BLAKE2 hash of its lower-case letters and a run's is a sum of its words' numbers, each
times an odd constant of its own, modulo 2⁶⁴: the same on every machine and with every version of polars,
whose own hashes are not. Two different runs get one number with a chance of about 2⁻⁶⁴.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b
from typing import Final

import polars as pl

RUN_WORDS: Final = 5
# Odd, with bits in every place: the multiplier of PCG64 and its powers (O'Neill, 2014).
_TIMES: Final = tuple(pow(6364136223846793005, power, 2**64) for power in range(1, RUN_WORDS + 1))
# Bytes of text that are cut into words at a time: each takes some sixty of memory.
_BATCH: Final = 2_000_000


def shingles(texts: pl.DataFrame, holes: pl.DataFrame) -> pl.DataFrame:
    """`rank` and `runs`, all runs of a text in order of place.

    `texts` has `rank`, `article_id` and `text`; `holes` has `article_id`, `start` and `end` of what counts as
    no text. A text that has no five words has no row.
    """
    empty = pl.DataFrame(schema={"rank": texts.schema["rank"], "runs": pl.List(pl.UInt64)})
    return pl.concat([empty, *(_runs(stretches(batch, holes)) for batch in batches(texts))])


def places(texts: pl.DataFrame, holes: pl.DataFrame) -> pl.DataFrame:
    """`rank`, `start` and `end`: the characters of every word that `shingles` reads, in order."""
    stretch = stretches(texts, holes).with_row_index("stretch")
    piece = stretch.with_columns(pl.col("text").str.extract_all(r"\w+|\W+").alias("piece")).explode("piece")
    length = pl.col("piece").str.len_chars().cast(pl.Int64)
    end = pl.col("from") + length.cum_sum().over("stretch")
    placed = piece.with_columns(end=end, start=end - length)
    return placed.filter(pl.col("piece").str.contains(r"^\w")).select("rank", "start", "end")


def batches(texts: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """The rows in order, in parts of about as much text as is read at a time."""
    return parts(texts, pl.col("text").str.len_bytes(), _BATCH)


def parts(frame: pl.DataFrame, cost: pl.Expr, most: int) -> Iterator[pl.DataFrame]:
    """The rows in order, in parts in which `cost` adds up to about `most`; no row is divided."""
    number = (cost.cast(pl.Int64).cum_sum() // most).alias("part")
    yield from frame.with_columns(number).partition_by("part", maintain_order=True, include_key=False)


def stretches(texts: pl.DataFrame, holes: pl.DataFrame) -> pl.DataFrame:
    """`rank`, `from` and `text`: the stretches of each text that lie between its holes, in order."""
    hole = holes.join(texts, on="article_id").select("rank", "start", "end")
    length = pl.col("text").str.len_chars().cast(pl.Int64)
    ends = texts.select("rank", start=length, end=pl.lit(None, pl.Int64))
    kept = pl.concat([hole, ends]).sort("rank", "start")
    # A hole may lie in another.
    begin = pl.col("end").shift().cum_max().over("rank").fill_null(0).alias("from")
    kept = kept.with_columns(begin).filter(pl.col("start") > pl.col("from"))
    stretch = pl.col("text").str.slice(pl.col("from"), pl.col("start") - pl.col("from"))
    return kept.join(texts, on="rank", maintain_order="left").select("rank", "from", stretch.alias("text"))


def _runs(stretches: pl.DataFrame) -> pl.DataFrame:
    word = pl.col("text").str.to_lowercase().str.extract_all(r"\w+").alias("word")
    words = stretches.select("rank", word).explode("word").drop_nulls()
    numbered = words.join(_numbers(words["word"]), on="word", maintain_order="left")
    steps = [pl.col("number").shift(-step) * pl.lit(by, pl.UInt64) for step, by in enumerate(_TIMES)]
    run = pl.sum_horizontal(steps, ignore_nulls=False).alias("runs")
    whole = pl.col("rank").shift(1 - RUN_WORDS) == pl.col("rank")
    runs = numbered.select("rank", run, whole=whole).filter("whole")
    return runs.group_by("rank", maintain_order=True).agg("runs")


def _numbers(vocabulary: pl.Series) -> pl.DataFrame:
    known = vocabulary.unique()
    number = [int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "big") for word in known]
    return pl.DataFrame([known, pl.Series("number", number, pl.UInt64)])
