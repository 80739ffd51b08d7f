"""The command line. Each command imports what it needs when it runs, so that `--help` answers at once."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from pipeline import __version__
from pipeline.settings import Settings, from_environment

if TYPE_CHECKING:
    from rich.console import Console

    from pipeline.assets.workspace import Workspace

EXIT_PIPELINE, EXIT_DATA = 1, 2
_PATH = click.Path(path_type=Path)


@click.group(
    epilog="Exit status: 0 fine, 1 something failed, 2 a data check failed or there is nothing to do."
)
@click.version_option(__version__)
def main() -> None:
    """Every numeric claim in the news about an event: who said it, where, and what disagrees."""


@main.command()
@click.argument("events", nargs=-1, metavar="[EVENT]...")
@click.option("--data", type=_PATH, help="Event folders, one event's folder, or any article file or folder.")
@click.option("--reports", type=_PATH, help="Where reports go.  [default: reports]")
@click.option("--warehouse", type=_PATH, help="The DuckDB file.  [default: .counterclaim/warehouse.duckdb]")
def run(events: tuple[str, ...], data: Path | None, reports: Path | None, warehouse: Path | None) -> None:
    """Make the report of each EVENT, or of every event in the data folder."""
    from rich.console import Console

    from pipeline.assets.workspace import Workspace
    from pipeline.events import EventError, discover
    from pipeline.terminal import TerminalProgress, say
    from pipeline.warehouse import WarehouseError

    settings = _settings(data=data, reports=reports, warehouse=warehouse)
    try:
        found = [event.event_id for event in discover(settings.data)]
    except EventError as error:
        _stop(str(error), EXIT_DATA)
    if unknown := sorted(set(events) - set(found)):
        _stop(f"no event {', '.join(unknown)} in {settings.data}; there is: {', '.join(found)}", EXIT_DATA)
    console = Console()
    workspace = Workspace(settings, TerminalProgress(console))
    try:
        if old := workspace.warehouse.renew():
            say(console, f"{settings.warehouse} was written by another version; it is kept as {old}")
    except WarehouseError as error:
        _stop(str(error), EXIT_PIPELINE)
    status = max(
        _run_event(console, workspace, event_id) for event_id in found if not events or event_id in events
    )
    sys.exit(status)


def _run_event(console: Console, workspace: Workspace, event_id: str) -> int:
    from pipeline.assets import run as graph
    from pipeline.terminal import say, summary

    say(console, event_id)
    outcome = graph.run(workspace, event_id)
    if outcome.error:
        say(console, f"  failed: {outcome.error}")
        return EXIT_PIPELINE
    for failure in outcome.failed_checks:
        say(console, f"  check failed: {failure}")
    if outcome.failed_checks:
        return EXIT_DATA
    names = ("articles", "claims", "rejected", "evidence", "findings", "problems")
    summary(console, workspace.warehouse.read(event_id, *names), workspace.report_folder(event_id))
    return 0


@main.command()
@click.argument("event")
@click.argument("sources", nargs=-1, metavar="[URL|FILE|FEED|LIST]...")
@click.option("--claims", multiple=True, type=_PATH, help="A CSV table of figures that people have coded.")
@click.option("--data", type=_PATH, help="Event folders.  [default: data]")
@click.option(
    "--delay", type=click.FloatRange(min=1), help="Seconds between requests to a host.  [default: 1]"
)
def add(
    event: str, sources: tuple[str, ...], claims: tuple[Path, ...], data: Path | None, delay: float | None
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
        _stop("nothing to add: give an address, a file or --claims", EXIT_DATA)
    settings, console = _settings(data=data), Console()

    def tell(outcome: Outcome) -> None:
        if outcome.failure:
            say(console, f"  failed: {outcome.given}: {outcome.failure.message}; {outcome.failure.remedy}")
        elif not console.is_terminal:
            say(console, f"  {outcome.kept}: {outcome.given}")

    try:
        folder = event_folder(settings.data, event)
    except EventError as error:
        _stop(str(error), EXIT_DATA)
    job = adding(folder, settings, delay, TerminalProgress(console), tell)
    try:
        job.add(sources, claims)
    except KeyboardInterrupt:
        say(console, "  stopped; what was added stays, and failed.txt names the rest")
        sys.exit(EXIT_PIPELINE)
    except OSError as error:
        _stop(f"cannot write to {folder}: {error.strerror or error}", EXIT_PIPELINE)
    failed = sum(outcome.failure is not None for outcome in job.outcomes)
    say(console, f"  {len(job.outcomes) - failed} added to {folder}, {failed} failed")
    sys.exit(EXIT_PIPELINE if failed else 0)


@main.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option(
    "--format", "layout", type=click.Choice(["jsonl", "csv", "table"]), default="jsonl", show_default=True
)
@click.option("--rejected", is_flag=True, help="Print the numbers that are no claims instead, with reasons.")
def extract(paths: tuple[Path, ...], layout: str, *, rejected: bool) -> None:
    """Print the claims of article files or folders, without a warehouse: one line a claim.

    Saved pages, web archives, feeds, JSON lines, text and Markdown are read; so are tables of coded figures.
    """
    from pipeline.extraction import FORMATS, extract_from

    claims, left, problems = extract_from(paths, _settings().limits)
    for chunk in FORMATS[layout](left if rejected else claims):
        click.echo(chunk)
    for row in problems.iter_rows(named=True):
        click.echo(f"{row['path']!r}: {row['message']}; {row['remedy']}", err=True)
    if claims.is_empty() and left.is_empty() and "error" in problems["severity"]:
        sys.exit(EXIT_PIPELINE)


@main.command()
@click.argument("claim_id")
@click.option("--data", type=_PATH, help="Event folders.  [default: data]")
@click.option("--warehouse", type=_PATH, help="The DuckDB file.  [default: .counterclaim/warehouse.duckdb]")
def explain(claim_id: str, data: Path | None, warehouse: Path | None) -> None:
    """Lay a claim open: its sentence, every slot and the rule behind it, what it was compared with."""
    from pipeline.events import EventError, discover
    from pipeline.explaining import TABLES
    from pipeline.explaining import explain as lines
    from pipeline.extract.lexicon import load_lexicon
    from pipeline.warehouse import Warehouse, WarehouseError
    from pipeline.words import printable

    settings = _settings(data=data, warehouse=warehouse)
    if not settings.warehouse.is_file():
        _stop(f"{settings.warehouse} does not exist; make it with `counterclaim run`", EXIT_DATA)
    try:
        events = discover(settings.data)
        tables = [Warehouse(settings.warehouse).read(event.event_id, *TABLES) for event in events]
    except EventError as error:
        _stop(str(error), EXIT_DATA)
    except WarehouseError as error:
        _stop(str(error), EXIT_PIPELINE)
    for event, own in zip(events, tables, strict=True):
        if claim_id in own["claims"].get_column("claim_id"):
            for line in lines(own, claim_id, load_lexicon(event).rules):
                click.echo(printable(line))
            return
    _stop(f"no claim {claim_id} in {settings.warehouse}; ids stand in tables/claims.csv", EXIT_DATA)


@main.command()
@click.argument("event")
@click.option("--on", "day", required=True, type=click.DateTime(["%Y-%m-%d"]), help="The day: YYYY-MM-DD.")
@click.option("--metric", help="Only this metric: killed, injured, detained …")
@click.option("--warehouse", type=_PATH, help="The DuckDB file.  [default: .counterclaim/warehouse.duckdb]")
def record(event: str, day: datetime, metric: str | None, warehouse: Path | None) -> None:
    """What was on record on a day: every figure that had been printed and not yet replaced or withdrawn."""
    from pipeline.recording import TABLES, lines
    from pipeline.warehouse import Warehouse, WarehouseError
    from pipeline.words import printable

    settings = _settings(warehouse=warehouse)
    if not settings.warehouse.is_file():
        _stop(f"{settings.warehouse} does not exist; make it with `counterclaim run`", EXIT_DATA)
    try:
        tables = Warehouse(settings.warehouse).read(event, *TABLES)
    except WarehouseError as error:
        _stop(str(error), EXIT_PIPELINE)
    if tables["claims"].is_empty():
        _stop(f"no event {event} in {settings.warehouse}; events are the folders of data/", EXIT_DATA)
    for line in lines(tables, day.date(), metric):
        click.echo(printable(line))


@main.command()
@click.argument("old", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.argument("new", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option(
    "--format", "layout", type=click.Choice(["markdown", "json"]), default="markdown", show_default=True
)
def diff(old: Path, new: Path, layout: str) -> None:
    """Print what is new, changed or gone between two reports: OLD and NEW are folders of reports/."""
    from pipeline.diffing import DiffError, as_json, as_markdown, difference

    try:
        found = difference(old, new)
    except DiffError as error:
        _stop(str(error), EXIT_DATA)
    click.echo(as_json(found) if layout == "json" else "\n".join(as_markdown(found)))


@main.command()
@click.argument("report", type=click.Path(path_type=Path, exists=True, file_okay=False))
def verify(report: Path) -> None:
    """Check that every number a report prints goes back to its claims: REPORT is a folder of reports/."""
    from pipeline.verifying import VerifyError, unresolved
    from pipeline.words import printable

    try:
        found = unresolved(report)
    except VerifyError as error:
        _stop(str(error), EXIT_DATA)
    for one in found:
        place = f" {one.place}" if one.place else ""
        click.echo(printable(f"{one.file}{place}: {one.number} goes back to no claim: {one.text}"))
    if found:
        _stop(
            f"{len(found)} numbers do not resolve; make the report again with `counterclaim run`", EXIT_DATA
        )
    click.echo("every number resolves")


@main.command()
@click.argument("gold", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--data", type=_PATH, help="Where the labelled articles are.  [default: beside GOLD]")
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
        _stop(str(error), EXIT_DATA)
    for name in absent:
        click.echo(f"{name!r} is labelled but not there; give its folder with --data", err=True)
    if not result.articles:
        _stop("none of the labelled articles is there", EXIT_DATA)
    if layout == "json":
        click.echo(scorecard.as_json(result))
        return
    for line in scorecard.lines(result, show):
        click.echo(printable(line))


def _settings(**given: Path | None) -> Settings:
    paths: dict[str, Any] = {name: path for name, path in given.items() if path is not None}
    try:
        return replace(from_environment(), **paths)
    except ValueError as error:
        _stop(str(error), EXIT_DATA)


def _stop(message: str, status: int) -> NoReturn:
    click.echo(f"counterclaim: {message}", err=True)
    sys.exit(status)
