"""Only what changed is done again, and what comes out is what comes out of doing everything."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from materialized import desk, made

from pipeline import versions
from pipeline.assets import extract
from pipeline.extract import cascade
from pipeline.ingest import reading
from pipeline.schema import TABLES
from pipeline.versions import Maker

EVENT = "riverton-2023"
CONFIG = """
title = "Riverton, May 2023"
place = "Riverton"
tolerance = 0.1
[[places]]
id = "rv"
name = "Riverton"
kind = "city"
"""
TEXTS = {
    "one": "At least 12 people were killed in Riverton, the mayor said.",
    "two": "The mayor said on Wednesday that 15 people were killed, including three children.",
    "three": "Police detained 40 protesters in Riverton, a spokesman said.",
}
ALL = {"articles", "copies", "extracted", "claims", "evidence", "series", "estimates", "findings", "runs"}


@pytest.fixture
def folder(make_event, article):
    return make_event(config=CONFIG, **{name: article(text) for name, text in TEXTS.items()})


@pytest.fixture
def desk_of(folder):
    with desk(folder.parent, checks=False) as found:
        found.make(EVENT)
        yield found


@pytest.fixture
def extracted(monkeypatch):
    """The texts that go through the cascade from now on."""
    seen, read = [], cascade.read

    def noted(text, *rest, **limits):
        seen.append(text)
        return read(text, *rest, **limits)

    monkeypatch.setattr(cascade, "read", noted)
    return seen


def afresh(folder):
    """The event's tables from nothing."""
    with desk(folder.parent, checks=False) as found:
        found.settings.warehouse.unlink()
        found.make(EVENT)
        return found.tables(EVENT, *TABLES)


def test_nothing_is_made_again_when_nothing_changed(desk_of):
    assert made(desk_of.make(EVENT)) == set()


def test_one_more_article_is_the_one_that_is_read_and_extracted(
    desk_of, folder, article, extracted, monkeypatch
):
    files = []
    sources = reading.files.sources
    monkeypatch.setattr(
        reading.files, "sources", lambda path, limits: files.append(path.name) or sources(path, limits)
    )
    text = "On Thursday 17 people were killed in Riverton, the mayor said."
    (folder / "articles" / "four.md").write_text(article(text, published="2023-05-05"))
    assert made(desk_of.make(EVENT)) == ALL
    assert files == ["four.md"]
    assert [one.strip() for one in extracted] == [text]


@pytest.mark.parametrize("change", ["added", "changed", "removed", "renamed", "doubled", "replaced"])
def test_what_comes_out_is_what_comes_out_of_doing_everything(desk_of, folder, article, change):
    articles = folder / "articles"
    other = article("The governor said 21 people were killed in Riverton.", outlet="Valley News")
    if change == "added":
        (articles / "four.md").write_text(other)
    elif change == "changed":
        (articles / "two.md").write_text(other)
    elif change == "removed":
        (articles / "one.md").unlink()
    elif change == "renamed":
        (articles / "one.md").rename(articles / "zero.md")
    elif change == "doubled":
        (articles / "zero.md").write_bytes((articles / "one.md").read_bytes())
    else:
        (articles / "one.md").unlink()
        (articles / "two.md").rename(articles / "one.md")
    desk_of.make(EVENT)
    found = desk_of.tables(EVENT, *TABLES)
    for name, table in afresh(folder).items():
        assert found[name].equals(table), name


def test_a_twin_comes_back_when_its_twin_is_gone(desk_of, folder):
    articles = folder / "articles"
    (articles / "zero.md").write_bytes((articles / "one.md").read_bytes())
    desk_of.make(EVENT)
    (articles / "one.md").unlink()
    desk_of.make(EVENT)
    assert "articles/zero.md" in desk_of.tables(EVENT, "articles")["articles"]["raw_path"]


def test_a_text_is_held_once(desk_of, folder):
    (folder / "articles" / "zero.md").write_bytes((folder / "articles" / "one.md").read_bytes())
    desk_of.make(EVENT)
    found = desk_of.tables(EVENT, "articles", "pages")
    assert found["pages"]["text"].to_list() == [""] * 4
    assert sorted(found["articles"]["text"]) == sorted(TEXTS.values())


def test_a_file_that_is_only_touched_costs_nothing(desk_of, folder, extracted):
    os.utime(folder / "articles" / "one.md", (1, 1))
    assert made(desk_of.make(EVENT)) == set()
    assert extracted == []


def test_what_an_event_compares_by_is_no_reason_to_extract_again(desk_of, folder, extracted):
    (folder / "event.toml").write_text(CONFIG.replace("0.1", "0.2"))
    assert made(desk_of.make(EVENT)) >= {"evidence", "series", "runs"}
    assert extracted == []


def test_what_an_event_says_of_places_and_people_is(desk_of, folder, extracted):
    (folder / "event.toml").write_text(
        CONFIG + '[[actors]]\nid = "m"\nname = "Mayor"\nside = "authorities"\n'
    )
    desk_of.make(EVENT)
    assert len(extracted) == len(TEXTS)
    assert "m" in desk_of.tables(EVENT, "claims")["claims"]["actor_id"]


def test_a_codebook_that_changed_runs_comparison_alone(desk_of, extracted, monkeypatch):
    acled = Path(versions.__file__).parent / "codebooks" / "acled.toml"
    version = Maker.version.fget
    changed = property(lambda maker: version(maker) + "changed" * (acled in maker.files))
    monkeypatch.setattr(Maker, "version", changed)
    assert made(desk_of.make(EVENT)) == {"evidence", "series", "estimates", "findings", "runs"}
    assert extracted == []


def test_a_run_that_was_cut_short_goes_on_where_it_was(desk_of, folder, article, extracted, monkeypatch):
    monkeypatch.setattr(extract, "_TOGETHER", 1)
    for name in ("four", "five"):
        (folder / "articles" / f"{name}.md").write_text(article(f"{len(name)} people were killed in {name}."))
    parts = extract._parts

    def first(*given):
        yield next(parts(*given))
        raise OSError

    monkeypatch.setattr(extract, "_parts", first)
    assert not desk_of.make(EVENT, raise_on_error=False).success
    assert len(extracted) == 1
    monkeypatch.setattr(extract, "_parts", parts)
    desk_of.make(EVENT)
    assert len(extracted) == 2
    found = desk_of.tables(EVENT, *TABLES)
    assert all(found[name].equals(table) for name, table in afresh(folder).items())


def test_an_asset_alone_says_what_it_needs_first(make_event, article):
    data = make_event(one=article(TEXTS["one"])).parent
    with desk(data, checks=False) as found:
        result = found.make(EVENT, ["series"], raise_on_error=False)
        (event,) = [event for event in result.all_events if event.is_step_failure]
        told = str(event.step_failure_data.user_failure_data.description)
        assert "materialize articles, claims, evidence first" in told


def test_dagster_is_told_the_same_version_of_the_same_data(desk_of):
    def versions(result):
        return {
            event.asset_key.to_user_string(): event.materialization.tags["dagster/data_version"]
            for event in result.get_asset_materialization_events()
        }

    again = versions(desk_of.make(EVENT))
    assert again == versions(desk_of.make(EVENT))
    assert set(again) == ALL
