"""The whole graph for one event, in this process: what `counterclaim run` does."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import gettempdir
from typing import Final

import dagster as dg
from sqlalchemy.exc import SQLAlchemyError

from pipeline.assets.automation import report_job
from pipeline.assets.dead_runs import fail_marked, tags
from pipeline.assets.workspace import PARTITIONS, Workspace
from pipeline.definitions import defs
from pipeline.events import Event
from pipeline.schema import WARNINGS
from pipeline.standing import WHOLE, inputs, outputs
from pipeline.warehouse import Done
from pipeline.whereabouts import Lake

_CHECK_FAILED: Final = "DagsterAssetCheckFailedError"
_HOME: Final = "DAGSTER_HOME"
# What Dagster raises where it cannot keep its record; what an asset raises is in the result.
_OF_THE_RECORD: Final = (dg.DagsterError, SQLAlchemyError, OSError)
_OURS: Final = "pipeline."
_QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a run ended: `error` names the asset that failed and why; `failed_checks` what stops a report,
    `warnings` what a person should look at.
    """

    error: str | None
    failed_checks: tuple[str, ...]
    warnings: tuple[str, ...]


def run(workspace: Workspace, event: Event) -> Outcome:
    """Materialise every asset of one event. Keeps a record where DAGSTER_HOME says, else none.

    Raises WarehouseError if the warehouse cannot be opened.
    """
    event_id = event.event_id
    if workspace.known.get(event_id) is not event:
        workspace.know(event)
    with workspace.warehouse.holding(event_id):
        try:
            result = _executed(workspace, event_id)
        except _OF_THE_RECORD as error:
            return Outcome(_unrecorded(error), (), ())
    broken = [check for check in result.get_asset_check_evaluations() if not check.passed]
    failed, warned = (
        tuple(
            f"{check.asset_key.to_user_string()}: {check.description}"
            for check in broken
            if check.severity == severity
        )
        for severity in (dg.AssetCheckSeverity.ERROR, dg.AssetCheckSeverity.WARN)
    )
    if result.success and not failed:
        told = WARNINGS.frame([(event_id, place, one) for place, one in enumerate(warned)])
        made_from = inputs(workspace.looks[event_id], workspace.settings.limits)
        done = Done(WHOLE, made_from, outputs(workspace.report_folder(event_id)))
        workspace.warehouse.replace(event_id, {WARNINGS.name: told}, done)
    return Outcome(None if result.success else _error(result, stopped=bool(failed)), failed, warned)


def _executed(workspace: Workspace, event_id: str) -> dg.ExecuteInProcessResult:
    marks = tags(workspace.warehouse, event_id)
    with _instance(workspace.settings.warehouse) as instance:
        fail_marked(instance, marks)
        instance.add_dynamic_partitions(PARTITIONS, [event_id])
        return defs.resolve_job_def(report_job.name).execute_in_process(
            partition_key=event_id,
            instance=instance,
            resources={"workspace": replace(workspace, recorded=bool(os.environ.get(_HOME)))},
            run_config=_QUIET,
            tags=marks,
            raise_on_error=False,
        )


def _unrecorded(error: Exception) -> str:
    reason = str(error).strip().partition("\n")[0]
    return (
        f"the record of runs in {os.environ.get(_HOME)} cannot be kept ({reason}); "
        f"make {_HOME} a folder with room that this user can write, or unset it, and run again"
    )


def _instance(warehouse: Path | Lake) -> dg.DagsterInstance:
    if os.environ.get(_HOME):
        return dg.DagsterInstance.get()
    # A folder that is there: one that Dagster makes for itself would outlive a run that is killed.
    folder = str(warehouse.parent) if isinstance(warehouse, Path) else gettempdir()
    return dg.DagsterInstance.ephemeral(folder, settings={"telemetry": {"enabled": False}})


def _error(result: dg.ExecuteInProcessResult, *, stopped: bool) -> str | None:
    """The first asset that failed, with what it raised: the cause of Dagster's own error. None if all that
    failed is what a check `stopped`.
    """
    for event in result.all_events:
        error = event.step_failure_data.error if event.is_step_failure else None
        if error is not None and error.cls_name != _CHECK_FAILED:
            said = (error.cause or error).message.strip()
            # Errors of our own are sentences: the name of their class says nothing to a reader.
            told = said.partition(": ")[2] if said.startswith(_OURS) else said
            return f"{event.step_key}: {told}"
    return None if stopped else "the run failed before its first asset"
