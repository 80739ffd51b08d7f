"""What every stage of a run works with: where things are, how to show progress, and its event."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from pipeline.events import Event, EventError, at
from pipeline.folders import places
from pipeline.progress import Progress
from pipeline.publishing import Publication
from pipeline.settings import Settings
from pipeline.warehouse import Warehouse
from pipeline.watching import look, signature


@dataclass(frozen=True, slots=True)
class Workspace:
    """The settings of one installation with what assets need of them. `known` are events as this run found
    them: looking for a hundred thousand files takes seconds, and every asset asks. `looks` are hashes of
    their folders from before they were found, `seen` of the files that were found (pipeline/watching.py).
    `recorded`: whether Dagster keeps what assets tell of themselves, so that small pictures are worth making.
    """

    settings: Settings
    progress: Progress
    known: dict[str, Event] = field(default_factory=dict)
    looks: dict[str, str] = field(default_factory=dict)
    seen: dict[str, str] = field(default_factory=dict)
    recorded: bool = True

    @property
    def warehouse(self) -> Warehouse:
        """The tables."""
        return Warehouse(self.settings.warehouse)

    def event(self, event_id: str) -> Event:
        """The event of a partition. Raises EventError if its folder is gone."""
        if event_id not in self.known:
            place = places(self.settings.data).get(event_id)
            if place is None:
                raise EventError(
                    f"no event {event_id!r} in {self.settings.data}: if its folder was removed or renamed "
                    f"meanwhile, run again"
                )
            # A file that comes after the look may be read, and is looked at by the next run.
            before = look(place)
            self.know(at(place), before)
        return self.known[event_id]

    def know(self, event: Event, before: str = "") -> None:
        """Let the run work on the event as it was found. Without the look from `before` that, its report is
        looked over by the next run.
        """
        self.known[event.event_id], self.seen[event.event_id] = event, signature(event)
        self.looks[event.event_id] = before

    def changed(self, event: Event) -> bool:
        """Whether a file of the event changed or went since it was found."""
        return signature(event) != self.seen[event.event_id]

    def report_folder(self, event_id: str) -> Path:
        """Where the event's report, figures and tables stand."""
        return self.publication(event_id).standing

    def publication(self, event_id: str) -> Publication:
        """The event's report, as it is made and as it stands."""
        return Publication(self.settings.reports / event_id)
