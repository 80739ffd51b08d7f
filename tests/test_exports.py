from __future__ import annotations

import csv as standard_csv
import io

import polars as pl
import pytest

from pipeline import exports
from pipeline.schema import FINDINGS

ROW = {
    "finding_id": "f1",
    "event_id": "e",
    "rank": 1,
    "kind": "k",
    "severity": "low",
    "headline": "plain",
    "detail": 'with "quotes", commas\nand lines',
    "claims": ["c1", "c2"],
    "numbers": [],
}


def cells(frame):
    return next(standard_csv.DictReader(io.StringIO(exports.csv(frame, FINDINGS).decode())))


def test_csv_keeps_text_and_joins_lists():
    row = cells(FINDINGS.frame([ROW]))
    assert row["detail"] == ROW["detail"]
    assert row["claims"] == "c1 c2"
    assert row["numbers"] == ""


@pytest.mark.parametrize("cell", ["=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "\tx", "\r=x"])
def test_no_cell_of_csv_can_run_as_a_formula(cell):
    assert cells(FINDINGS.frame([ROW | {"headline": cell}]))["headline"] == "'" + cell


def test_parquet_gives_back_the_frame_and_the_same_bytes():
    frame = FINDINGS.frame([ROW])
    content = exports.parquet(frame)
    assert pl.read_parquet(io.BytesIO(content)).equals(frame)
    assert content == exports.parquet(frame)
