"""A run that is killed leaves the old report or the new one, and the next run ends what it began."""

from __future__ import annotations

import random
import shutil
import signal
import time
from pathlib import Path

import dagster as dg
from commands import Ended, until

_ORPHANS_END = 5.0  # seconds
_HOME = Path(__file__).parents[2] / ".dagster" / "dagster.yaml"


def test_killed_at_a_moment_the_next_run_makes_the_same(kill, made, work, hit):
    stages, moment = list(made.seconds), random.Random(kill[0])  # noqa: S311
    place = work(empty=kill[0] % 2 == 1)
    nth = _nth(*kill, len(stages))
    with place.reading() as reader:
        run = place.start(made.data)
        run.until_stage(stages[nth - 1] if nth else None)
        time.sleep(moment.random() * made.seconds[stages[nth]])
        run.signal(signal.SIGKILL)
        ended = run.end()
    hit(f"killed in {_stage(ended, stages)}")
    made.whole(place, reader.seen)
    until(lambda: not run.living, _ORPHANS_END)
    made.same_again(place)


def test_killed_between_two_operations_the_next_run_makes_the_same(kill_between, made, work):
    place = work()
    operation = 1 + _nth(*kill_between, len(made.operations))
    with place.reading() as reader:
        ended = place.run(made.data, at={"number": signal.SIGKILL, "operation": operation})
    assert ended.status == -signal.SIGKILL
    made.whole(place, reader.seen)
    made.same_again(place)


def test_dagster_is_told_that_a_killed_run_has_failed(made, work):
    place = work()
    home = place.root / "home"
    home.mkdir()
    shutil.copy(_HOME, home)
    run = place.start(made.data, DAGSTER_HOME=home)
    run.until_stage("claims")
    run.signal(signal.SIGKILL)
    assert run.end().status == -signal.SIGKILL
    until(lambda: not run.living, _ORPHANS_END)
    assert _runs(home) == ["STARTED"]
    again = place.run(made.data, DAGSTER_HOME=home)
    assert again.status == 0, again.told
    assert _runs(home) == ["FAILURE", "SUCCESS"]


def _runs(home: Path) -> list[str]:
    """How each run stands in the records of Dagster, the first first."""
    with dg.DagsterInstance.from_config(str(home)) as instance:
        return [run.status.value for run in reversed(instance.get_runs())]


def _nth(place: int, kills: int, number: int) -> int:
    """Which of a `number` of things the kill of this place is for: all of them, or evenly some."""
    return place % number if kills >= number else (place + 1) * number // kills - 1


def _stage(ended: Ended, stages: list[str]) -> str:
    return stages[len(ended.stages)] if ended.status == -signal.SIGKILL else "no stage: it had ended"
