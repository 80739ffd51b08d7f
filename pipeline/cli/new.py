"""Start an event."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli.common import EXIT_DATA, EXIT_PIPELINE, PATH, settings_of, stop


@click.command()
@click.argument("event")
@click.option("--title", help="What the report is headed.  [default: EVENT in words]")
@click.option("--data", type=PATH, help="Event folders.  [default: data]")
def new(event: str, title: str | None, data: Path | None) -> None:
    """Start EVENT: make its folder with an event.toml that explains itself and a place for its articles.

    EVENT is the folder's name and the report's: small letters, digits and hyphens. Nothing that exists is
    changed. Articles can be added at once, before event.toml is edited.

    Exit status: 0 the folder was made, 1 it could not be written, 2 the name cannot be used or is taken.
    """
    from pipeline.events import EventError
    from pipeline.folders import ARTICLES, CONFIG
    from pipeline.starting import next_steps, start
    from pipeline.words import printable

    settings = settings_of(data=data)
    try:
        folder = start(settings.data, event, title)
    except EventError as error:
        stop(str(error), EXIT_DATA)
    except OSError as error:
        stop(f"cannot write to {settings.data}: {error.strerror or error}", EXIT_PIPELINE)
    add, run = next_steps(folder, data)
    for line in (
        f"made {folder}",
        f"  {CONFIG:<11} what the event is about; edit it now or later, every entry is explained there",
        f"  {ARTICLES + '/':<11} for saved pages and other article files",
        "",
        "next, put your pages into articles/, or let them be copied, or fetched by their addresses:",
        f"  {add}",
        "then make the report:",
        f"  {run}",
    ):
        click.echo(printable(line))
