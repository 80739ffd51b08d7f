"""Add articles to an event."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from pipeline.cli.common import EXIT_DATA, EXIT_PIPELINE, PATH, settings_of, stop


@click.command()
@click.argument("event")
@click.argument("sources", nargs=-1, metavar="[URL|FILE|FEED|LIST]...")
@click.option("--claims", multiple=True, type=PATH, help="A CSV table of figures that people have coded.")
@click.option("--new", "only_new", is_flag=True, help="Do not fetch pages again that are kept already.")
@click.option("--data", type=PATH, help="Event folders.  [default: data]")
@click.option(
    "--delay", type=click.FloatRange(min=1), help="Seconds between requests to a host.  [default: 1]"
)
def add(
    event: str,
    sources: tuple[str, ...],
    claims: tuple[Path, ...],
    data: Path | None,
    delay: float | None,
    *,
    only_new: bool,
) -> None:
    """Add articles to EVENT, which need not exist yet: the only command that uses the network.

    Give addresses of pages; addresses of RSS or Atom feeds, whose entries' pages are fetched; text files of
    addresses, one a line, where # begins a comment; article files, web archives and folders of them, which
    are copied.

    Pages are kept as they were sent, as WARC in data/EVENT/articles/; adding an address again keeps another
    version. Feeds, the robots.txt of each host and failed answers are kept in data/EVENT/fetched/, tables of
    coded figures in data/EVENT/coded/. Addresses that failed stand in data/EVENT/failed.txt: add that file to
    try them again.

    robots.txt is heeded, a host is asked once a second at most, and failures that may pass are tried again.
    Only public addresses are fetched, on ports 80 and 443. Limits of size and time are environment variables
    (COUNTERCLAIM_FETCH_…), which messages name.

    Exit status: 0 all was added, 1 some of it failed, 2 there is nothing to do.
    """
    from rich.console import Console

    from pipeline.events import EventError
    from pipeline.fetch.adding import Outcome, adding, event_folder
    from pipeline.terminal import TerminalProgress, say

    if not sources and not claims:
        stop("nothing to add: give an address, a file or --claims", EXIT_DATA)
    settings, console = settings_of(data=data), Console()

    def tell(outcome: Outcome) -> None:
        if outcome.failure:
            say(console, f"  failed: {outcome.given}: {outcome.failure.message}; {outcome.failure.remedy}")
        elif not console.is_terminal:
            say(console, f"  {outcome.kept}: {outcome.given}")

    try:
        folder = event_folder(settings.data, event)
    except EventError as error:
        stop(str(error), EXIT_DATA)
    job = adding(folder, settings, delay, TerminalProgress(console), tell, only_new=only_new)
    try:
        job.add(sources, claims)
    except KeyboardInterrupt:
        say(console, "  stopped; what was added stays, and failed.txt names the rest")
        sys.exit(EXIT_PIPELINE)
    except OSError as error:
        stop(f"cannot write to {folder}: {error.strerror or error}", EXIT_PIPELINE)
    failed = sum(outcome.failure is not None for outcome in job.outcomes)
    say(console, f"  {len(job.outcomes) - failed} added to {folder}, {failed} failed")
    sys.exit(EXIT_PIPELINE if failed else 0)
