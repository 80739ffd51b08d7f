from __future__ import annotations

import pytest

from pipeline.coded.layout import knowledge, known, layout
from pipeline.extract.lexicon import load_lexicon

FORMATS = knowledge()["format"]


@pytest.mark.parametrize("values", [*FORMATS, knowledge()["hxl"]], ids=lambda values: values["name"])
def test_every_format_names_its_source(values):
    assert values["source"]


def test_every_metric_is_one_that_is_compared():
    named = {figure["metric"] for values in FORMATS for figure in values["figures"]}
    assert named | set(knowledge()["hxl"]["metrics"].values()) <= set(load_lexicon().metrics)


@pytest.mark.parametrize("values", FORMATS, ids=lambda values: values["name"])
def test_a_format_is_known_by_the_columns_it_needs_and_by_no_fewer(values):
    needs = tuple(values["needs"])
    table = known("coded/x.csv", needs)
    assert table is not None
    assert table.name == values["name"]
    assert set(table.columns) <= set(needs)
    assert known("coded/x.csv", needs[1:]) is None


def test_a_column_that_stands_twice_in_an_entry_is_read_once():
    entry = {"published": "when", "start": "when", "figures": [{"metric": "killed", "best": "dead"}]}
    assert layout(entry, "own.csv", ("dead", "when")).columns == ("dead", "when")
