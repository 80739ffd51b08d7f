"""Processes that end at work, or while they have none, are started again."""

from __future__ import annotations

import os
import signal
import time

from pipeline.apart import DiedError, Task, Workers, cores


def work(number: int) -> int:
    """The process's number, or its death."""
    if number < 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return os.getpid()


def test_there_is_a_core():
    assert 1 <= cores() <= (os.cpu_count() or 1)


def test_processes_that_died_while_they_had_nothing_to_do_are_started_again():
    with Workers(60, 3_000_000_000, "pipeline.apart", processes=1) as workers:

        def tried(number):
            ((_, found),) = workers.results([Task(number, work, (number,), 0, apart=True)])
            return found

        os.kill(tried(1), signal.SIGKILL)
        time.sleep(1)
        assert isinstance(tried(2), int)
        assert isinstance(tried(-1), DiedError)
        assert isinstance(tried(3), int)
