"""What every asset works with: where things are, how to show progress, and the event of its partition."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import dagster as dg

from pipeline.events import Event, EventError, discover
from pipeline.fetch.adding import Outcome, adding
from pipeline.progress import LoggedProgress, Progress
from pipeline.publishing import Publication
from pipeline.settings import Settings, from_environment
from pipeline.warehouse import Warehouse
from pipeline.watching import signature

PARTITIONS: Final = "events"
EVENTS: Final = dg.DynamicPartitionsDefinition(name=PARTITIONS)


@dataclass(frozen=True, slots=True)
class Workspace:
    """The settings of one installation with what assets need of them. `known` are events as this run found
    them: looking for a hundred thousand files takes seconds, and every asset asks. `seen` are the signatures
    of their files then.
    """

    settings: Settings
    progress: Progress
    known: dict[str, Event] = field(default_factory=dict)
    seen: dict[str, str] = field(default_factory=dict)

    @property
    def warehouse(self) -> Warehouse:
        """The tables."""
        return Warehouse(self.settings.warehouse)

    def event(self, event_id: str) -> Event:
        """The event of a partition. Raises EventError if its folder is gone."""
        if event_id not in self.known:
            found = {event.event_id: event for event in discover(self.settings.data)}
            if event_id not in found:
                raise EventError(
                    f"no event {event_id!r} in {self.settings.data}; was its folder removed or renamed?"
                )
            self.know(found[event_id])
        return self.known[event_id]

    def know(self, event: Event) -> None:
        """Let the run work on the event as it is now."""
        self.known[event.event_id], self.seen[event.event_id] = event, signature(event)

    def changed(self, event: Event) -> bool:
        """Whether a file of the event changed or went since it was found."""
        return signature(event) != self.seen[event.event_id]

    def found_again(self, event_id: str) -> Event:
        """The event as it is now, if a file of it changed since it was found. Raises EventError."""
        if self.changed(self.event(event_id)):
            del self.known[event_id]
        return self.event(event_id)

    def fetch_feeds(self, event: Event, tell: Callable[[Outcome], None]) -> None:
        """Add the pages that the event's feeds name and that are not kept yet. `tell` hears of each."""
        job = adding(event.root, self.settings, None, self.progress, tell, only_new=True)
        job.add(event.feeds, ())

    def report_folder(self, event_id: str) -> Path:
        """Where the event's report, figures and tables stand."""
        return self.publication(event_id).standing

    def publication(self, event_id: str) -> Publication:
        """The event's report, as it is made and as it stands."""
        return Publication(self.settings.reports / event_id)


@dg.resource(description="Paths and progress, from COUNTERCLAIM_DATA, COUNTERCLAIM_REPORTS and so on.")
def workspace(context: dg.InitResourceContext) -> Iterator[Workspace]:
    """The workspace that Dagster's own commands and UI use, its warehouse open for the run."""
    log = context.log
    found = Workspace(from_environment(), LoggedProgress(log.info if log else lambda _: None))
    with found.warehouse.opened():
        yield found
