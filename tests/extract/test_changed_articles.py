from __future__ import annotations

from datetime import datetime

import polars as pl
import pytest

from pipeline.extract.changes import changes
from pipeline.schema import ARTICLES, EXTRACTIONS, FURNITURE

ARTICLE = {
    "article_id": "a",
    "event_id": "riverton",
    "kind": "article",
    "raw_path": "articles/one.md",
    "title": "Unrest",
    "text_sha256": "1",
    "published_at": datetime(2023, 5, 4),
}
STRETCH = {"article_id": "a", "event_id": "riverton", "start": 3, "end": 9, "pattern": "byline"}


def work(known=None, extractor="1", furniture=(), **slots):
    row = ARTICLE | slots
    articles = pl.DataFrame([row], schema={name: ARTICLES.polars_schema[name] for name in row})
    known = EXTRACTIONS.frame() if known is None else known
    return changes(articles, FURNITURE.frame(list(furniture)), known, extractor)


def test_what_was_extracted_is_not_extracted_again():
    first = work()
    assert first.to_extract == ("a",)
    assert work(first.extractions).to_extract == ()


@pytest.mark.parametrize(
    "change",
    [
        {"extractor": "2"},
        {"text_sha256": "2"},
        {"title": "Calm"},
        {"published_at": None},
        {"kind": "digest"},
        {"furniture": [STRETCH]},
    ],
    ids=lambda change: next(iter(change)),
)
def test_whatever_extraction_reads_makes_it_extract_again(change):
    assert work(work().extractions, **change).to_extract == ("a",)


def test_where_a_page_lies_does_not_matter_to_its_claims():
    assert work(work().extractions, raw_path="articles/two.md").to_extract == ()


def test_a_row_of_a_table_is_read_by_the_table_it_stands_in():
    row = {"kind": "coded", "raw_path": "coded/a.csv#1"}
    known = work(**row).extractions
    assert work(known, **row).to_extract == ()
    assert work(known, **row | {"raw_path": "coded/b.csv#1"}).to_extract == ("a",)


def test_articles_that_are_gone_are_named():
    assert work(work().extractions, article_id="b").gone == ("a",)
