from __future__ import annotations

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


def test_frames_are_kept_in_the_order_of_their_key():
    frame = PROBLEMS.frame([ROW | {"path": "b.md"}, ROW])
    assert frame["path"].to_list() == ["a.md", "b.md"]
