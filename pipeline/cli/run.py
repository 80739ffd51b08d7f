"""Make reports: the whole graph, in this process."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.common import EXIT_DATA, EXIT_PIPELINE, PATH, settings_of, stop

if TYPE_CHECKING:
    from rich.console import Console

    from pipeline.assets.workspace import Workspace


@click.command()
@click.argument("events", nargs=-1, metavar="[EVENT]...")
@click.option("--data", type=PATH, help="Event folders, one event's folder, or any article file or folder.")
@click.option("--reports", type=PATH, help="Where reports go.  [default: reports]")
@click.option("--warehouse", type=PATH, help="The DuckDB file.  [default: .counterclaim/warehouse.duckdb]")
def run(events: tuple[str, ...], data: Path | None, reports: Path | None, warehouse: Path | None) -> None:
    """Make the report of each EVENT, or of every event in the data folder."""
    from rich.console import Console

    from pipeline.assets.workspace import Workspace
    from pipeline.events import EventError, discover
    from pipeline.terminal import TerminalProgress, say
    from pipeline.warehouse import WarehouseError

    settings = settings_of(data=data, reports=reports, warehouse=warehouse)
    try:
        found = [event.event_id for event in discover(settings.data)]
    except EventError as error:
        stop(str(error), EXIT_DATA)
    if unknown := sorted(set(events) - set(found)):
        stop(f"no event {', '.join(unknown)} in {settings.data}; there is: {', '.join(found)}", EXIT_DATA)
    console = Console()
    workspace = Workspace(settings, TerminalProgress(console))
    try:
        if old := workspace.warehouse.renew():
            say(console, f"{settings.warehouse} was written by another version; it is kept as {old}")
    except WarehouseError as error:
        stop(str(error), EXIT_PIPELINE)
    status = max(
        _run_event(console, workspace, event_id) for event_id in found if not events or event_id in events
    )
    sys.exit(status)


def _run_event(console: Console, workspace: Workspace, event_id: str) -> int:
    from pipeline.assets import run as graph
    from pipeline.terminal import say, summary

    say(console, event_id)
    outcome = graph.run(workspace, event_id)
    if outcome.error:
        say(console, f"  failed: {outcome.error}")
        return EXIT_PIPELINE
    for failure in outcome.failed_checks:
        say(console, f"  check failed: {failure}")
    if outcome.failed_checks:
        return EXIT_DATA
    names = ("articles", "claims", "rejected", "evidence", "findings", "problems")
    summary(console, workspace.warehouse.read(event_id, *names), workspace.report_folder(event_id))
    return 0
