"""What a run works with may be deleted under its hands: it says so or ends well, and so does the next."""

from __future__ import annotations

import shutil
import signal
from pathlib import Path

import pytest
from flood import EVENT, write_now
from kept import hashes


def told_or_done(ended, made, place):
    """A right result, or one sentence that says what to do."""
    assert "Traceback" not in ended.told
    if ended.status == 0:
        assert hashes(place.report) == made.report
    else:
        assert "again" in ended.sentence


@pytest.mark.parametrize(
    ("what", "stage"),
    [
        ("reports", "exports"),
        ("reports", "figures"),
        ("event", None),
        ("event", "articles"),
        ("warehouse", "extracted"),
        ("folder of the warehouse", "figures"),
    ],
)
def test_deleted_after_a_stage(what, stage, made, work):
    place = work()
    event = write_now(place.root / "data")
    paths = {
        "reports": place.report.parent,
        "event": event,
        "warehouse": place.warehouse,
        "folder of the warehouse": place.warehouse.parent,
    }
    run = place.start(event.parent)
    run.until_stage(stage)
    run.signal(signal.SIGSTOP)
    assert run.until_stopped()
    _remove(paths[what])
    run.signal(signal.SIGCONT)
    told_or_done(run.end(), made, place)
    assert hashes(place.report) in ({}, place.old, made.report)
    shutil.rmtree(event.parent, ignore_errors=True)
    made.same_again(place)


def test_an_article_that_goes_between_listing_and_reading(made, work):
    place = work()
    event = write_now(place.root / "data")
    run = place.start(event.parent, at={"number": signal.SIGSTOP, "opening": f"{EVENT}/articles/"})
    assert run.until_stopped()
    for name in ("a.html", "c.md"):
        (event / "articles" / name).unlink()
    run.signal(signal.SIGCONT)
    ended = run.end()
    assert "Traceback" not in ended.told
    if ended.status == 0:
        assert "articles/c.md" in ended.out
    else:
        assert "again" in ended.sentence
        assert hashes(place.report) == place.old
    shutil.rmtree(event.parent)
    made.same_again(place)


def test_the_home_of_dagster_that_is_deleted(made, work):
    place = work()
    home = place.root / "home"
    home.mkdir()
    (home / "dagster.yaml").write_text("telemetry:\n  enabled: false\n")
    run = place.start(made.data, DAGSTER_HOME=home)
    run.until_stage("claims")
    run.signal(signal.SIGSTOP)
    assert run.until_stopped()
    _remove(home)
    run.signal(signal.SIGCONT)
    told_or_done(run.end(), made, place)
    shutil.rmtree(home, ignore_errors=True)
    made.same_again(place)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()
