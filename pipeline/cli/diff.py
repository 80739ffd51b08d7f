"""Compare two reports."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli.common import EXIT_DATA, REPORT, stop


@click.command()
@click.argument("old", type=REPORT)
@click.argument("new", type=REPORT)
@click.option(
    "--format", "layout", type=click.Choice(["markdown", "json"]), default="markdown", show_default=True
)
def diff(old: Path, new: Path, layout: str) -> None:
    """Print what is new, changed or gone between two reports: OLD and NEW are folders of reports/."""
    from pipeline.diffing import DiffError, as_json, as_markdown, difference

    try:
        found = difference(old, new)
    except DiffError as error:
        stop(str(error), EXIT_DATA)
    click.echo(as_json(found) if layout == "json" else "\n".join(as_markdown(found)))
