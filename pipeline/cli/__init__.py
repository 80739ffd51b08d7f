"""The command line, a file each command. What a command needs it imports when it runs, so that `--help`
answers at once.
"""

from __future__ import annotations

import io
import sys
from typing import Final

import click

from pipeline import __version__
from pipeline.cli.add import add
from pipeline.cli.diff import diff
from pipeline.cli.explain import explain
from pipeline.cli.export import export
from pipeline.cli.extract import extract
from pipeline.cli.new import new
from pipeline.cli.record import record
from pipeline.cli.review import review
from pipeline.cli.run import run
from pipeline.cli.score import score
from pipeline.cli.verify import verify

EXIT_STATUS: Final = (
    "Exit status: 0 fine, 1 something failed, 2 a data check failed or there is nothing to do."
)


@click.group(epilog=EXIT_STATUS)
@click.version_option(__version__)
def main() -> None:
    """Every numeric claim in the news about an event: who said it, where, and what disagrees."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # one that is not of Unicode shows codes
            stream.reconfigure(errors="backslashreplace")


for _command in (run, new, add, extract, review, explain, record, export, diff, verify, score):
    if "Exit status" not in (_command.help or ""):
        _command.epilog = EXIT_STATUS
    main.add_command(_command)
