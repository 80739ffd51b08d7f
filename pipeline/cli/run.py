"""Make reports: the whole graph, in this process.

That nothing is to be done is known before anything is imported or opened that only work needs.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.common import EXIT_DATA, EXIT_PIPELINE, PATH, WAREHOUSE, settings_of, stop
from pipeline.words import printable

if TYPE_CHECKING:
    from pipeline.settings import Settings
    from pipeline.standing import Mark
    from pipeline.workspace import Workspace


@click.command()
@click.argument("events", nargs=-1, metavar="[EVENT]...")
@click.option("--data", type=PATH, help="Event folders, one event's folder, or any article file or folder.")
@click.option("--reports", type=PATH, help="Where reports go.  [default: reports]")
@WAREHOUSE
@click.option("--full", is_flag=True, help="Read and extract everything again, changed or not.")
@click.option("--rebuild", is_flag=True, help="Set the DuckDB file aside, damaged or not, and make it anew.")
def run(
    events: tuple[str, ...],
    data: Path | None,
    reports: Path | None,
    warehouse: str | None,
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
    from pipeline import marks
    from pipeline.standing import stands

    settings = settings_of(data=data, reports=reports, warehouse=warehouse)
    found = _found(settings.data, events)
    made = {} if full or rebuild else marks.read(settings.warehouse)
    workspace, ended = None, set[int]()
    with ExitStack() as stack:
        for event_id, place in found.items():
            if (mark := made.get(event_id)) and stands(mark, settings, event_id, place):
                _say(event_id)
                ended.add(_nothing_to_do(mark, settings.reports / event_id))
                continue
            workspace = workspace or stack.enter_context(_held(settings, rebuild=rebuild))
            _say(event_id)
            ended.add(_run_event(workspace, event_id, place, full=full))
    # What failed is graver than what a check stopped.
    sys.exit(EXIT_PIPELINE if EXIT_PIPELINE in ended else max(ended))


def _found(data: Path, events: tuple[str, ...]) -> dict[str, Path]:
    """Where those of the `events` are that are asked for, all if none is."""
    from pipeline.folders import places

    found = places(data)
    if not found:
        from pipeline.events import EventError, discover

        try:
            discover(data)
        except EventError as error:
            stop(str(error), EXIT_DATA)
    if unknown := sorted(set(events) - set(found)):
        stop(f"no event {', '.join(unknown)} in {data}; there is: {', '.join(found)}", EXIT_DATA)
    return {event_id: place for event_id, place in found.items() if not events or event_id in events}


@contextmanager
def _held(settings: Settings, *, rebuild: bool) -> Iterator[Workspace]:
    """The workspace, its warehouse held for the `with` block."""
    from rich.console import Console

    from pipeline.files import UnwritableError
    from pipeline.terminal import TerminalProgress
    from pipeline.warehouse import WarehouseError
    from pipeline.workspace import Workspace

    workspace = Workspace(settings, TerminalProgress(Console()))
    try:
        if rebuild and (old := workspace.warehouse.rebuild()):
            _say(f"{settings.warehouse} is made anew; as it was it is kept as {old}")
        elif old := workspace.warehouse.renew():
            _say(f"{settings.warehouse} was written by another version; it is kept as {old}")
        with workspace.warehouse.opened():
            yield workspace
    except (WarehouseError, UnwritableError) as error:
        stop(str(error), EXIT_PIPELINE)


def _run_event(workspace: Workspace, event_id: str, place: Path, *, full: bool) -> int:
    from pipeline.warehouse import InUseError

    try:
        with workspace.warehouse.holding(event_id):
            return _made(workspace, event_id, place, full=full)
    except InUseError as error:  # another machine has it; perhaps not the other events
        _say(f"  failed: {error}")
        return EXIT_PIPELINE


def _made(workspace: Workspace, event_id: str, place: Path, *, full: bool) -> int:
    from pipeline.events import EventError
    from pipeline.standing import recorded, stands

    folder = workspace.report_folder(event_id)
    if full:
        workspace.warehouse.forget(event_id)
    # Another run may have made it by now, and a lake is not asked before it is held.
    elif (mark := recorded(workspace.warehouse, event_id)) and stands(
        mark, workspace.settings, event_id, place
    ):
        return _nothing_to_do(mark, folder)
    try:
        event = workspace.event(event_id)
    except EventError as error:
        _say(f"  failed: {error}")
        return EXIT_PIPELINE
    _import_graph()
    from rich.console import Console

    from pipeline.assets import run as graph
    from pipeline.terminal import summary

    stood = folder.stat().st_ino if folder.is_dir() else None
    outcome = graph.run(workspace, event)
    _tell("failed", [outcome.error] if outcome.error else [])
    _tell("check failed", outcome.failed_checks)
    _tell("warning", outcome.warnings)
    if (outcome.error or outcome.failed_checks) and folder.is_dir() and folder.stat().st_ino == stood:
        _say(f"  the report in {folder} is as it was")
    if outcome.error:
        return EXIT_PIPELINE
    if outcome.failed_checks:
        return EXIT_DATA
    names = ("runs", "evidence", "findings", "problems")
    summary(Console(), workspace.warehouse.read(event_id, *names), folder)
    return 0


@cache
def _import_graph() -> None:
    """Import what work needs. None of it is ever garbage: to look for some takes a fifth of a short run."""
    gc.disable()
    import_module("pipeline.assets.run")
    gc.freeze()
    gc.enable()


def _nothing_to_do(mark: Mark, folder: Path) -> int:
    _tell("warning", mark.warnings)
    _say(f"  nothing changed since the last run: {folder / 'report.pdf'}")
    return 0


def _tell(kind: str, told: Iterable[str]) -> None:
    for one in told:
        for line in f"{kind}: {one}".splitlines():
            _say(f"  {line}")


def _say(text: str) -> None:
    click.echo(printable(text))
