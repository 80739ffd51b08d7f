"""Make reports: the whole graph, in this process."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.common import EXIT_DATA, EXIT_PIPELINE, PATH, settings_of, stop

if TYPE_CHECKING:
    from rich.console import Console

    from pipeline.assets.run import Outcome
    from pipeline.assets.workspace import Workspace


@click.command()
@click.argument("events", nargs=-1, metavar="[EVENT]...")
@click.option("--data", type=PATH, help="Event folders, one event's folder, or any article file or folder.")
@click.option("--reports", type=PATH, help="Where reports go.  [default: reports]")
@click.option("--warehouse", type=PATH, help="The DuckDB file.  [default: .counterclaim/warehouse.duckdb]")
@click.option("--full", is_flag=True, help="Read and extract everything again, changed or not.")
@click.option("--rebuild", is_flag=True, help="Set the DuckDB file aside, damaged or not, and make it anew.")
def run(
    events: tuple[str, ...],
    data: Path | None,
    reports: Path | None,
    warehouse: Path | None,
    *,
    full: bool,
    rebuild: bool,
) -> None:
    """Make the report of each EVENT, or of every event in the data folder.

    What did not change is not done again: an article is read and extracted anew if its file changed, the rest
    if what it is made from did. A run that was cut short is gone on with by the next. A report is replaced
    once the new one is whole.

    Exit status: 0 fine, perhaps with warnings; 1 something failed; 2 a data check failed, or there is nothing
    to do.
    """
    from rich.console import Console

    from pipeline.assets.workspace import Workspace
    from pipeline.events import EventError, discover
    from pipeline.files import UnwritableError
    from pipeline.terminal import TerminalProgress, say
    from pipeline.warehouse import WarehouseError

    settings = settings_of(data=data, reports=reports, warehouse=warehouse)
    try:
        found = {event.event_id: event for event in discover(settings.data)}
    except EventError as error:
        stop(str(error), EXIT_DATA)
    if unknown := sorted(set(events) - set(found)):
        stop(f"no event {', '.join(unknown)} in {settings.data}; there is: {', '.join(found)}", EXIT_DATA)
    console = Console()
    workspace = Workspace(settings, TerminalProgress(console))
    wanted = [event_id for event_id in found if not events or event_id in events]
    for event_id in wanted:
        workspace.know(found[event_id])
    try:
        if rebuild and (old := workspace.warehouse.rebuild()):
            say(console, f"{settings.warehouse} is made anew; as it was it is kept as {old}")
        elif old := workspace.warehouse.renew():
            say(console, f"{settings.warehouse} was written by another version; it is kept as {old}")
        with workspace.warehouse.opened():
            ended = {_run_event(console, workspace, event_id, full=full) for event_id in wanted}
    except (WarehouseError, UnwritableError) as error:
        stop(str(error), EXIT_PIPELINE)
    # What failed is graver than what a check stopped.
    sys.exit(EXIT_PIPELINE if EXIT_PIPELINE in ended else max(ended))


def _run_event(console: Console, workspace: Workspace, event_id: str, *, full: bool) -> int:
    from pipeline.assets import run as graph
    from pipeline.events import EventError
    from pipeline.terminal import say, summary

    say(console, event_id)
    try:
        event = workspace.found_again(event_id)
    except EventError as error:
        say(console, f"  failed: {error}")
        return EXIT_PIPELINE
    folder = workspace.report_folder(event_id)
    if full:
        workspace.warehouse.forget(event_id)
    stood = folder.stat().st_ino if folder.is_dir() else None
    if before := graph.standing(workspace, event):
        workspace.publication(event_id).discard()
    outcome = before or graph.run(workspace, event)
    _tell(console, outcome)
    if (outcome.error or outcome.failed_checks) and folder.is_dir() and folder.stat().st_ino == stood:
        say(console, f"  the report in {folder} is as it was")
    if outcome.error:
        return EXIT_PIPELINE
    if outcome.failed_checks:
        return EXIT_DATA
    if before:
        say(console, f"  nothing changed since the last run: {folder / 'report.pdf'}")
        return 0
    names = ("runs", "evidence", "findings", "problems")
    summary(console, workspace.warehouse.read(event_id, *names), folder)
    return 0


def _tell(console: Console, outcome: Outcome) -> None:
    from pipeline.terminal import say

    told = [("check failed", one) for one in outcome.failed_checks]
    told += [("warning", one) for one in outcome.warnings]
    if outcome.error:
        told.insert(0, ("failed", outcome.error))
    for kind, one in told:
        for line in f"{kind}: {one}".splitlines():
            say(console, f"  {line}")
