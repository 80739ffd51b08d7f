"""The whole graph for one event, in this process: what `counterclaim run` does."""

from __future__ import annotations

import os
from dataclasses import dataclass

import dagster as dg

from pipeline.assets.automation import report_job
from pipeline.assets.workspace import PARTITIONS, Workspace
from pipeline.definitions import defs

_QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a run ended: `error` names the asset that failed and why, `failed_checks` what a check found."""

    error: str | None
    failed_checks: tuple[str, ...]


def run(workspace: Workspace, event_id: str) -> Outcome:
    """Materialise every asset of one event. Keeps a record where DAGSTER_HOME says, else none."""
    with _instance() as instance:
        instance.add_dynamic_partitions(PARTITIONS, [event_id])
        result = defs.resolve_job_def(report_job.name).execute_in_process(
            partition_key=event_id,
            instance=instance,
            resources={"workspace": workspace},
            run_config=_QUIET,
            raise_on_error=False,
        )
    failed = [check for check in result.get_asset_check_evaluations() if not check.passed]
    return Outcome(
        error=None if result.success or failed else _error(result),
        failed_checks=tuple(f"{check.asset_key.to_user_string()}: {check.description}" for check in failed),
    )


def _instance() -> dg.DagsterInstance:
    if os.environ.get("DAGSTER_HOME"):
        return dg.DagsterInstance.get()
    return dg.DagsterInstance.ephemeral(settings={"telemetry": {"enabled": False}})


def _error(result: dg.ExecuteInProcessResult) -> str:
    """The first asset that failed, with what it raised: the cause of Dagster's own error."""
    for event in result.all_events:
        if event.is_step_failure and (error := event.step_failure_data.error) is not None:
            return f"{event.step_key}: {(error.cause or error).message.strip()}"
    return "the run failed before its first asset"
