from __future__ import annotations

import csv as standard_csv
import io
import json

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

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


@pytest.mark.parametrize(
    "cell",
    ["=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "\tx", "\nx", "＝1", "＠x", " =1", '"=1', "'=1", "' \"-1"],
)
def test_no_cell_of_csv_can_run_as_a_formula(cell):
    assert cells(FINDINGS.frame([ROW | {"headline": cell}]))["headline"] == "'" + cell


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("dead;=1", "dead;'=1"),
        ("a\n- b;\n +1", "a\n'- b;\n' +1"),
        ("a\t@b", "a\t'@b"),
        ("a, -b; c = d", "a, -b; c = d"),
    ],
)
def test_no_cell_can_run_where_another_sign_divides_cells(text, shown):
    assert cells(FINDINGS.frame([ROW | {"headline": text}]))["headline"] == shown


@pytest.mark.parametrize("sign", ["\r", "\x1b", "\x9b", "\x7f", "\u2028", "\u202e", "\u2066"])
def test_a_sign_that_acts_is_shown_as_one_that_does_not(sign):
    assert cells(FINDINGS.frame([ROW | {"headline": f"1{sign}2"}]))["headline"] == "1\ufffd2"


@given(st.text(alphabet="=-@＝;'\" \t\na1"))
def test_a_cell_gives_back_its_text(text):
    (safe,) = exports.safe_cells(pl.DataFrame({"text": [text]}), ["text"])["text"]
    assert exports.original_cell(safe) == text


@given(st.recursive(st.none() | st.integers() | st.text(), st.lists))
def test_json_that_can_stand_anywhere_says_the_same(value):
    told = exports.json_text(value)
    assert json.loads(told) == value
    assert told.isprintable()
    assert not set("<>&") & set(told)


def test_parquet_gives_back_the_frame_and_the_same_bytes():
    frame = FINDINGS.frame([ROW])
    content = exports.parquet(frame)
    assert pl.read_parquet(io.BytesIO(content)).equals(frame)
    assert content == exports.parquet(frame)
