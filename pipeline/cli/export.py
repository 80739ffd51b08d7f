"""Write tables for other engines."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli.common import EXIT_DATA, EXIT_PIPELINE, PATH, WAREHOUSE, made, settings_of, stop


@click.command()
@click.argument("events", nargs=-1, metavar="[EVENT]...")
@click.option("--partitioned", "folder", required=True, type=PATH, metavar="FOLDER", help="Where they go.")
@WAREHOUSE
def export(events: tuple[str, ...], folder: Path, warehouse: str | None) -> None:
    """Write the tables of each EVENT, or of all, as Parquet for DuckDB, polars, Spark and other engines.

    A file an event and table, FOLDER/claims/event_id=riverton-2023/part-0.parquet. An export that is there is
    replaced once the new one is whole; if events are named, those of the others stay.
    """
    from pipeline.files import UnwritableError
    from pipeline.partitioned import OccupiedError, write
    from pipeline.schema import TABLES
    from pipeline.warehouse import Warehouse, WarehouseError

    settings = settings_of(warehouse=warehouse)
    found = Warehouse(made(settings.warehouse), read_only=True)
    try:
        with found.opened():
            there = found.events()
            if unknown := sorted(set(events) - set(there)):
                told = f"no event {', '.join(unknown)} in {settings.warehouse}"
                stop(f"{told}; there is: {', '.join(there) or 'none'}", EXIT_DATA)
            wanted = [event_id for event_id in there if not events or event_id in events]
            if not wanted:
                stop(f"no events in {settings.warehouse}; run `counterclaim run` first", EXIT_DATA)
            write(folder, wanted, lambda event_id: found.read(event_id, *TABLES), whole=not events)
    except OccupiedError as error:
        stop(str(error), EXIT_DATA)
    except (WarehouseError, UnwritableError) as error:
        stop(str(error), EXIT_PIPELINE)
    click.echo(f"{folder}: {len(TABLES)} tables of {', '.join(wanted)}")
