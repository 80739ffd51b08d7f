"""The command line. Each command imports what it needs when it runs, so that `--help` answers at once."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from pipeline import __version__
from pipeline.settings import from_environment

if TYPE_CHECKING:
    from rich.console import Console

    from pipeline.assets.workspace import Workspace

EXIT_PIPELINE, EXIT_DATA = 1, 2
_PATH = click.Path(path_type=Path)


@click.group(
    epilog="Exit status: 0 fine, 1 something failed, 2 a data check failed or there is nothing to do."
)
@click.version_option(__version__)
def main() -> None:
    """Every numeric claim in the news about an event: who said it, where, and what disagrees."""


@main.command()
@click.argument("events", nargs=-1, metavar="[EVENT]...")
@click.option("--data", type=_PATH, help="Event folders, one event's folder, or any article file or folder.")
@click.option("--reports", type=_PATH, help="Where reports go.  [default: reports]")
@click.option("--warehouse", type=_PATH, help="The DuckDB file.  [default: .counterclaim/warehouse.duckdb]")
def run(events: tuple[str, ...], data: Path | None, reports: Path | None, warehouse: Path | None) -> None:
    """Make the report of each EVENT, or of every event in the data folder."""
    from rich.console import Console

    from pipeline.assets.workspace import Workspace
    from pipeline.events import EventError, discover
    from pipeline.terminal import TerminalProgress, say
    from pipeline.warehouse import WarehouseError

    given = {"data": data, "reports": reports, "warehouse": warehouse}
    settings = replace(from_environment(), **{name: path for name, path in given.items() if path is not None})
    try:
        found = [event.event_id for event in discover(settings.data)]
    except EventError as error:
        _stop(str(error), EXIT_DATA)
    if unknown := sorted(set(events) - set(found)):
        _stop(f"no event {', '.join(unknown)} in {settings.data}; there is: {', '.join(found)}", EXIT_DATA)
    console = Console()
    workspace = Workspace(settings, TerminalProgress(console))
    try:
        if old := workspace.warehouse.renew():
            say(console, f"{settings.warehouse} was written by another version; it is kept as {old}")
    except WarehouseError as error:
        _stop(str(error), EXIT_PIPELINE)
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


@main.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option(
    "--format", "layout", type=click.Choice(["jsonl", "csv", "table"]), default="jsonl", show_default=True
)
def extract(paths: tuple[Path, ...], layout: str) -> None:
    """Print the claims of article files or folders, without a warehouse: one line a claim."""
    from pipeline.extraction import FORMATS, claims_of

    claims, problems = claims_of(paths)
    for chunk in FORMATS[layout](claims):
        click.echo(chunk)
    for row in problems.iter_rows(named=True):
        click.echo(f"{row['path']!r}: {row['message']}; {row['remedy']}", err=True)


def _stop(message: str, status: int) -> NoReturn:
    click.echo(f"counterclaim: {message}", err=True)
    sys.exit(status)
