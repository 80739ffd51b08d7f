"""Go through claims and decide on them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.common import EXIT_DATA, EXIT_PIPELINE, PATH, WAREHOUSE, made, settings_of, stop

if TYPE_CHECKING:
    from pipeline.events import Event


@click.command()
@click.argument("event")
@click.option(
    "--reviewer",
    envvar="COUNTERCLAIM_REVIEWER",
    show_envvar=True,
    help="Your name, as the report prints it.  [default: asked for]",
)
@click.option("--again", is_flag=True, help="Show claims that were decided before, too.")
@click.option("--data", type=PATH, help="Event folders, or one event's folder.  [default: data]")
@WAREHOUSE
def review(
    event: str, reviewer: str | None, data: Path | None, warehouse: str | None, *, again: bool
) -> None:
    """Go through the claims of EVENT that matter most, and accept, reject or amend each.

    Claims that findings rest on come first, then those that extraction is less sure of. Decisions are written
    to reviews.csv in the event's folder, each at once, and `counterclaim run` applies them.
    """
    from rich.console import Console

    from pipeline.actors import actors
    from pipeline.review.decisions import one_line
    from pipeline.review.sheet import SheetError
    from pipeline.reviewing import TABLES, Task
    from pipeline.reviewing import review as walk
    from pipeline.warehouse import Warehouse, WarehouseError

    settings = settings_of(data=data, warehouse=warehouse)
    found = _event(event, settings.data)
    try:
        tables = Warehouse(made(settings.warehouse), read_only=True).read(found.event_id, *TABLES)
    except WarehouseError as error:
        stop(str(error), EXIT_PIPELINE)
    if tables["extracted"].is_empty():
        stop(f"no claims of {event} in {settings.warehouse}; run `counterclaim run {event}` first", EXIT_DATA)
    name = one_line(reviewer or _asked_name())
    if not name:
        stop("a decision has a name: give yours with --reviewer", EXIT_DATA)
    task = Task(found, actors(found), tables, name, date.today())
    try:
        walk(Console(), input, task, again=again)
    except SheetError as error:
        stop(f"{found.reviews} {error}; {error.remedy}", EXIT_DATA)
    except OSError as error:
        stop(f"{found.reviews} cannot be written: {error.strerror}", EXIT_PIPELINE)


def _event(event_id: str, data: Path) -> Event:
    from pipeline.events import EventError, discover

    try:
        events = discover(data)
    except EventError as error:
        stop(str(error), EXIT_DATA)
    found = next((one for one in events if one.event_id == event_id), None)
    if found is None:
        there = ", ".join(one.event_id for one in events)
        stop(f"no event {event_id} in {data}; there is: {there}", EXIT_DATA)
    return found


def _asked_name() -> str:
    click.echo("  your name, as the report prints it?")
    try:
        return input()
    except (EOFError, KeyboardInterrupt):
        return ""
