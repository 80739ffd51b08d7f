"""Comparison at a hundred thousand, a million and ten million claims beside the same query in pandas.

The query: evidence groups, what became of each statement and when, statements two by two, and how far reports
of a question disagree. pandas_rival.py writes it in pandas; that the rows are the same is checked first.
Seconds of the clock, since an engine may use all cores; each round in a process of its own, files read.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from claims_made_up import EVENT, tables
from environments import environment, told
from measuring import Goal, absent, limited, rate, seconds

STEPS = ("evidence", "series")  # what the query is
SAME = 10_000  # claims on which the rows of both are compared
CLAIMS = ("group_id", "originator", "link", "status", "ended_by", "stood_until", "revised", "discrepancy")
Files = Callable[[int], tuple[Path, Path]]
_FASTEST: dict[int, dict[str, Any]] = {}  # by size the fastest round of ours


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    """Claims and articles of a size, as Parquet."""
    folder = tmp_path_factory.mktemp("claims")

    def written(size: int) -> tuple[Path, Path]:
        paths = folder / f"claims-{size}.parquet", folder / f"articles-{size}.parquet"
        if not paths[0].is_file():
            for path, frame in zip(paths, tables(size), strict=True):
                frame.write_parquet(path)
        return paths

    return written


def sizes(small: bool) -> tuple[int, ...]:
    """The numbers of claims."""
    return (1_000, 10_000, 20_000) if small else (100_000, 1_000_000, 10_000_000)


def _pandas(files: Files, size: int, *given: object) -> dict[str, float]:
    return dict(told(environment("pandas"), "pandas_rival.py", *files(size), EVENT.tolerance, *given))


def _ours(files: Files, size: int, *given: object) -> float:
    """Seconds of the clock of the query."""
    found = told(Path(sys.executable), "comparing.py", *files(size), *given)
    taken = sum(found["steps"][step]["wall"] for step in STEPS)
    if size not in _FASTEST or taken < _FASTEST[size]["taken"]:
        _FASTEST[size] = {**found, "taken": taken}
    return taken


def test_rows_are_the_same(files, tmp_path):
    """Both give the same rows."""
    try:
        _pandas(files, SAME, tmp_path)
    except RuntimeError as error:
        pytest.skip(str(error))
    _ours(files, SAME, tmp_path)
    ours = pl.read_parquet(tmp_path / "ours-evidence.parquet")
    for name, key in (("statements", "claim_id"), ("series", "series_id")):
        ours = ours.join(pl.read_parquet(tmp_path / f"ours-{name}.parquet"), on=key, suffix=f"_{name}")
    own = ours.select("claim_id", *CLAIMS).sort("claim_id").with_columns(pl.col("revised").fill_null(""))
    theirs = pl.read_parquet(tmp_path / "claims.parquet").select("claim_id", *CLAIMS).sort("claim_id")
    pairs = pl.read_parquet(tmp_path / "pairs.parquet").select("claim_id_a", "claim_id_b", "relation")
    own_pairs = pl.read_parquet(tmp_path / "ours-pairs.parquet").select("claim_a", "claim_b", "relation")
    if not own.equals(theirs.cast(dict(own.schema))):
        pytest.fail("pandas gives other statements than ours")
    if own_pairs.sort(pl.all()).rows() != pairs.sort(pl.all()).rows():
        pytest.fail("pandas gives other pairs than ours")


@pytest.mark.parametrize("which", range(3), ids=["least", "middle", "most"])
def test_query(beside, files, small, which):
    """The query in polars, as the pipeline has it, and in pandas."""
    size = sizes(small)[which]
    beside(
        f"comparison of {size:,} claims: evidence and series",
        lambda: _ours(files, size),
        "the same query in pandas",
        lambda: _pandas(files, size)["wall"],
        kind="fast",
        goal=Goal(5, "least") if which == 1 else None,
        rounds=(5, 3, 1)[which],
        figure=rate(size, "claims"),
    )


def test_growth(keep, small, files):
    """The exponent from size to size, of the seconds of the processor, and the steps and memory of each."""
    for size in sizes(small):
        if size not in _FASTEST:
            try:
                _ours(files, size)
            except RuntimeError as error:
                keep(absent(f"comparison of {size:,} claims", "", str(error)))
    for size, found in sorted(_FASTEST.items()):
        if size in sizes(small):
            steps = ", ".join(f"{name} {seconds(one['wall'])}" for name, one in found["steps"].items())
            whole = sum(one["wall"] for one in found["steps"].values())
            keep(
                limited(
                    f"all steps, {size:,} claims: {steps}",
                    seconds(whole),
                    "evidence and series alone",
                    seconds(found["taken"]),
                    ratio=whole / found["taken"],
                    is_=f"times as long; {found['memory']:.1f} GiB",
                )
            )
    for less, more in pairwise(sorted(set(_FASTEST) & set(sizes(small)))):
        used = [sum(_FASTEST[size]["steps"][step]["processor"] for step in STEPS) for size in (less, more)]
        keep(
            limited(
                f"growth from {less:,} to {more:,} claims",
                f"{used[1] / used[0]:.1f} times",
                "claims",
                f"{more / less:.0f} times",
                ratio=math.log(used[1] / used[0]) / math.log(more / less),
                is_="exponent",
                goal=Goal(1.05, "most"),
            )
        )
