from __future__ import annotations

import os

import pytest

from pipeline.events import load
from pipeline.watching import signature


@pytest.fixture
def event(make_event, article):
    return make_event(config='title = "Riverton"', one=article("At least 12 people were killed."))


def test_nothing_changed_is_told_as_nothing(event):
    assert signature(load(event)) == signature(load(event))


@pytest.mark.parametrize("name", ["articles/two.md", "reviews.csv", "coded/deaths.csv", "labels.jsonl"])
def test_a_new_file_is_seen(event, name):
    before = signature(load(event))
    (event / name).parent.mkdir(exist_ok=True)
    (event / name).write_text("date,killed\n")
    assert signature(load(event)) != before


def test_a_changed_file_is_seen_though_its_size_and_date_stay(event):
    before, path = signature(load(event)), event / "articles" / "one.md"
    status = path.stat()
    path.write_text(path.read_text().replace("12", "13"))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert signature(load(event)) != before


def test_a_removed_file_is_seen(event):
    before = signature(load(event))
    (event / "articles" / "one.md").unlink()
    assert signature(load(event)) != before
