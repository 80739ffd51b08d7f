from __future__ import annotations

import csv
import io
import json

import pytest
from road import walk

from pipeline.interchange import hxl, json_ld

TEXT = (
    "The Health Ministry said on 9 May that at least 164 people were killed in Riverton. "
    "=HYPERLINK(1) sources said dozens were injured."
)


@pytest.fixture
def tables(make_event, article):
    text = article(TEXT, outlet="=Post", published="2023-05-10", url="https://example.org/a")
    return walk(make_event(one=text))


def test_every_hxl_column_has_a_tag_and_every_claim_a_row(tables):
    names, tags, *rows = csv.reader(io.StringIO(hxl(tables["claims"], tables["articles"]).decode()))
    assert all(tag.startswith("#") for tag in tags)
    assert len(names) == len(tags) == len(set(tags))
    first = dict(zip(tags, rows[0], strict=True))
    assert (first["#indicator+name"], first["#indicator+value+min+num"]) == ("killed", "164")
    assert first["#indicator+value+max+num"] == ""
    assert first["#org+outlet+name"] == "'=Post"
    assert len(rows) == tables["claims"].height


def test_json_ld_leaves_open_ends_open_and_words_words(tables):
    document = json.loads(json_ld(tables["claims"], tables["articles"]))
    killed, injured = (node["about"] for node in document["@graph"])
    assert killed["minValue"] == 164
    assert "maxValue" not in killed
    assert injured["measurementQualifier"] == "dozens"
    assert "value" not in injured
    assert document["@graph"][0]["appearance"]["url"] == "https://example.org/a"
