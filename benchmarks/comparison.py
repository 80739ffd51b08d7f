"""Comparison at a hundred thousand, a million and ten million claims: seconds, memory, and how both grow.

Each size runs in a process of its own, so that its peak memory is its own. The claims are made up: sources
give rising totals of several metrics and places over a year, outlets repeat them, some are withdrawn.

    python benchmarks/comparison.py [SIZE ...]
"""

from __future__ import annotations

import json
import math
import resource
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import polars as pl

sys.path.insert(0, str(Path(__file__).parents[1]))

from pipeline.compare import estimates, evidence, series, troops
from pipeline.compare.findings import registry
from pipeline.events import Actor, Event
from pipeline.schema import ARTICLES, CLAIMS, COPIES

SIZES = (100_000, 1_000_000, 10_000_000)
PER_ARTICLE = 4
PER_SERIES = 250  # claims on one question: an archive has more questions, not longer ones
ACTORS = tuple(Actor(f"actor-{n}", f"Ministry {n}", "authorities", ()) for n in range(20))
EVENT = Event("bench", Path(), (), "Bench", place="Riverland", actors=ACTORS)


def tables(size: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    """`size` claims and the articles that print them; the same size gives the same rows."""
    index = pl.int_range(size, eager=True).alias("i")
    question = (pl.col("i") * 7919) % max(size // PER_SERIES, 1)
    day = (pl.col("i") // 7) % 365
    frame = index.to_frame().with_columns(
        question.alias("q"), day.alias("day"), (pl.col("i") // PER_ARTICLE).alias("a")
    )
    claims = {
        "claim_id": pl.format("c{}", pl.col("i").cast(pl.String).str.zfill(12)),
        "article_id": pl.format("a{}", pl.col("a").cast(pl.String).str.zfill(12)),
        "event_id": pl.lit("bench"),
        "start": pl.col("i") % 4000,
        "end": pl.col("i") % 4000 + 20,
        "quote": pl.lit("people were killed"),
        "metric": pl.when(pl.col("q") % 3 == 0).then(pl.lit("killed")).otherwise(pl.lit("injured")),
        "value": 10 + pl.col("day") * 2 + pl.col("i") % 3,
        "low": 10 + pl.col("day") * 2 + pl.col("i") % 3,
        "high": 10 + pl.col("day") * 2 + pl.col("i") % 3,
        "modifier": pl.lit("exact"),
        "population": pl.lit("all"),
        "place_text": pl.format("Place {}", pl.col("q")),
        "actor_id": pl.format("actor-{}", pl.col("i") % len(ACTORS)),
        "attribution": pl.lit("the ministry"),
        "scope": pl.lit("cumulative"),
        "stance": pl.when(pl.col("i") % 97 == 0).then(pl.lit("retracted")).otherwise(pl.lit("asserted")),
    }
    articles = {
        "article_id": pl.format("a{}", pl.col("a").cast(pl.String).str.zfill(12)),
        "event_id": pl.lit("bench"),
        "outlet": pl.format("Outlet {}", pl.col("a") % 50),
        "kind": pl.lit("article"),
        "raw_path": pl.format("articles/{}.md", pl.col("a")),
        "published_at": pl.lit(date(2022, 1, 1)).cast(pl.Datetime("us")) + pl.duration(days=pl.col("day")),
    }
    return _filled(frame, claims, CLAIMS), _filled(frame.unique("a", keep="first"), articles, ARTICLES)


def _filled(frame, columns, table):
    return frame.select(
        columns.get(column.name, pl.lit(None)).cast(column.dtype).alias(column.name)
        for column in table.columns
    )


def measure(size: int) -> dict[str, float]:
    """Seconds of each step on `size` claims, and the peak memory of the process in GiB."""
    claims, articles = tables(size)
    made = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    result: dict[str, float] = {"claims": size, "made": made / 2**20}
    start = time.perf_counter()
    groups = evidence.evidence(claims, articles, COPIES.frame(), ACTORS)
    result["evidence"] = time.perf_counter() - start
    start = time.perf_counter()
    timeline = series.series(claims, articles, groups, EVENT)
    result["series"] = time.perf_counter() - start
    start = time.perf_counter()
    coded = estimates.estimates(claims, timeline.series, timeline.statements, ACTORS)
    result["estimates"] = time.perf_counter() - start
    start = time.perf_counter()
    troops.troops(claims, articles)
    result["troops"] = time.perf_counter() - start
    start = time.perf_counter()
    names = {"claims": claims, "articles": articles, "evidence": groups, "series": timeline.series}
    names |= {"statements": timeline.statements, "pairs": timeline.pairs}
    result["found"] = registry.findings(names, EVENT, ACTORS).height
    result["findings"] = time.perf_counter() - start
    result |= {"series_rows": timeline.series.height, "pairs": timeline.pairs.height, "coded": coded.height}
    result["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    return result


def main() -> None:
    """Measure each size in a process of its own and print a table with the growth from one to the next."""
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(measure(int(sys.argv[2]))))
        return
    sizes = [int(one) for one in sys.argv[1:]] or list(SIZES)
    before: tuple[float, float] | None = None
    print("| claims | evidence | series | estimates | findings | all, s | growth | peak, GiB |")
    print("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for size in sizes:
        done = subprocess.run(
            [sys.executable, __file__, "--one", str(size)], capture_output=True, text=True, check=False
        )
        if done.returncode:
            print(f"| {size:,} | stopped: {done.stderr.strip().splitlines()[-1:] or done.returncode} |")
            continue
        one = json.loads(done.stdout)
        total = sum(one[step] for step in ("evidence", "series", "estimates", "troops", "findings"))
        growth = "" if before is None else f"{math.log(total / before[1]) / math.log(size / before[0]):.2f}"
        before = (size, total)
        steps = " | ".join(f"{one[step]:.1f}" for step in ("evidence", "series", "estimates", "findings"))
        print(f"| {size:,} | {steps} | {total:.1f} | {growth} | {one['peak']:.1f} |", flush=True)


if __name__ == "__main__":
    main()
