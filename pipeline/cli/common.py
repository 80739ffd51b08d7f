"""What commands share: where things are, and how they stop."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, NoReturn

import click

from pipeline.settings import Settings, from_environment, warehouse_at
from pipeline.whereabouts import Lake
from pipeline.words import printable

EXIT_PIPELINE: Final = 1
EXIT_DATA: Final = 2
PATH: Final = click.Path(path_type=Path)
REPORT: Final = click.Path(path_type=Path, exists=True, file_okay=False)
# Not checked to be a path: it may be a lake.
WAREHOUSE: Final = click.option(
    "--warehouse",
    metavar="PLACE",
    help="The DuckDB file, or ducklake:postgres:host=… dbname=….  [default: .counterclaim/warehouse.duckdb]",
)


def settings_of(*, warehouse: str | None = None, **given: Path | None) -> Settings:
    """The settings of the environment, with the places that options give. Stops where one of them is none, or
    a limit is no number.
    """
    places: dict[str, Any] = {name: path for name, path in given.items() if path is not None}
    try:
        if warehouse:
            places["warehouse"] = warehouse_at(warehouse)
        return replace(from_environment(), **places)
    except ValueError as error:
        stop(str(error), EXIT_DATA)


def made(place: Path | Lake) -> Path | Lake:
    """The warehouse that was made at `place`. Stops where there is no file."""
    if isinstance(place, Path) and not place.is_file():
        stop(f"{place} does not exist; make it with `counterclaim run`", EXIT_DATA)
    return place


def stop(message: str, status: int) -> NoReturn:
    """End the command with a sentence on standard error."""
    click.echo(f"counterclaim: {printable(message)}", err=True)
    sys.exit(status)
