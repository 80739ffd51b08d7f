from __future__ import annotations

import os

import pytest

from pipeline.events import at, load
from pipeline.folders import places
from pipeline.watching import look, report, signature

NEW = ["articles/two.md", "articles/deep/er/two.md", "reviews.csv", "coded/deaths.csv", "deaths.csv"]


@pytest.fixture
def event(make_event, article):
    return make_event(config='title = "Riverton"', one=article("At least 12 people were killed."))


def test_nothing_changed_is_told_as_nothing(event):
    assert look(event) == look(event)
    assert signature(load(event)) == signature(load(event))


@pytest.mark.parametrize("name", NEW)
def test_a_new_file_is_seen(event, name):
    before = look(event)
    (event / name).parent.mkdir(parents=True, exist_ok=True)
    (event / name).write_text("date,killed\n")
    assert look(event) != before


@pytest.mark.parametrize("name", [".two.md.swp", "articles/.two.md.part", "articles/README.md"])
def test_what_is_no_file_of_the_event_is_not(event, name):
    before = look(event)
    (event / name).write_text("Half of an article.")
    assert look(event) == before


def test_a_changed_file_is_seen_though_its_size_and_date_stay(event):
    known, path = load(event), event / "articles" / "one.md"
    before, status = (look(event), signature(known)), path.stat()
    path.write_text(path.read_text().replace("12", "13"))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert look(event) != before[0]
    assert signature(known) != before[1]


def test_a_removed_file_is_seen(event):
    known = load(event)
    before = look(event), signature(known)
    (event / "articles" / "one.md").unlink()
    assert look(event) != before[0]
    assert signature(known) != before[1]


def test_a_new_file_is_no_reason_to_say_that_those_which_were_found_changed(event):
    known = load(event)
    before = signature(known)
    (event / "articles" / "two.md").write_text("Nobody was hurt.")
    assert signature(known) == before


@pytest.mark.parametrize("given", ["articles", "articles/one.md"])
def test_of_what_is_given_without_its_event_the_event_toml_beside_it_is_looked_at(event, given):
    (place,) = places(event / given).values()
    before, title = look(place), at(place).title
    (event / "event.toml").write_text('title = "Harborport"')
    assert (look(place), at(place).title) != (before, title)
    assert look(place) != before


def test_a_changed_report_is_seen(tmp_path):
    (tmp_path / "figures").mkdir()
    (tmp_path / "figures" / "one.svg").write_text("<svg/>")
    before = report(tmp_path)
    assert report(tmp_path) == before
    (tmp_path / "figures" / ".left").write_text("")
    assert report(tmp_path) != before
