"""An article that asks for too much gives no claims and says why; the others are as if it were not there."""

from __future__ import annotations

from datetime import datetime

import polars as pl
import pytest
from riverland import EVENT, PUBLISHED

from pipeline.extract import cascade, engines
from pipeline.extract.claims import Extraction, extract
from pipeline.extract.lexicon import load_lexicon
from pipeline.extract.refusals import problems
from pipeline.limits import Limits
from pipeline.schema import ARTICLES, FURNITURE

LEXICON = load_lexicon(EVENT)
GOOD = "Police said 12 people were killed in Riverton."


def frame(*texts: str, published: datetime = PUBLISHED) -> pl.DataFrame:
    """Articles a0, a1 … with these texts."""
    rows = [
        dict.fromkeys(ARTICLES.names)
        | {
            "article_id": f"a{number}",
            "event_id": EVENT.event_id,
            "text": text,
            "published_at": published,
            "raw_path": f"articles/{number}.txt",
        }
        for number, text in enumerate(texts)
    ]
    return pl.DataFrame(rows, schema=ARTICLES.polars_schema)


def found(*texts: str, limits: Limits | None = None) -> Extraction:
    return extract(frame(*texts), FURNITURE.frame(), LEXICON, limits=limits)


def test_an_article_with_too_many_numbers_is_refused_and_its_neighbours_are_read():
    hostile = "12 people were killed. " * 30
    given = found(GOOD, hostile, GOOD, limits=Limits(article_numbers=20))
    assert given.refused.rows() == [
        (
            "a1",
            "holds 30 numbers, too many for one article",
            "make it smaller, or raise COUNTERCLAIM_ARTICLE_NUMBERS above 20",
        )
    ]
    alone = found(GOOD, "Nothing.", GOOD)
    assert given.claims.equals(alone.claims)
    assert given.claims.height == 2
    assert set(given.rejected["article_id"]) == set(alone.rejected["article_id"])


def test_what_is_refused_is_an_error_that_names_the_file():
    given = found(GOOD, GOOD + GOOD, limits=Limits(article_numbers=1))
    (row,) = problems(given.refused, frame(GOOD, GOOD)).to_dicts()
    assert (row["path"], row["stage"], row["severity"]) == ("articles/1.txt", "extract", "error")


def test_a_long_article_that_takes_too_long_is_stopped():
    hostile = "police sent 70 soldiers to Riverton " * 20_000
    given = found(GOOD, hostile, limits=Limits(article_numbers=1_000_000, article_seconds=1))
    assert given.refused.rows() == [
        (
            "a1",
            "takes longer to extract claims from than it may",
            "make it smaller, or raise COUNTERCLAIM_ARTICLE_SECONDS above 1",
        )
    ]
    assert given.claims["article_id"].to_list() == ["a0"]


def test_another_process_gives_the_same_claims_in_the_same_order(monkeypatch):
    texts = [GOOD, "The toll rose to 15, including 3 children. Earlier 12 died.", "It cost $5 million."]
    here = found(*texts)
    monkeypatch.setattr(engines, "LONG", 0)
    apart = found(*texts)
    assert apart.refused.is_empty()
    assert apart.claims.equals(here.claims)
    assert apart.rejected.equals(here.rejected)


def test_a_fault_of_our_own_costs_one_article(monkeypatch):
    read = cascade.read

    def faulty(text, *rest, **limits):
        if "soldiers" in text:
            raise KeyError("no such word")
        return read(text, *rest, **limits)

    monkeypatch.setattr(cascade, "read", faulty)
    given = found("70 soldiers died.", GOOD)
    assert given.claims["article_id"].to_list() == ["a1"]
    assert given.refused["message"].to_list() == ["no claims can be extracted: KeyError: 'no such word'"]


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("12 " + "million " * 100 + "people were killed.", PUBLISHED),  # larger than a float
        ("12 million million million people were killed.", PUBLISHED),  # larger than a column
        (
            f"On January {'9' * 5_000} police said 12 people were killed.",
            PUBLISHED,
        ),  # no int of so many digits
        ("In December prosecutors said 12 people were killed.", datetime(9999, 12, 31)),
        ("On Tuesday and yesterday police said 12 people were killed.", datetime(1, 1, 1)),
    ],
)
def test_numbers_and_days_beyond_all_calendars_are_read(text, published):
    given = extract(frame(text, published=published), FURNITURE.frame(), LEXICON)
    assert given.refused.rows() == []
    assert given.claims.height + given.rejected.height > 0


def test_no_claim_carries_more_than_a_sentence_of_news_could_hold():
    sentence = f"The ministry withdrew the figure {'a' * 500_000} of {'b' * 500_000}"
    given = found("12 people were killed.\n" * 50 + sentence)
    assert given.claims["stance"].to_list() == ["retracted"] * 50
    assert given.claims["stance_by"].str.len_chars().max() <= 10_000
