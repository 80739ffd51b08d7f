from __future__ import annotations

import polars as pl

from pipeline.assets.describe import preview


def test_a_preview_shows_the_first_rows():
    frame = pl.DataFrame({"metric": ["killed"] * 9, "value": range(9)})
    lines = preview(frame).splitlines()
    assert lines[:3] == ["| metric | value |", "| --- | --- |", "| killed | 0 |"]
    assert len(lines) == 2 + 5


def test_no_cell_of_a_preview_can_act_as_markup():
    frame = pl.DataFrame({"quote": ["a | b\n<img src=x> [x](javascript:1) `c` **d**"]})
    row = preview(frame).splitlines()[2]
    for active in ("<", ">", "[", "]", "(", "`", "*", "| b"):
        assert active not in row.removeprefix("| ").removesuffix(" |")


def test_an_empty_table_says_so():
    assert preview(pl.DataFrame({"a": []})) == "*no rows*"
