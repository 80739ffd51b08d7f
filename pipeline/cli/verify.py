"""Verify a report."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli.common import EXIT_DATA, REPORT, stop


@click.command()
@click.argument("report", type=REPORT)
def verify(report: Path) -> None:
    """Check that every number a report prints goes back to its claims: REPORT is a folder of reports/."""
    from pipeline.verifying import VerifyError, unresolved
    from pipeline.words import printable

    try:
        found = unresolved(report)
    except VerifyError as error:
        stop(str(error), EXIT_DATA)
    for one in found:
        place = f" {one.place}" if one.place else ""
        click.echo(printable(f"{one.file}{place}: {one.number} goes back to no claim: {one.text}"))
    if found:
        stop(f"{len(found)} numbers do not resolve; make the report again with `counterclaim run`", EXIT_DATA)
    click.echo("every number resolves")
