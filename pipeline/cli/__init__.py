"""The command line, a file each command. What a command needs it imports when it runs, so that `--help`
answers at once.
"""

from __future__ import annotations

import click

from pipeline import __version__
from pipeline.cli.add import add
from pipeline.cli.diff import diff
from pipeline.cli.explain import explain
from pipeline.cli.extract import extract
from pipeline.cli.record import record
from pipeline.cli.run import run
from pipeline.cli.score import score
from pipeline.cli.verify import verify


@click.group(
    epilog="Exit status: 0 fine, 1 something failed, 2 a data check failed or there is nothing to do."
)
@click.version_option(__version__)
def main() -> None:
    """Every numeric claim in the news about an event: who said it, where, and what disagrees."""


for _command in (run, add, extract, explain, record, diff, verify, score):
    main.add_command(_command)
