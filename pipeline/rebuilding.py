"""A report made anew from its event's files, in a folder that is gone afterwards."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.assets.run import run
from pipeline.assets.workspace import Workspace
from pipeline.events import Event
from pipeline.progress import Progress
from pipeline.settings import Settings


class RebuildError(RuntimeError):
    """The report could not be made anew. The message says why."""


@contextmanager
def rebuilt(settings: Settings, event: Event, progress: Progress) -> Iterator[Path]:
    """The folder of the event's report, made by everything that makes one; it stands while the block runs.

    Nothing of `settings` but the data and the limits is used, and no record of runs is kept. Raises
    RebuildError, and what a run raises where it cannot write.
    """
    with TemporaryDirectory(prefix="counterclaim-", ignore_cleanup_errors=True) as place:
        apart = replace(settings, reports=Path(place) / "reports", warehouse=Path(place) / "warehouse.duckdb")
        workspace = Workspace(apart, progress)
        with _no_record():
            outcome = run(workspace, event)
        if broken := [*filter(None, [outcome.error]), *outcome.failed_checks]:
            raise RebuildError(broken[0])
        yield workspace.report_folder(event.event_id)


@contextmanager
def _no_record() -> Iterator[None]:
    """No home of Dagster while the block runs: it would tell of a report that is nowhere."""
    home = os.environ.pop("DAGSTER_HOME", None)
    try:
        yield
    finally:
        if home is not None:
            os.environ["DAGSTER_HOME"] = home
