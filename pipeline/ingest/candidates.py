"""Candidates: pairs of texts that may be copies, found without comparing each text with each.

Two texts that share runs have equal numbers in equal slots of their MinHash signatures: in about as large a
part of the slots as of all their runs stand in both (Broder, "On the resemblance and containment of
documents", 1997). A short text cut from a long one shares too small a part of them; the two have whole
sentences in common instead.

What many texts have in common makes no pair of each two of them, which for n texts would be n²: each is
paired with the first of them and with the few just before it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import polars as pl
from rensa import RMinHash

from pipeline.ingest.shingles import batches, parts, stretches

SLOTS: Final = 128
# Texts that have nothing to do with one another agree in a slot or two, by stock phrases.
LEAST_SLOTS: Final = 4
# Shorter ones ("The ministry gave no details.") come about by themselves.
SENTENCE_WORDS: Final = 8
LEAST_WORDS: Final = 24
_SEED: Final = 1
_BEFORE: Final = 3
_AT_A_TIME: Final = 1_000_000  # runs


def candidates(texts: pl.DataFrame, holes: pl.DataFrame, runs: pl.DataFrame) -> pl.DataFrame:
    """`rank` and `first`, which is the smaller: each pair once, in order. `runs` as `shingles` gives them."""
    pairs = pl.concat([resembling(runs), _sharing_sentences(texts, holes)])
    return pairs.unique().sort("rank", "first")


def resembling(runs: pl.DataFrame) -> pl.DataFrame:
    """`rank` and `first`: pairs that agree in LEAST_SLOTS of the SLOTS of their signatures."""
    signatures = pl.concat(list(_signatures(runs)))
    pair = pl.col("first").cast(pl.UInt64) * 2**32 + pl.col("rank")
    met = [_met(signatures.select("rank", key=slot)).select(pair) for slot in signatures.columns[1:]]
    # Eight bytes for each pair and slot; to group by the two columns takes five times that.
    often = pl.concat(met).to_series().sort()
    often = often.filter(often == often.shift(LEAST_SLOTS - 1)).unique()
    return often.to_frame("pair").select(
        (pl.col("pair") % 2**32).cast(pl.UInt32).alias("rank"),
        (pl.col("pair") // 2**32).cast(pl.UInt32).alias("first"),
    )


def _signatures(runs: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """`rank` and SLOTS columns of numbers."""
    slots = {str(slot): pl.UInt32 for slot in range(SLOTS)}
    yield pl.DataFrame(schema={"rank": runs.schema["rank"], **slots})
    for part in parts(runs, pl.col("runs").list.len(), _AT_A_TIME):
        matrix = RMinHash.digest_matrix_from_token_hash_sets(part["runs"].to_list(), SLOTS, _SEED)
        rows = pl.DataFrame(matrix.to_rows(), schema=slots, orient="row")
        yield pl.concat([part.select("rank"), rows], how="horizontal")


def _sharing_sentences(texts: pl.DataFrame, holes: pl.DataFrame) -> pl.DataFrame:
    empty = pl.DataFrame(schema={"rank": texts.schema["rank"], "key": pl.UInt64, "words": pl.UInt32})
    kept = (_sentences(stretches(batch, holes)) for batch in batches(texts))
    met = _met(pl.concat([empty, *kept]).unique())
    shared = met.group_by("rank", "first").agg(pl.col("words").sum())
    return shared.filter(pl.col("words") >= LEAST_WORDS).drop("words")


def _sentences(stretch: pl.DataFrame) -> pl.DataFrame:
    """`rank`, `key`, the same for sentences of the same words, and how many `words`."""
    sentence = pl.col("text").str.to_lowercase().str.extract_all(r"[^.!?…。！？\n]+").alias("sentence")
    plain = pl.col("sentence").str.replace_all(r"\W+", " ").str.strip_chars()
    counted = stretch.select("rank", sentence).explode("sentence").drop_nulls().with_columns(plain)
    counted = counted.with_columns(words=pl.col("sentence").str.count_matches(" ", literal=True) + 1)
    long = counted.filter(pl.col("words") >= SENTENCE_WORDS)
    return long.select("rank", pl.col("sentence").hash().alias("key"), "words")


def _met(kept: pl.DataFrame) -> pl.DataFrame:
    """Pairs of `rank` and `first` with one `key`, and the other columns; not each two of many, see above."""
    ordered = kept.sort("key", "rank").with_row_index("row")
    opens = (pl.col("key") != pl.col("key").shift()).fill_null(value=True)
    ordered = ordered.with_columns(
        first=pl.when(opens).then("rank").forward_fill(),
        place=pl.col("row") - pl.when(opens).then("row").forward_fill(),
    )
    pairs = [ordered.filter(pl.col("place") > _BEFORE)]
    for step in range(1, _BEFORE + 1):
        before = ordered.with_columns(first=pl.col("rank").shift(step))
        pairs.append(before.filter(pl.col("place") >= step))
    return pl.concat(pairs).drop("key", "row", "place")
