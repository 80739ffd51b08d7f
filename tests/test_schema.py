from __future__ import annotations

import polars as pl
import pytest

from pipeline.schema import PROBLEMS, TABLES
from pipeline.table import SQL_TYPES

ROW = {
    "event_id": "e",
    "path": "a.md",
    "stage": "ingest",
    "severity": "error",
    "message": "not UTF-8",
    "remedy": "save it as UTF-8",
}


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
def test_every_table_has_a_key_of_required_columns_and_a_meaning_for_each(table):
    required = {column.name for column in table.columns if column.required}
    assert set(table.key) <= required
    assert len(set(table.names)) == len(table.names)
    assert all(column.meaning and column.dtype in SQL_TYPES for column in table.columns)
    assert "event_id" in table.names


def test_rows_that_fit_have_no_violations():
    assert PROBLEMS.violations(PROBLEMS.frame([ROW])) == []
    assert PROBLEMS.violations(PROBLEMS.frame()) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"severity": "fatal"}, "problems.severity: not allowed: fatal"),
        ({"remedy": None}, "problems.remedy: 1 rows have no value"),
    ],
)
def test_a_row_that_does_not_fit_is_named(change, said):
    assert PROBLEMS.violations(PROBLEMS.frame([ROW | change])) == [said]


def test_a_repeated_key_and_a_wrong_column_are_named():
    doubled = PROBLEMS.frame([ROW, ROW])
    assert PROBLEMS.violations(doubled) == [
        "problems: 1 rows repeat the key (event_id, path, stage, message)"
    ]
    renamed = PROBLEMS.frame([ROW]).rename({"path": "file"})
    assert PROBLEMS.violations(renamed) == ["problems: columns differ from the schema: file, path"]
    other_type = PROBLEMS.frame([ROW]).with_columns(pl.lit(1).alias("remedy"))
    assert PROBLEMS.violations(other_type) == ["problems: columns differ from the schema: remedy"]


def test_frames_are_kept_in_the_order_of_their_key():
    frame = PROBLEMS.frame([ROW | {"path": "b.md"}, ROW])
    assert frame["path"].to_list() == ["a.md", "b.md"]
