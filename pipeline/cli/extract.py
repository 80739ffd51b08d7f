"""Print claims of files."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from pipeline.cli.common import EXIT_DATA, EXIT_PIPELINE, settings_of, stop


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option(
    "--format", "layout", type=click.Choice(["jsonl", "csv", "table"]), default="jsonl", show_default=True
)
@click.option("--rejected", is_flag=True, help="Print the numbers that are no claims instead, with reasons.")
def extract(paths: tuple[Path, ...], layout: str, *, rejected: bool) -> None:
    """Print the claims of article files or folders, without a warehouse: one line a claim.

    Saved pages, web archives, feeds, JSON lines, text and Markdown are read; so are tables of coded figures.
    """
    from pipeline.events import EventError
    from pipeline.extraction import FORMATS, extract_from
    from pipeline.words import printable

    try:
        claims, left, problems = extract_from(paths, settings_of().limits)
    except EventError as error:
        stop(str(error), EXIT_DATA)
    for chunk in FORMATS[layout](left if rejected else claims):
        click.echo(chunk)
    for row in problems.iter_rows(named=True):
        click.echo(printable(f"{row['path']}: {row['message']}; {row['remedy']}"), err=True)
    if claims.is_empty() and left.is_empty() and "error" in problems["severity"]:
        sys.exit(EXIT_PIPELINE)
