"""A run that was killed does not hold up the others."""

from __future__ import annotations

from pathlib import Path

import dagster as dg
import pytest
from holding import held_by

from pipeline.assets.dead_runs import fail_dead, fail_marked, tags
from pipeline.warehouse import Warehouse
from pipeline.whereabouts import Lake

EVENT = "riverton-2023"
OURS, OTHER = (tags(Warehouse(Path(name)), EVENT) for name in ("ours.duckdb", "other.duckdb"))


@pytest.fixture
def instance():
    with dg.DagsterInstance.ephemeral() as found:
        yield found


def started(instance, **tags_of):
    """A run that Dagster calls started, with the time at which it began."""
    run = instance.add_run(dg.DagsterRun("report_job", tags=tags_of))
    event = dg.DagsterEvent(dg.DagsterEventType.RUN_START.value, run.job_name)
    instance.report_dagster_event(event, run.run_id)
    (record,) = instance.get_run_records(dg.RunsFilter(run_ids=[run.run_id]))
    assert record.dagster_run.status == dg.DagsterRunStatus.STARTED
    return run.run_id, record.start_time


def status(instance, run_id):
    return instance.get_run_by_id(run_id).status


def test_whoever_holds_the_warehouse_knows_that_its_marked_runs_are_dead(instance):
    ours, _ = started(instance, **OURS)
    other, _ = started(instance, **OTHER)
    of_the_ui, _ = started(instance)
    fail_marked(instance, OURS)
    assert status(instance, ours) == dg.DagsterRunStatus.FAILURE
    assert status(instance, other) == status(instance, of_the_ui) == dg.DagsterRunStatus.STARTED


def test_a_run_in_a_lake_is_marked_by_its_event_too(instance):
    lake = Warehouse(Lake("host=db.riverton.example dbname=claims", "/lakes/"))
    ours, _ = started(instance, **tags(lake, EVENT))
    other, _ = started(instance, **tags(lake, "harborport-2023"))
    fail_marked(instance, tags(lake, EVENT))
    assert status(instance, ours) == dg.DagsterRunStatus.FAILURE
    assert status(instance, other) == dg.DagsterRunStatus.STARTED


def test_a_run_of_the_ui_is_dead_if_it_is_not_new_and_nobody_holds_the_warehouse(instance, tmp_path):
    run, began = started(instance)
    warehouse = Warehouse(tmp_path / "w.duckdb")
    fail_dead(instance, warehouse, began + 60)
    assert status(instance, run) == dg.DagsterRunStatus.STARTED
    assert not warehouse.place.exists()
    fail_dead(instance, warehouse, began + 180)
    assert status(instance, run) == dg.DagsterRunStatus.FAILURE


def test_a_run_that_holds_the_warehouse_is_alive(instance, tmp_path):
    run, began = started(instance)
    warehouse = Warehouse(tmp_path / "w.duckdb")
    warehouse.count("riverton-2023", "claims")
    with held_by(warehouse.place) as holder:
        fail_dead(instance, warehouse, began + 180)
        holder.communicate()
    assert status(instance, run) == dg.DagsterRunStatus.STARTED
