"""The tables of the hostile event: nothing in them runs in a spreadsheet, in a page or at a terminal."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import payloads
import polars as pl
import pytest

from pipeline.exports import original_cell

RUNS = re.compile(r"[ \"]*[=+\-@＝＋－＠\t\r\n]")
ACTS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


def is_number(cell: str) -> bool:
    return re.fullmatch(r"-?\d+(\.\d+)?", cell) is not None


def sheets(hostile) -> list[Path]:
    return sorted((hostile.report / "tables").glob("*.csv"))


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_no_spreadsheet_of_any_language_runs_a_cell(hostile, separator):
    assert len(sheets(hostile)) > 10
    for path in sheets(hostile):
        text = path.read_text(encoding="utf-8")
        assert "\r" not in text, "a line end to some"
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            run = [cell for cell in row if RUNS.match(cell) and not is_number(cell)]
            assert run == [], path.name


def test_the_hostile_words_are_in_the_sheets(hostile):
    told = "".join(path.read_text(encoding="utf-8") for path in sheets(hostile))
    for words in ("cmd|' /C calc'!A0", "@SUM(1+1)", "＝Health", payloads.HTML.replace('"', '""')):
        assert words in told


def test_no_sheet_acts_on_a_terminal_or_turns_a_number_around(hostile):
    for path in sheets(hostile):
        assert ACTS.findall(path.read_text(encoding="utf-8")) == [], path.name


@pytest.mark.parametrize("name", ["articles", "claims", "findings", "evidence", "reviews"])
def test_a_sheet_gives_back_the_words_of_the_table(hostile, name):
    table = hostile.table(name)
    text = (hostile.report / "tables" / f"{name}.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    for column in (one for one in table.columns if table.schema[one] == pl.String):
        given = [original_cell(row[column]) for row in rows]
        assert given == [ACTS.sub("\ufffd", one or "") for one in table[column]], column


def test_parquet_keeps_every_character(hostile):
    titles = hostile.table("articles")["title"].drop_nulls().to_list()
    cleaned = re.sub(r"[\x00-\x1f\x7f-\x9f\s]+", " ", payloads.EVERYTHING)
    assert f"=0 {cleaned}".split() in [title.split() for title in titles]
    assert payloads.BIDI in "".join(titles)


def test_json_ld_ends_no_script_and_hides_nothing(hostile):
    raw = (hostile.report / "tables" / "claims.jsonld").read_text(encoding="utf-8")
    assert re.findall(r"[<>&]", raw) == []
    assert all(char.isprintable() or char == "\n" for char in raw)
    nodes = json.loads(raw)["@graph"]
    urls = [node["appearance"].get("url") for node in nodes]
    assert any(urls)
    assert all(url is None or url.startswith("https://example.org/") for url in urls)
    assert any(payloads.HTML in str(node["appearance"].get("headline")) for node in nodes)


@pytest.mark.parametrize("name", ["manifest.json", "figures/figures.json"])
def test_what_a_report_tells_of_itself_is_json_without_controls(hostile, name):
    raw = (hostile.report / name).read_text(encoding="utf-8")
    assert ACTS.findall(raw) == []
    assert json.dumps(payloads.HTML)[1:-1] in json.dumps(json.loads(raw))
