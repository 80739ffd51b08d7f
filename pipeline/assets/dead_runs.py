"""Runs that were killed: Dagster goes on calling them started, and one run at a time means no other then.

A run holds the warehouse's file, or its event in a lake, from its start to its end, and that lock is freed
with the process. So whoever holds it knows that no other run of it is alive.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Final

import dagster as dg

from pipeline.warehouse import Warehouse, WarehouseError

# Names what a run that `counterclaim run` made holds from before its record begins.
_TAG: Final = "counterclaim/warehouse"
# Names the event of a run: Dagster's own.
PARTITION: Final = "dagster/partition"
# A run of the UI takes hold of the warehouse some seconds after its record begins.
_STARTING: Final = 120.0
_SAID: Final = "the process of this run is gone: it was killed, or the machine was"


def tags(warehouse: Warehouse, event_id: str) -> dict[str, str]:
    """What marks a run that holds the warehouse, or its event there, from its first moment."""
    return {_TAG: warehouse.held_as(event_id)}


def fail_marked(instance: dg.DagsterInstance, marks: Mapping[str, str]) -> None:
    """Tell Dagster that runs with the tags `marks` which it calls started have failed. Only for one who holds
    what they name and has not begun a run.
    """
    _fail(
        instance,
        (one.dagster_run for one in _started(instance) if one.dagster_run.tags.get(_TAG) == marks[_TAG]),
    )


def fail_dead(instance: dg.DagsterInstance, warehouse: Warehouse, now: float) -> None:
    """Tell Dagster that runs which it calls started since two minutes have failed, if nobody holds their
    events in the warehouse. `now` is in seconds since 1970.
    """
    old = [
        one.dagster_run for one in _started(instance) if one.start_time and now - one.start_time > _STARTING
    ]
    for run in old:
        with suppress(WarehouseError), warehouse.holding(run.tags.get(PARTITION, "")):
            _fail(instance, [run])


def _started(instance: dg.DagsterInstance) -> list[dg.RunRecord]:
    statuses = [dg.DagsterRunStatus.STARTED, dg.DagsterRunStatus.CANCELING]
    return list(instance.get_run_records(dg.RunsFilter(statuses=statuses)))


def _fail(instance: dg.DagsterInstance, runs: Iterable[dg.DagsterRun]) -> None:
    for run in runs:
        instance.report_run_failed(run, _SAID)
