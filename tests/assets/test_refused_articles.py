"""An article from which no claims can be extracted stands in problems until it or the limits change."""

from __future__ import annotations

from dataclasses import replace

import pytest
from materialized import desk, made

from pipeline.assets.workspace import Workspace
from pipeline.limits import Limits

EVENT = "riverton-2023"
GOOD = "Police said 12 people were killed in Riverton."
HOSTILE = "Police said 12 people were killed. " * 30


@pytest.fixture
def folder(make_event, article):
    return make_event(good=article(GOOD), hostile=article(HOSTILE))


@pytest.fixture
def desk_of(folder):
    with desk(folder.parent, checks=False) as found:
        limit(found, Limits(article_numbers=20))
        found.make(EVENT)
        yield found


def limit(found, limits):
    settings = replace(found.workspace.settings, limits=limits)
    found.workspace = Workspace(settings, found.workspace.progress)


def told(found):
    problems = found.tables(EVENT, "problems")["problems"]
    return problems.filter(stage="extract").select("path", "message").rows()


def test_a_refused_article_is_a_problem_and_is_not_tried_again(desk_of):
    refused = [("articles/hostile.md", "holds 30 numbers, too many for one article")]
    assert told(desk_of) == refused
    assert desk_of.tables(EVENT, "claims")["claims"].height == 1
    assert made(desk_of.make(EVENT)) == set()
    assert told(desk_of) == refused


def test_a_refused_article_is_tried_again_with_other_limits(desk_of):
    limit(desk_of, Limits())
    again = made(desk_of.make(EVENT))
    assert "articles" not in again, "no page need be read again"
    assert told(desk_of) == []
    assert desk_of.tables(EVENT, "claims")["claims"].height == 31


def test_the_problem_goes_with_the_article(desk_of, folder, article):
    (folder / "articles" / "hostile.md").write_text(article("Nobody was hurt."))
    desk_of.make(EVENT)
    assert told(desk_of) == []


def test_what_ingest_and_review_say_stays(desk_of, folder):
    (folder / "articles" / "broken.pdf").write_bytes(b"%PDF")
    desk_of.make(EVENT)
    stages = desk_of.tables(EVENT, "problems")["problems"]["stage"].to_list()
    assert sorted(set(stages)) == ["extract", "ingest"]
