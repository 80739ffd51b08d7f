"""One run at a time has the warehouse; whoever comes meanwhile is told who has it and what to do."""

from __future__ import annotations

import signal
import subprocess
import sys

import duckdb
import pytest
from flood import EVENT
from kept import hashes, rows
from works import Work, fine

_ANSWER = 2.0  # seconds
_NOTEBOOK = """
import duckdb, sys
connection = duckdb.connect(sys.argv[1], read_only=True)
print("open", flush=True)
input()
"""


@pytest.fixture(scope="module")
def held(made, commands, tmp_path_factory):
    """A folder whose run stands still in the middle, and that run: it ends as if nobody had come."""
    place = Work.copied(made.before, tmp_path_factory.mktemp("held"), commands)
    with place.reading() as reader:
        run = place.start(made.data)
        run.until_stage("claims")
        run.signal(signal.SIGSTOP)
        yield place, run
        run.signal(signal.SIGCONT)
        fine(run.end())
    made.whole(place, reader.seen)
    assert hashes(place.report) == made.report
    assert rows(place.warehouse) == made.rows
    made.same_again(place)


def refused(ended, place, pid):
    """It stopped with a sentence that names the file and the process that has it, and says what to do."""
    said = ended.sentence
    assert str(place.warehouse.relative_to(place.root)) in said
    assert f"PID {pid}" in said
    assert "python" in said
    assert "run again" in said
    return said


def test_a_second_run_says_at_once_who_has_the_warehouse(made, held):
    place, run = held
    # A command that has nothing to do takes as long as starting takes.
    nothing = place.command("run", "atlantis", "--data", made.data).end()
    assert nothing.status == 2
    second = place.run(made.data)
    refused(second, place, run.pid)
    assert second.seconds < nothing.seconds + _ANSWER


@pytest.mark.parametrize("asked", [("explain", "c000000000000"), ("record", EVENT, "--on", "2023-05-05")])
def test_a_reader_is_told_who_has_the_warehouse_and_where_to_read(asked, made, held):
    place, run = held
    data = ("--data", made.data) if asked[0] == "explain" else ()
    said = refused(place.command(*asked, *data).end(), place, run.pid)
    assert "tables/*.parquet" in said


def test_a_notebook_cannot_open_the_warehouse_meanwhile(held):
    place, run = held
    with pytest.raises(duckdb.IOException, match=f"PID {run.pid}"):
        duckdb.connect(str(place.warehouse), read_only=True)


def test_a_run_says_that_a_notebook_has_the_warehouse(made, work):
    place = work()
    before = rows(place.warehouse)
    command = [sys.executable, "-c", _NOTEBOOK, str(place.warehouse)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as notebook:
        assert notebook.stdout
        assert notebook.stdout.readline() == "open\n"
        refused(place.run(made.data), place, notebook.pid)
        notebook.communicate("\n")
    assert hashes(place.report) == made.old
    assert rows(place.warehouse) == before
    made.same_again(place)


def test_of_ten_runs_at_once_each_ends_well_or_says_who_has_the_warehouse(made, work):
    place = work()
    with place.reading() as reader:
        runs = [place.start(made.data) for _ in range(10)]
        ends = [run.end() for run in runs]
    stopped = [end.sentence for end in ends if end.status]
    assert len(stopped) < len(ends)
    assert all(any(f"PID {run.pid}" in said for run in runs) for said in stopped)
    made.whole(place, reader.seen)
    made.same_again(place)
