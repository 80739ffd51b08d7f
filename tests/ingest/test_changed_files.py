from __future__ import annotations

import os
import shutil

import pytest

from pipeline.events import load
from pipeline.ingest.changes import changes
from pipeline.limits import Limits
from pipeline.schema import FILES


@pytest.fixture
def event(make_event, article):
    return make_event(one=article("At least 12 people were killed."), two=article("30 were injured."))


def look(folder, known=None, reader="1"):
    return changes(load(folder), FILES.frame() if known is None else known, reader, Limits())


def names(found):
    return [path.name for path in found.to_read]


def test_at_first_every_file_is_read(event):
    assert names(look(event)) == ["one.md", "two.md"]


def test_nothing_is_read_again_that_did_not_change(event):
    again = look(event, look(event).files)
    assert (again.to_read, again.touched, again.gone) == ((), (), ())


def test_another_version_of_the_reader_reads_everything_again(event):
    assert names(look(event, look(event).files, reader="2")) == ["one.md", "two.md"]


def test_new_bytes_are_read_though_size_and_date_are_as_they_were(event):
    known = look(event).files
    path = event / "articles" / "one.md"
    before = path.stat()
    path.write_text(path.read_text().replace("12", "13"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size
    assert names(look(event, known)) == ["one.md"]


def test_a_file_that_was_only_touched_is_not_read_again(event):
    known = look(event).files
    os.utime(event / "articles" / "one.md", (1, 1))
    found = look(event, known)
    assert found.to_read == ()
    assert found.touched == ("articles/one.md",)
    assert look(event, found.files).touched == ()


def test_files_that_are_gone_are_named(event):
    known = look(event).files
    (event / "articles" / "one.md").unlink()
    assert look(event, known).gone == ("articles/one.md",)


def test_a_reading_that_ran_out_of_time_is_tried_again(event):
    known = look(event).files
    again = known.with_columns(again=known["file"] == "articles/two.md")
    assert names(look(event, again)) == ["two.md"]


def test_what_is_no_plain_file_is_looked_at_each_time(event):
    (event / "articles" / "link.md").symlink_to("nowhere.md")
    os.mkfifo(event / "articles" / "pipe.md")
    assert names(look(event, look(event).files)) == ["link.md", "pipe.md"]


def test_a_link_that_leads_elsewhere_now_is_read_again(event):
    (event / "articles" / "link.md").symlink_to("one.md")
    known = look(event).files
    (event / "articles" / "link.md").unlink()
    (event / "articles" / "link.md").symlink_to("two.md")
    assert names(look(event, known)) == ["link.md"]


def test_a_moved_folder_is_not_read_again(event, tmp_path):
    known = look(event).files
    shutil.move(event, tmp_path / event.name)
    assert look(tmp_path / event.name, known).to_read == ()
