"""Copies: articles of one event whose texts are largely the same.

Texts are compared as sets of runs of five words (shingles.py). Pairs that may be copies come from MinHash
signatures and shared sentences (candidates.py); each is then compared exactly. Two are copies if a third of
the shorter text's runs stand in the other (containment; Broder, "On the resemblance and containment of
documents", 1997), so that a trimmed copy is found as well as a whole one. Of a text that was worked over less
is enough, if passages that both have stand all along it: a quotation or background that two articles share
stands in one place.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import polars as pl

from pipeline.ingest.candidates import candidates
from pipeline.ingest.passages import characters, passages, portions
from pipeline.ingest.quoted import quoted
from pipeline.ingest.shingles import shingles
from pipeline.schema import COPIES

# Measured (benchmarks/copies.py): articles that share a paragraph of background share a quarter, rarely more.
SHARE: Final = 1 / 3
# With three words in ten replaced a fifth of the runs is left, and some in nearly every tenth of the text.
WORKED_SHARE: Final = 0.12
WORKED_SPREAD: Final = 6
LEAST_RUNS: Final = 10


def copies(articles: pl.DataFrame, furniture: pl.DataFrame) -> pl.DataFrame:
    """The table `copies`: a row for every article that has a copy.

    Neither page furniture nor a long quotation, which is a source's, counts as its text.
    """
    written = articles.filter(pl.col("kind") != "coded").sort(
        "published_at", "raw_path", "article_id", nulls_last=True
    )
    written = written.with_row_index("rank").select("event_id", "article_id", "rank", "text")
    holes = pl.concat([furniture.select("article_id", "start", "end"), quoted(written)])
    runs = shingles(written, holes)
    pairs = _copied(_contained(candidates(written, holes, runs), runs), runs)
    turned = pairs.rename({"first": "rank", "rank": "first"}).select(pairs.columns)
    twins = (
        pl.concat([pairs, turned])
        .sort("share", "runs", "first", descending=[True, True, False])
        .unique("rank", keep="first", maintain_order=True)
    )
    shown = passages(twins.select("rank", "first"), runs)
    name = written.select("rank", "event_id", "article_id")
    rows = (
        twins.join(characters(shown, written, holes), on=["rank", "first"])
        .join(_groups(pairs.select("rank", "first").iter_rows()), on="rank")
        .join(name, on="rank")
        .join(name.select(first="rank", twin="article_id"), on="first")
        .join(name.select(group="rank", copy_group="article_id"), on="group")
    )
    return rows.select(COPIES.names).cast(pl.Schema(COPIES.polars_schema)).sort(COPIES.key)


def _contained(pairs: pl.DataFrame, runs: pl.DataFrame) -> pl.DataFrame:
    """`rank`, `first`, how many `runs` stand in both, and the `share` of the shorter text that is."""
    other = runs.select(first="rank", other="runs")
    both = pl.col("runs").list.set_intersection("other").list.len().cast(pl.Int64)
    size = pl.min_horizontal(pl.col("runs").list.n_unique(), pl.col("other").list.n_unique())
    empty = pairs.clear().join(runs, on="rank").join(other, on="first")
    sets = (part.join(runs, on="rank").join(other, on="first") for part in portions(pairs, runs))
    return pl.concat([part.select("rank", "first", runs=both, share=both / size) for part in (empty, *sets)])


def _copied(pairs: pl.DataFrame, runs: pl.DataFrame) -> pl.DataFrame:
    """Those of the pairs that are copies."""
    likely = pairs.filter((pl.col("runs") >= LEAST_RUNS) & (pl.col("share") >= WORKED_SHARE))
    whole, part = likely.filter(pl.col("share") >= SHARE), likely.filter(pl.col("share") < SHARE)
    worked = passages(part.select("rank", "first"), runs).filter(pl.col("spread") >= WORKED_SPREAD)
    return pl.concat([whole, part.join(worked, on=["rank", "first"], how="semi")])


def _groups(pairs: Iterable[tuple[int, int]]) -> pl.DataFrame:
    """`rank` and `group`, the first to print of all that pairs connect."""
    group: dict[int, int] = {}

    def origin(rank: int) -> int:
        while (before := group.setdefault(rank, rank)) != rank:
            group[rank] = group[before]
            rank = before
        return rank

    for pair in pairs:
        later, earlier = sorted(map(origin, pair), reverse=True)
        group[later] = earlier
    found = {rank: origin(rank) for rank in group}
    return pl.DataFrame(
        [pl.Series("rank", list(found), pl.UInt32), pl.Series("group", list(found.values()), pl.UInt32)]
    )
