"""Verify a report."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from pipeline.cli.common import EXIT_DATA, EXIT_PIPELINE, PATH, settings_of, stop

if TYPE_CHECKING:
    from pipeline.events import Event
    from pipeline.manifest.comparing import Fault
    from pipeline.manifest.form import Manifest
    from pipeline.settings import Settings

_TOLD: Final = 100  # faults that are told one by one


@click.command()
@click.argument("report", type=PATH)
@click.option("--data", type=PATH, help="Where the event's files are.  [default: data, if they are there]")
@click.option("--rebuild", is_flag=True, help="Make the report anew beside, and compare every byte.")
def verify(report: Path, data: Path | None, *, rebuild: bool) -> None:
    """Check that REPORT, a folder of reports/, is as its manifest.json says.

    Every file of it must have the hash it was made with, by manifest.json and by SHA256SUMS; every number on
    its pages must go back to its claims; the event's files must be those it was made from. What made it in
    another version than is installed here is told as a note.

    With --rebuild the report is also made anew from the event's files, in a temporary folder, and every file
    must come out with the hash that the manifest gives.

    Exit status: 0 all is as recorded; 1 the manifest, the report or the event cannot be read, or the report
    cannot be made anew; 2 something does not hold.
    """
    from pipeline.manifest import comparing, making, reading
    from pipeline.manifest.form import ManifestError

    settings = settings_of(data=data)
    try:
        manifest, told = reading.read(report)
    except ManifestError as error:
        stop(f"{error}; {error.remedy}", EXIT_PIPELINE)
    event = _event(settings, manifest.event, needed=rebuild or data is not None)
    found = comparing.outputs(manifest, report)
    faults = _lines(report, [*found, *comparing.agreement(manifest, told, report)])
    faults += _numbers(report, found)
    notes = comparing.notes(manifest, settings.limits)
    if event:
        changed = _lines(event.root, comparing.inputs(manifest, event, settings.limits))
        faults += changed
        if rebuild and changed:
            notes.append("the report was not made anew: its inputs are no longer those it was made from")
        elif rebuild:
            faults += _lines(report, _anew(settings, manifest, event, notes))
    else:
        notes.append(f"inputs were not checked: there is no event {manifest.event} in {settings.data}")
    _tell(faults, [f"note: {one}" for one in notes])
    if faults:
        stop(f"{_counted(len(faults), 'thing')} not as recorded", EXIT_DATA)
    read = f" and {_counted(len(manifest.inputs), 'input')}" if event else ""
    files = f"{_counted(len(manifest.outputs), 'file')}{read}"
    click.echo(f"{files} as recorded; every number goes back to its claims")
    if rebuild:
        click.echo("made anew from the event's files, every file has the same bytes")
    click.echo(f"SHA-256 of SHA256SUMS: {making.seal(report)}")


def _event(settings: Settings, event_id: str, *, needed: bool) -> Event | None:
    """The event in the data folder, if it is there. Stops where it is `needed` and is not."""
    from pipeline.events import EventError, discover

    try:
        events = discover(settings.data)
    except EventError as error:
        if needed:
            stop(str(error), EXIT_PIPELINE)
        return None
    event = next((event for event in events if event.event_id == event_id), None)
    if event is None and needed:
        there = ", ".join(event.event_id for event in events)
        stop(f"no event {event_id} in {settings.data}; there is: {there}", EXIT_PIPELINE)
    return event


def _anew(settings: Settings, manifest: Manifest, event: Event, notes: Sequence[str]) -> list[Fault]:
    """Files of the report that come out otherwise. Stops where it cannot be made."""
    from rich.console import Console

    from pipeline.files import UnwritableError
    from pipeline.manifest import comparing
    from pipeline.rebuilding import RebuildError, rebuilt
    from pipeline.terminal import TerminalProgress
    from pipeline.warehouse import WarehouseError

    try:
        with rebuilt(settings, event, TerminalProgress(Console(stderr=True))) as folder:
            return comparing.anew(manifest, folder, notes)
    except (OSError, RebuildError, UnwritableError, WarehouseError) as error:
        stop(f"the report cannot be made anew: {error}", EXIT_PIPELINE)


def _lines(folder: Path, faults: Sequence[Fault]) -> list[str]:
    return [f"{folder / fault.path}: {fault.message}; {fault.remedy}" for fault in faults]


def _numbers(report: Path, found: Sequence[Fault]) -> list[str]:
    """A line for each number that goes back to no claim. Stops where a report as recorded cannot be read."""
    from pipeline.manifest import comparing
    from pipeline.verifying import VerifyError, unresolved

    if not comparing.can_be_read(found):
        return []
    try:
        return [
            f"{report / one.file}{f' {one.place}' if one.place else ''}: {one.number} goes back to no claim: "
            f"{one.text}; do not publish it, and make the report again with `counterclaim run`"
            for one in unresolved(report)
        ]
    except VerifyError as error:
        if not found:
            stop(str(error), EXIT_PIPELINE)
        return []


def _tell(faults: Sequence[str], notes: Sequence[str]) -> None:
    from pipeline.words import number, printable

    more = [f"… and {number(len(faults) - _TOLD)} more"] if len(faults) > _TOLD else []
    for line in (*faults[:_TOLD], *more, *notes):
        click.echo(printable(line))


def _counted(count: int, what: str) -> str:
    from pipeline.words import number

    return f"{number(count)} {what}{'' if count == 1 else 's'}"
