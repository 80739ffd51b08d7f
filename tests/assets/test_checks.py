from __future__ import annotations

import polars as pl

from pipeline.assets.checks import misquotes

ARTICLES = pl.DataFrame({"article_id": ["a"], "text": ["👍 At least 164 people were killed"]})


def claim(start: int, end: int, quote: str, article_id: str = "a") -> pl.DataFrame:
    return pl.DataFrame(
        {"claim_id": ["c"], "article_id": [article_id], "start": [start], "end": [end], "quote": [quote]}
    )


def test_offsets_count_code_points():
    assert misquotes(claim(2, 14, "At least 164"), ARTICLES).is_empty()


def test_a_quote_that_is_not_at_its_offsets_is_found():
    assert misquotes(claim(2, 14, "At least 163"), ARTICLES).rows() == [("c", "At least 163", "At least 164")]


def test_a_claim_without_its_article_is_found():
    assert misquotes(claim(2, 14, "At least 164", article_id="gone"), ARTICLES).height == 1
