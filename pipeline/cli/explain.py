"""Lay one claim open."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli.common import EXIT_DATA, EXIT_PIPELINE, PATH, WAREHOUSE, made, settings_of, stop


@click.command()
@click.argument("claim_id")
@click.option("--data", type=PATH, help="Event folders.  [default: data]")
@WAREHOUSE
def explain(claim_id: str, data: Path | None, warehouse: str | None) -> None:
    """Lay a claim open: its sentence, every slot and the rule behind it, what it was compared with."""
    from pipeline.events import EventError, discover
    from pipeline.explaining import TABLES
    from pipeline.explaining import explain as lines
    from pipeline.extract.lexicon import load_lexicon
    from pipeline.warehouse import Warehouse, WarehouseError
    from pipeline.words import one_line

    settings = settings_of(data=data, warehouse=warehouse)
    found = Warehouse(made(settings.warehouse), read_only=True)
    try:
        events = discover(settings.data)
        tables = [found.read(event.event_id, *TABLES) for event in events]
    except EventError as error:
        stop(str(error), EXIT_DATA)
    except WarehouseError as error:
        stop(str(error), EXIT_PIPELINE)
    for event, own in zip(events, tables, strict=True):
        if claim_id in own["claims"].get_column("claim_id"):
            for line in lines(own, claim_id, load_lexicon(event).rules):
                click.echo(one_line(line))
            return
    stop(f"no claim {claim_id} in {settings.warehouse}; ids stand in tables/claims.csv", EXIT_DATA)
