"""What commands share: where things are, and how they stop."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, NoReturn

import click

from pipeline.settings import Settings, from_environment
from pipeline.words import printable

EXIT_PIPELINE: Final = 1
EXIT_DATA: Final = 2
PATH: Final = click.Path(path_type=Path)
REPORT: Final = click.Path(path_type=Path, exists=True, file_okay=False)


def settings_of(**given: Path | None) -> Settings:
    """The settings of the environment, with the paths that options give. Stops where a limit is no number."""
    paths: dict[str, Any] = {name: path for name, path in given.items() if path is not None}
    try:
        return replace(from_environment(), **paths)
    except ValueError as error:
        stop(str(error), EXIT_DATA)


def stop(message: str, status: int) -> NoReturn:
    """End the command with a sentence on standard error."""
    click.echo(f"counterclaim: {printable(message)}", err=True)
    sys.exit(status)
