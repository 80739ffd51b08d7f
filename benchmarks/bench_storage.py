"""The warehouse: rows in beside a raw insert of the same Arrow; what a claim and a text take."""

from __future__ import annotations

import time
from itertools import count
from pathlib import Path

import duckdb
import polars as pl
import pytest
from claims_made_up import tables
from measuring import Goal, limited, rate, timed
from newswire import articles

from pipeline.schema import CLAIMS
from pipeline.warehouse import Warehouse


class _Arrow:
    """A frame as DuckDB takes it without pyarrow."""

    def __init__(self, frame: pl.DataFrame) -> None:
        self._frame = frame

    def __arrow_c_stream__(self, schema: object = None) -> object:
        return self._frame.__arrow_c_stream__(schema)


@pytest.fixture(scope="module")
def claims(request: pytest.FixtureRequest) -> pl.DataFrame:
    """Made-up claims."""
    return tables(10_000 if request.config.getoption("--small") else 1_000_000)[0]


def _raw(path: Path, frame: pl.DataFrame) -> None:
    with duckdb.connect(path) as connection:
        connection.register("frame", _Arrow(frame))
        connection.execute("CREATE TABLE claims AS SELECT * FROM frame LIMIT 0")
        connection.execute("INSERT INTO claims SELECT * FROM frame")


def test_insert(beside, claims, tmp_path):
    """All claims of an event into a new warehouse: seconds of the clock, since both wait for the disk."""
    files = (tmp_path / f"{number}.duckdb" for number in count())
    beside(
        f"insert of {claims.height:,} claims",
        timed(lambda: Warehouse(next(files)).replace("bench", {"claims": claims}), time.perf_counter),
        "DuckDB alone, from the same Arrow",
        timed(lambda: _raw(next(files), claims), time.perf_counter),
        kind="fast",
        goal=Goal(0.5, "least"),
        rounds=3,
        figure=rate(claims.height, "claims"),
    )


def _size(path: Path, tables_: dict[str, pl.DataFrame]) -> int:
    """Bytes of a warehouse that holds some tables and nothing that another transaction left."""
    Warehouse(path).replace("bench", tables_)
    with duckdb.connect(path) as connection:
        connection.execute("CHECKPOINT")
    return path.stat().st_size


def test_bytes_of_a_claim(keep, claims, tmp_path):
    """What a warehouse with claims holds more than one without."""
    empty = _size(tmp_path / "empty.duckdb", {"claims": CLAIMS.frame()})
    each = (_size(tmp_path / "full.duckdb", {"claims": claims}) - empty) / claims.height
    raw = claims.estimated_size() / claims.height
    keep(
        limited(
            f"bytes of a claim, of {claims.height:,}",
            f"{each:.0f} bytes",
            "the same in memory, as Arrow",
            f"{raw:.0f} bytes",
            ratio=each,
            is_="bytes",
            goal=Goal(60, "most"),
        )
    )


def test_texts(keep, small, tmp_path):
    """Texts of articles beside their characters as UTF-8."""
    found = list(articles(200 if small else 10_000))
    raw = sum(len(text.encode()) for text in found)
    frame = tables(4 * len(found))[1].with_columns(text=pl.Series(found))
    without = _size(tmp_path / "without.duckdb", {"articles": frame.with_columns(text=pl.lit(""))})
    kept = _size(tmp_path / "with.duckdb", {"articles": frame}) - without
    keep(
        limited(
            f"texts of {len(found):,} articles",
            f"{kept / 1e6:.1f} MB",
            "their characters as UTF-8",
            f"{raw / 1e6:.1f} MB",
            ratio=kept / raw,
            is_="of raw",
            goal=Goal(0.4, "most"),
        )
    )
