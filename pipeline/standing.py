"""Whether the report of an event stands: made by this program from the files that there are, and as it was
made. What is known of that when a run ends is its mark.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pipeline import watching
from pipeline.fingerprint import fingerprint
from pipeline.limits import Limits
from pipeline.publishing import Publication
from pipeline.settings import Settings
from pipeline.versions import COMPARISON, EXTRACTION, INGEST, REPORT, REVIEW

if TYPE_CHECKING:
    from pipeline.warehouse import Warehouse

WHOLE: Final = "report_job"  # the stage that is all of them
_MAKERS: Final = (INGEST, EXTRACTION, REVIEW, COMPARISON, REPORT)


@dataclass(frozen=True, slots=True)
class Mark:
    """A report that was made: hashes of what it was made from and of its files, what the checks warned of."""

    inputs: str
    outputs: str
    warnings: tuple[str, ...]


def inputs(look: str, limits: Limits) -> str:
    """A hash of all that a run depends on, with the event's files as they were at the `look` before it."""
    return fingerprint(look, limits, [maker.version for maker in _MAKERS])


def outputs(folder: Path) -> str:
    """A hash of the files of the report in `folder`, by their names, sizes, times and inodes."""
    return watching.report(folder)


def recorded(warehouse: Warehouse, event_id: str) -> Mark | None:
    """The event's mark in the `warehouse`, if its report was made. Raises WarehouseError."""
    done = warehouse.done(event_id).get(WHOLE)
    if done is None:
        return None
    warnings = warehouse.columns(event_id, "warnings", "warning")
    return Mark(done.inputs, done.version, tuple(warnings.get_column("warning")))


def stands(mark: Mark, settings: Settings, event_id: str, place: Path) -> bool:
    """Whether the report of `mark` is that of the event at `place`, and no run left anything beside it."""
    publication = Publication(settings.reports / event_id)
    return (
        not publication.is_unfinished
        and mark.outputs == outputs(publication.standing)
        and mark.inputs == inputs(watching.look(place), settings.limits)
    )
