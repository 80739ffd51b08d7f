"""A report takes the place of another as a whole, wherever the work is cut short."""

from __future__ import annotations

import errno
import os

import pytest

from pipeline import publishing
from pipeline.files import UnwritableError, write_atomic
from pipeline.publishing import Publication


@pytest.fixture
def publication(tmp_path):
    return Publication(tmp_path / "reports" / "riverton-2023")


def content(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*") if path.is_file()
    }


def make(publication, **files):
    folder = publication.begin()
    for name, text in files.items():
        write_atomic(folder / "figures" / name, text.encode())
    return folder


def publish(publication, **files):
    make(publication, **files)
    publication.publish()


def names_beside(publication):
    return sorted(path.name for path in publication.standing.parent.iterdir())


def test_the_first_report_appears_when_it_is_whole(publication):
    make(publication, a="1", b="2")
    assert not publication.standing.exists()
    publication.publish()
    assert content(publication.standing) == {"figures/a": "1", "figures/b": "2"}
    assert names_beside(publication) == ["riverton-2023"]


def test_what_stands_is_as_it_was_until_the_new_report_is_whole(publication):
    publish(publication, a="1", b="2")
    make(publication, a="changed")
    assert content(publication.standing) == {"figures/a": "1", "figures/b": "2"}
    assert content(publication.latest) == {"figures/a": "changed", "figures/b": "2"}
    publication.publish()
    assert content(publication.standing) == {"figures/a": "changed", "figures/b": "2"}
    assert names_beside(publication) == ["riverton-2023"]


def test_a_report_that_came_out_the_same_leaves_the_files_as_they_are(publication):
    publish(publication, a="1")
    before = (publication.standing / "figures" / "a").stat().st_ino
    publish(publication, a="1")
    assert (publication.standing / "figures" / "a").stat().st_ino == before
    assert names_beside(publication) == ["riverton-2023"]


def test_what_a_killed_run_made_is_gone_on_with_and_half_files_are_dropped(publication):
    publish(publication, a="1")
    folder = make(publication, b="2")
    (folder / "figures" / ".c.x7.part").write_text("hal")
    assert content(publication.begin()) == {"figures/a": "1", "figures/b": "2"}


def test_what_an_unfinished_run_left_is_dropped_on_request(publication):
    publish(publication, a="1")
    make(publication, a="2")
    publication.discard()
    assert content(publication.latest) == {"figures/a": "1"}
    assert names_beside(publication) == ["riverton-2023"]


OPERATIONS = ("rename", "rmdir", "mkdir", "link", "unlink", "swap")


class CutError(BaseException):
    """The process is gone: nothing after this is done."""


@pytest.fixture
def cut(monkeypatch):
    """Cut the work short before the given operation on files; says whether it came so far."""

    def begin(last):
        done = 0

        def counted(operation):
            def call(*given, **how):
                nonlocal done
                done += 1
                if done == last:
                    raise CutError
                return operation(*given, **how)

            return call

        for name in OPERATIONS[:-1]:
            monkeypatch.setattr(os, name, counted(getattr(os, name)))
        monkeypatch.setattr(publishing, "_swap", counted(publishing._swap))

    yield begin
    monkeypatch.undo()


@pytest.mark.parametrize("can_swap", [True, False], ids=["in one step", "in two"])
def test_wherever_it_is_cut_short_the_old_report_or_the_new_one_comes_out(
    tmp_path, monkeypatch, cut, can_swap
):
    old, new = {"figures/a": "1", "figures/b": "2"}, {"figures/a": "changed", "figures/b": "2"}
    if not can_swap:
        monkeypatch.setattr(publishing, "_swap", lambda *_: False)
    for last in range(1, 100):
        publication = Publication(tmp_path / str(last) / "riverton-2023")
        publish(publication, a="1", b="2")
        with monkeypatch.context() as patched:
            patched.setattr(os, "fsync", lambda _: None)
            cut(last)
            try:
                publish(publication, a="changed")
                whole = True
            except CutError:
                whole = False
        monkeypatch.undo()
        if not can_swap:
            monkeypatch.setattr(publishing, "_swap", lambda *_: False)
        assert can_swap <= publication.standing.exists()
        if publication.standing.exists():
            assert content(publication.standing) in (old, new)
        publish(publication, a="changed")
        assert content(publication.standing) == new
        assert names_beside(publication) == ["riverton-2023"]
        if whole:
            break
    assert whole
    assert last > 8


def test_a_report_that_is_a_link_stays_one(publication, tmp_path):
    elsewhere = tmp_path / "elsewhere" / "report"
    elsewhere.mkdir(parents=True)
    publication.standing.parent.mkdir()
    publication.standing.symlink_to(elsewhere)
    publish(publication, a="1")
    assert publication.standing.is_symlink()
    assert content(elsewhere) == {"figures/a": "1"}


def test_where_files_cannot_be_linked_they_are_copied(publication, monkeypatch):
    publish(publication, a="1")

    def refuse(*_, **__):
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    assert content(publication.begin()) == {"figures/a": "1"}


def test_a_place_that_cannot_be_written_is_named_with_a_remedy(publication):
    publication.standing.parent.write_text("a file where a folder should be")
    with pytest.raises(UnwritableError, match=r"cannot be written \(.*\); .*choose another place"):
        publication.begin()
