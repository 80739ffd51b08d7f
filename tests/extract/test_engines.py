"""However articles are cut and wherever they are done, the same comes out in the same order; what goes wrong
with a batch costs one article.
"""

from __future__ import annotations

import os
import signal
import time

import polars as pl
import pytest
from riverland import EVENT, PUBLISHED

from pipeline.extract import claims, engines
from pipeline.extract.claims import Extractors, Group, apart, extract
from pipeline.extract.engines import Extraction
from pipeline.extract.lexicon import load_lexicon
from pipeline.limits import Limits
from pipeline.schema import ARTICLES, FURNITURE
from pipeline.settings import from_environment

LEXICON = load_lexicon(EVENT)
TEXTS = [
    text
    for number in range(10, 30)
    for text in (
        f"Police said {number} people were killed in Riverton, including 3 children. It cost ${number}.",
        "The mayor said nothing.",
        f"At least {number} protesters were detained in Harborport on May {number % 9 + 1}.",
    )
]


def frame(texts: list[str]) -> pl.DataFrame:
    """Articles in the order of the texts, whose ids are not in that order."""
    rows = [
        dict.fromkeys(ARTICLES.names)
        | {
            "article_id": f"a{number * 7 % 61:02d}",
            "event_id": EVENT.event_id,
            "text": text,
            "published_at": PUBLISHED,
        }
        for number, text in enumerate(texts)
    ]
    return pl.DataFrame(rows, schema=ARTICLES.polars_schema)


def same(one: Extraction, other: Extraction) -> bool:
    """Whether all that two extractions found is the same, in order."""
    return all(getattr(one, name).equals(getattr(other, name)) for name in ("claims", "rejected", "refused"))


@pytest.mark.parametrize(("number", "characters"), [(1, 1), (1, 300), (2, 300), (3, 1)])
def test_how_articles_are_cut_and_where_they_are_done_does_not_show(monkeypatch, number, characters):
    whole = extract(frame(TEXTS), FURNITURE.frame(), LEXICON, processes=1)
    assert (whole.claims.height, whole.rejected.height) == (60, 40)
    monkeypatch.setattr(claims, "_BATCH", characters)
    seen = []
    cut = extract(frame(TEXTS), FURNITURE.frame(), LEXICON, lambda: seen.append(1), processes=number)
    assert same(whole, cut)
    assert len(seen) == len(TEXTS)


def test_groups_come_back_one_by_one_with_what_tells_them():
    texts = [TEXTS[:4], [], ["The mayor said nothing."], TEXTS[4:5]]
    groups = [Group(number, frame(group), FURNITURE.frame()) for number, group in enumerate(texts)]
    with Extractors(LEXICON, Limits(), 5, processes=2) as extractors:
        found = list(extractors.extract(groups))
    assert [key for key, _ in found] == [0, 1, 2, 3]
    alone = [extract(group.articles, group.furniture, LEXICON) for group in groups]
    assert all(same(extraction, other) for (_, extraction), other in zip(found, alone, strict=True))


def test_groups_are_taken_ahead_while_what_came_of_one_is_put_away():
    taken = []

    def groups():
        for number in range(4):
            taken.append(number)
            yield Group(number, frame(TEXTS[:2]), FURNITURE.frame())

    with Extractors(LEXICON, Limits(), 8, processes=2) as extractors:
        next(extractors.extract(groups()))
        assert taken == [0, 1, 2, 3]
    taken.clear()
    with Extractors(LEXICON, Limits(), 8, processes=1) as extractors:
        next(extractors.extract(groups()))
        assert taken == [0]


def hostile(articles) -> Extraction:
    """In a process that extracts: what the text says happens, else what is extracted."""
    for article in articles:
        if "DIE" in article.text:
            os.kill(os.getpid(), signal.SIGKILL)
        if "EAT" in article.text:
            bytearray(50_000_000_000)
        if "SLEEP" in article.text:
            time.sleep(60)
    return engines._extracted_apart(articles)


def test_of_a_batch_that_is_not_done_the_article_that_does_it_is_refused(monkeypatch):
    monkeypatch.setattr(engines, "_extracted_apart", hostile)
    monkeypatch.setattr(claims, "_BATCH", 2_000)  # the three are in three batches
    texts = TEXTS.copy()
    for place, does in ((5, "DIE"), (25, "EAT"), (45, "SLEEP")):
        texts[place] = f"12 people were killed. {does}"
    limits = Limits(article_seconds=2, worker_bytes=3_000_000_000)
    found = extract(frame(texts), FURNITURE.frame(), LEXICON, limits=limits, processes=2)
    assert dict(found.refused.select("article_id", "message").iter_rows()) == {
        "a35": "ends the process that extracts claims from it: it asks for too much memory",
        "a53": "asks for more memory to extract claims from than it may",
        "a10": "takes longer to extract claims from than it may",
    }
    others = frame(texts).filter(~pl.col("article_id").is_in(found.refused["article_id"].to_list()))
    alone = extract(others, FURNITURE.frame(), LEXICON)
    assert found.claims.equals(alone.claims)
    assert found.rejected.equals(alone.rejected)


@pytest.mark.parametrize(
    ("given", "articles", "number"),
    [("", 10, 0), ("", 100_000, 3), ("1", 100_000, 0), ("2", 10, 2), ("12", 10, 12)],
)
def test_many_articles_have_all_cores_unless_the_setting_says_otherwise(monkeypatch, given, articles, number):
    monkeypatch.setattr(claims, "cores", lambda: 3)
    asked = from_environment({"COUNTERCLAIM_PROCESSES": given}).processes
    assert apart(asked, articles) == number
    monkeypatch.setattr(claims, "cores", lambda: 1)
    assert apart(0, 100_000) == 0
