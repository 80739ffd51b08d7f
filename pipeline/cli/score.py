"""Measure extraction on labels."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli.common import EXIT_DATA, PATH, stop


@click.command()
@click.argument("gold", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--data", type=PATH, help="Where the labelled articles are.  [default: beside GOLD]")
@click.option("--show", type=click.IntRange(min=0), default=0, help="Name up to N missed and N wrong facts.")
@click.option("--format", "layout", type=click.Choice(["table", "json"]), default="table", show_default=True)
def score(gold: Path, data: Path | None, show: int, layout: str) -> None:
    """Precision and recall of extraction on hand-made labels (JSON lines; see CONTRIBUTING.md)."""
    from pipeline import scorecard
    from pipeline.extraction import score_of
    from pipeline.labels import LabelError
    from pipeline.words import printable

    try:
        result, absent = score_of(gold, data)
    except LabelError as error:
        stop(str(error), EXIT_DATA)
    for name in absent:
        click.echo(f"{name!r} is labelled but not there; give its folder with --data", err=True)
    if not result.articles:
        stop("none of the labelled articles is there", EXIT_DATA)
    if layout == "json":
        click.echo(scorecard.as_json(result))
        return
    for line in scorecard.lines(result, show):
        click.echo(printable(line))
