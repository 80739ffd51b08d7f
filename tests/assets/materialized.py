"""An event's assets, materialised by Dagster in this process."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path

import dagster as dg
import polars as pl

from pipeline.assets.workspace import PARTITIONS, Workspace
from pipeline.definitions import defs
from pipeline.progress import LoggedProgress
from pipeline.settings import Settings
from pipeline.warehouse import Warehouse

_QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}
# All that makes tables; figures and pages take seconds and are left out where a test is not of them.
TABLES = dg.AssetSelection.groups("ingest", "extract", "review", "compare")


class Desk:
    """A data folder with a warehouse, and a record of what Dagster did with them."""

    def __init__(self, data: Path, instance: dg.DagsterInstance, *, checks: bool) -> None:
        self.checks = checks
        self.settings = Settings(data, data.parent / "reports", data.parent / "warehouse.duckdb")
        self.workspace = Workspace(self.settings, LoggedProgress(lambda _: None))
        self.instance = instance

    @property
    def warehouse(self) -> Warehouse:
        return self.workspace.warehouse

    def make(self, event_id: str, selection=TABLES, **given) -> dg.ExecuteInProcessResult:
        self.instance.add_dynamic_partitions(PARTITIONS, [event_id])
        self.workspace.known.clear()
        with self.warehouse.opened():
            return dg.materialize(
                [*defs.assets, *(defs.asset_checks or () if self.checks else ())],
                selection=selection,
                partition_key=event_id,
                instance=self.instance,
                resources={"workspace": self.workspace},
                run_config=_QUIET,
                **given,
            )

    def tables(self, event_id: str, *names: str) -> dict[str, pl.DataFrame]:
        return self.warehouse.read(event_id, *names)


@contextmanager
def desk(data: Path, *, checks: bool = True):
    with dg.DagsterInstance.ephemeral() as instance:
        yield Desk(data, instance, checks=checks)


def made(result: dg.ExecuteInProcessResult) -> set[str]:
    """The assets of a run that were made anew, and not found as they were."""
    return {
        event.asset_key.to_user_string()
        for event in result.get_asset_materialization_events()
        if event.materialization.metadata["made anew"].value
    }
