"""What may not be written or read is named, and what stood stands."""

from __future__ import annotations

from pathlib import Path

import pytest
from flood import EVENT
from kept import hashes, rows

_NOTHING = 0o500  # a folder that may be looked into and not written in


@pytest.fixture
def barred():
    """Takes the right to write from files and folders until the test is over."""
    changed = []

    def bar(path: Path, mode: int = _NOTHING) -> None:
        changed.append((path, path.stat().st_mode))
        path.chmod(mode)

    yield bar
    for path, mode in reversed(changed):
        path.chmod(mode)


@pytest.mark.parametrize("what", ["reports", "warehouse", "its folder"])
def test_what_may_not_be_written_is_named(what, made, work, barred):
    place = work()
    path = {
        "reports": place.report.parent,
        "warehouse": place.warehouse,
        "its folder": place.warehouse.parent,
    }[what]
    before = rows(place.warehouse)
    mode = path.stat().st_mode
    barred(path, 0o400 if path.is_file() else _NOTHING)
    said = place.run(made.data, bound=True).sentence
    assert "permission denied" in said.lower()
    assert path.name in said
    assert hashes(place.report) == made.old
    if what != "reports":
        assert rows(place.warehouse) == before
    path.chmod(mode)
    made.same_again(place)


def test_the_first_run_where_nothing_may_be_written(made, work, barred):
    place = work(empty=True)
    (place.root / "tmp").mkdir()
    barred(place.root)
    said = place.run(made.data, bound=True).sentence
    assert "permission denied" in said.lower()
    assert ".counterclaim" in said
    place.root.chmod(0o700)
    made.same_again(place)


def test_an_article_that_may_not_be_read_is_a_problem_and_the_rest_goes_on(made, work, barred):
    place = work()
    article = made.data / EVENT / "articles" / "c.md"
    barred(article, 0)
    ended = place.run(made.data, bound=True)
    assert ended.status == 0, ended.told
    assert "articles/c.md" in ended.out
    assert "Traceback" not in ended.told
    problems = (place.report / "tables" / "problems.csv").read_text()
    assert "articles/c.md" in problems
    assert "articles/a.html" not in problems
    article.chmod(0o600)
    made.same_again(place)


def test_a_disk_that_may_only_be_read(made, on_disk):
    place, disk = on_disk
    disk.read_only(so=True)
    said = place.run(made.data).sentence
    assert "read-only" in said.lower()
    assert hashes(place.report) == made.old
    disk.read_only(so=False)
    made.same_again(place)
