"""Runs that were killed: Dagster goes on calling them started, and one run at a time means no other then.

A run holds the warehouse from its start to its end, and the system frees that lock with the process. So
whoever holds the warehouse knows that no other run of it is alive.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Final

import dagster as dg

from pipeline.warehouse import Warehouse, WarehouseError

# Names the warehouse of a run that `counterclaim run` made, which holds it from before its record begins.
_TAG: Final = "counterclaim/warehouse"
# A run of the UI takes hold of the warehouse some seconds after its record begins.
_STARTING: Final = 120.0
_SAID: Final = "the process of this run is gone: it was killed, or the machine was"


def tags(warehouse: Path) -> dict[str, str]:
    """What marks a run that holds the warehouse from its first moment."""
    return {_TAG: str(warehouse.resolve())}


def fail_marked(instance: dg.DagsterInstance, warehouse: Path) -> None:
    """Tell Dagster that runs of `counterclaim run` which it calls started have failed. Only for one who holds
    the warehouse and has not begun a run.
    """
    _fail(
        instance,
        (
            one.dagster_run
            for one in _started(instance)
            if one.dagster_run.tags.get(_TAG) == tags(warehouse)[_TAG]
        ),
    )


def fail_dead(instance: dg.DagsterInstance, warehouse: Warehouse, now: float) -> None:
    """Tell Dagster that runs which it calls started since two minutes have failed, if nobody holds the
    warehouse. `now` is in seconds since 1970.
    """
    old = [
        one.dagster_run for one in _started(instance) if one.start_time and now - one.start_time > _STARTING
    ]
    if old:
        with suppress(WarehouseError), warehouse.opened():
            _fail(instance, old)


def _started(instance: dg.DagsterInstance) -> list[dg.RunRecord]:
    statuses = [dg.DagsterRunStatus.STARTED, dg.DagsterRunStatus.CANCELING]
    return list(instance.get_run_records(dg.RunsFilter(statuses=statuses)))


def _fail(instance: dg.DagsterInstance, runs: Iterable[dg.DagsterRun]) -> None:
    for run in runs:
        instance.report_run_failed(run, _SAID)
