"""The workspace as Dagster's own commands and UI get it, and the partitions that events are."""

from collections.abc import Iterator
from typing import Final

import dagster as dg

from pipeline.assets.dead_runs import PARTITION
from pipeline.progress import LoggedProgress
from pipeline.settings import from_environment
from pipeline.workspace import Workspace

__all__ = ["EVENTS", "PARTITIONS", "Workspace", "workspace"]

PARTITIONS: Final = "events"
EVENTS: Final = dg.DynamicPartitionsDefinition(name=PARTITIONS)


@dg.resource(description="Paths and progress, from COUNTERCLAIM_DATA, COUNTERCLAIM_REPORTS and so on.")
def workspace(context: dg.InitResourceContext) -> Iterator[Workspace]:
    """The workspace that Dagster's own commands and UI use, its warehouse open and its event held for the
    run.
    """
    log, event_id = context.log, context.run.tags.get(PARTITION, "") if context.run else ""
    found = Workspace(from_environment(), LoggedProgress(log.info if log else lambda _: None))
    with found.warehouse.holding(event_id):
        yield found
