from __future__ import annotations

import polars as pl
import pytest
from riverland import cascade

from pipeline.checking.quotes import check

TEXT = "👍 At least 164 people were killed, the mayor said."
ARTICLES = pl.DataFrame({"article_id": ["a"], "raw_path": ["articles/one.md"], "text": [TEXT]})
SOUND = {
    "claim_id": "c1",
    "article_id": "a",
    "start": 2,
    "end": 14,
    "quote": "At least 164",
    "sentence_start": 2,
    "sentence_end": len(TEXT),
    "attribution": "the mayor",
    "attribution_start": 35,
    "attribution_end": 44,
}


def verdict(**changed: object):
    return check(pl.DataFrame([SOUND | changed]), ARTICLES)


def test_offsets_count_code_points():
    assert verdict().severity is None


def test_what_the_cascade_gives_stands_where_it_says():
    claims = cascade(TEXT).claims
    assert claims.height == 1
    assert check(claims, ARTICLES).severity is None


@pytest.mark.parametrize(
    ("changed", "rule", "told"),
    [
        ({"quote": "At least 163"}, "Quotes", "characters 2 to 14 are 'At least 164', not 'At least 163'"),
        ({"start": -3, "end": -1}, "Quotes", "are nothing"),
        ({"end": 4000}, "Quotes", "are nothing"),
        ({"article_id": "gone"}, "Quotes", "its article is not among the articles"),
        ({"sentence_end": 13}, "Claims that are not within", "2 to 14 are not within 2 to 13"),
        ({"sentence_start": 3}, "Claims that are not within", "2 to 14 are not within 3"),
        ({"sentence_end": 999}, "Claims that are not within", "2 to 14 are not within 2 to 999"),
        ({"attribution": "the major"}, "Attributions", "are 'the mayor', not 'the major'"),
        ({"attribution": None}, "Attributions", "not nothing"),
        ({"attribution_end": None}, "Attributions", "are nothing"),
    ],
)
def test_what_is_not_in_the_article_is_an_error(changed, rule, told):
    found = verdict(**changed)
    assert found.severity == "error"
    assert any(rule in line and told in line and "c1" in line for line in found.message.splitlines())


def test_a_source_without_a_place_in_the_text_is_no_misquotation():
    assert verdict(attribution_start=None, attribution_end=None).severity is None
    assert verdict(attribution=None, attribution_start=None, attribution_end=None).severity is None
