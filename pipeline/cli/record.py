"""Tell what was on record on a day."""

from __future__ import annotations

from datetime import datetime

import click

from pipeline.cli.common import EXIT_DATA, EXIT_PIPELINE, WAREHOUSE, made, settings_of, stop


@click.command()
@click.argument("event")
@click.option("--on", "day", required=True, type=click.DateTime(["%Y-%m-%d"]), help="The day: YYYY-MM-DD.")
@click.option("--metric", help="Only this metric: killed, injured, detained …")
@WAREHOUSE
def record(event: str, day: datetime, metric: str | None, warehouse: str | None) -> None:
    """What was on record on a day: every figure that had been printed and not yet replaced or withdrawn."""
    from pipeline.recording import TABLES, lines
    from pipeline.warehouse import Warehouse, WarehouseError
    from pipeline.words import one_line

    settings = settings_of(warehouse=warehouse)
    try:
        tables = Warehouse(made(settings.warehouse), read_only=True).read(event, *TABLES)
    except WarehouseError as error:
        stop(str(error), EXIT_PIPELINE)
    if tables["claims"].is_empty():
        stop(f"no event {event} in {settings.warehouse}; events are the folders of data/", EXIT_DATA)
    for line in lines(tables, day.date(), metric):
        click.echo(one_line(line))
