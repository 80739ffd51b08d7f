"""Runs that share a lake: of different events at once, of the same event, and one that is killed."""

from __future__ import annotations

import shutil
import signal

import pytest
from flood import EVENT
from kept import hashes
from works import Work, fine

OTHER = "harborport-2023"


@pytest.fixture
def shared(server, made, commands, tmp_path_factory):
    """Starts commands on two events, whose tables are in a lake."""
    place = Work(tmp_path_factory.mktemp("w"), commands)
    shutil.copytree(made.data / EVENT, place.root / "data" / EVENT)
    shutil.copytree(made.data / EVENT, place.root / "data" / OTHER)
    environment = server.environment | {
        "COUNTERCLAIM_WAREHOUSE": f"ducklake:postgres:{server.database('runs')}",
        "COUNTERCLAIM_LAKE": str(place.root / "lake"),
    }

    def start(*arguments, **given):
        return place.command(*arguments, **given, **environment)

    return place, start


def test_events_are_run_at_once_and_a_killed_run_is_gone_on_with(shared, made, server):
    place, start = shared
    run = start("run", EVENT, at={"number": signal.SIGSTOP, "opening": f"{EVENT}/articles/"})
    assert run.until_stopped()
    second, reader, other = (
        start("run", EVENT),
        start("record", EVENT, "--on", "2023-05-05"),
        start("run", OTHER),
    )
    for told in (second.end().sentence, reader.end().sentence):
        assert f"{EVENT} in ducklake:postgres:" in told
        assert f"(PID {run.pid}); run again when that has ended" in told
    fine(other.end())
    assert (place.report.parent / OTHER / "report.pdf").is_file()
    run.signal(signal.SIGKILL)
    run.end()
    again = start("run", EVENT).end()
    fine(again)
    assert hashes(place.report) == made.report
    assert server.environment["PGPASSWORD"] not in again.told
    assert "nothing changed since the last run" in start("run", EVENT).end().out
