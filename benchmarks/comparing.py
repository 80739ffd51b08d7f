"""Comparison over claims in a file, in a process of its own, so that its peak memory is its own.

    python comparing.py CLAIMS.parquet ARTICLES.parquet [FOLDER]

Prints the seconds of the clock and of the processor of each step, and the most memory in GiB, as JSON, and
writes what came out of evidence and series to FOLDER.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import polars as pl
from claims_made_up import ACTORS, EVENT

from pipeline.compare import estimates, evidence, series, troops
from pipeline.compare.findings import registry
from pipeline.schema import COPIES

FINDINGS = 1_000_000  # claims up to which findings are looked for: in ten times as many are a million
MOST = 12 * 2**30  # bytes of memory: what wants more is stopped and not the machine


@contextmanager
def _step(told: dict[str, dict[str, float]], name: str) -> Iterator[None]:
    wall, processor = time.perf_counter(), time.process_time()
    yield
    told[name] = {"wall": time.perf_counter() - wall, "processor": time.process_time() - processor}


def main(claims_file: Path, articles_file: Path, folder: Path | None = None) -> None:
    """Read, measure and write."""
    resource.setrlimit(resource.RLIMIT_DATA, (MOST, MOST))
    claims, articles = pl.read_parquet(claims_file), pl.read_parquet(articles_file)
    told: dict[str, dict[str, float]] = {}
    with _step(told, "evidence"):
        groups = evidence.evidence(claims, articles, COPIES.frame(), ACTORS, EVENT.tolerance)
    with _step(told, "series"):
        timeline = series.series(claims, articles, groups, EVENT)
    if folder:
        for name, frame in (("evidence", groups), ("series", timeline.series), ("pairs", timeline.pairs)):
            frame.write_parquet(folder / f"ours-{name}.parquet")
        timeline.statements.write_parquet(folder / "ours-statements.parquet")
    with _step(told, "estimates"):
        estimates.estimates(claims, timeline.series, timeline.statements, ACTORS)
    with _step(told, "troops"):
        troops.troops(claims, articles)
    names = {"claims": claims, "articles": articles, "evidence": groups, "series": timeline.series}
    names |= {"statements": timeline.statements, "pairs": timeline.pairs}
    if claims.height <= FINDINGS:
        with _step(told, "findings"):
            registry.findings(names, EVENT, ACTORS)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(json.dumps({"steps": told, "memory": memory}))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
