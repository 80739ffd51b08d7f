"""What runs by itself: partitions that follow the folders of data/, and the work that changes ask for."""

import json
import time
from collections.abc import Iterator
from typing import Any, Final

import dagster as dg

from pipeline.assets.dead_runs import fail_dead
from pipeline.assets.workspace import EVENTS, PARTITIONS, Workspace
from pipeline.events import EventError, discover, found
from pipeline.fetch.adding import Outcome, adding
from pipeline.settings import from_environment
from pipeline.warehouse import Warehouse
from pipeline.watching import look
from pipeline.words import printable

report_job = dg.define_asset_job(
    "report_job",
    selection=dg.AssetSelection.all(),
    description="Everything, from an event's files to its PDF. What did not change is not done again.",
)

_INPUTS_CHANGED: dg.AutomationCondition[Any] = dg.AutomationCondition.any_deps_match(
    dg.AutomationCondition.data_version_changed() | dg.AutomationCondition.will_be_requested()
)
_CODE_CHANGED: dg.AutomationCondition[Any] = dg.AutomationCondition.code_version_changed()
_MISSING: dg.AutomationCondition[Any] = dg.AutomationCondition.newly_missing()
# An asset is made again when what it reads came out otherwise than before, when its code or knowledge
# changed, or when it is gone: not when what it reads was made again and is the same.
WHEN_INPUTS_CHANGE: Final = (
    (_INPUTS_CHANGED | _CODE_CHANGED | _MISSING).since_last_handled()
    & ~dg.AutomationCondition.any_deps_missing()
    & ~dg.AutomationCondition.any_deps_in_progress()
    & ~dg.AutomationCondition.in_progress()
).with_label("what it reads, or its code, changed")

downstream = dg.AutomationConditionSensorDefinition(
    "downstream",
    target=dg.AssetSelection.all(),
    default_status=dg.DefaultSensorStatus.RUNNING,
    minimum_interval_seconds=30,
    description="Makes assets again whose inputs came out otherwise than before, or whose code changed.",
)


@dg.sensor(
    job=report_job,
    minimum_interval_seconds=30,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Keeps the partitions equal to the event folders in data/, and makes those reports again "
    "whose files are new or changed.",
)
def event_folders(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
    """A partition for each event folder, and a run for each whose files changed and then stood still for one
    look: files that are still being copied are not read half. A run that was killed is told as failed, and
    does not hold up the others.
    """
    fail_dead(context.instance, Warehouse(from_environment().warehouse), time.time())
    try:
        seen = {event_id: look(place) for event_id, place in found(from_environment().data).items()}
    except EventError as error:
        return dg.SkipReason(str(error))
    known = set(context.instance.get_dynamic_partitions(PARTITIONS))
    before = json.loads(context.cursor or "{}")
    last, handled = before.get("seen", {}), before.get("handled", {})
    settled = [one for one, now in seen.items() if last.get(one) == now and handled.get(one) != now]
    handled = {one: now for one, now in handled.items() if one in seen} | {one: seen[one] for one in settled}
    context.update_cursor(json.dumps({"seen": seen, "handled": handled}, sort_keys=True))
    return dg.SensorResult(
        run_requests=[dg.RunRequest(partition_key=one) for one in settled],
        dynamic_partitions_requests=[
            dg.AddDynamicPartitionsRequest(PARTITIONS, sorted(seen.keys() - known)),
            dg.DeleteDynamicPartitionsRequest(PARTITIONS, sorted(known - seen.keys())),
        ],
    )


@dg.op
def fetch(context: dg.OpExecutionContext, workspace: dg.ResourceParam[Workspace]) -> None:
    """Add the pages that the event's feeds name and that are not kept yet; what fails is a problem of the
    next report.
    """

    def tell(outcome: Outcome) -> None:
        said = outcome.failure.message if outcome.failure else "added"
        context.log.info(printable(f"{outcome.given}: {said}"))

    event, settings = workspace.event(context.partition_key), workspace.settings
    adding(event.root, settings, None, workspace.progress, tell, only_new=True).add(event.feeds, ())


@dg.job(
    partitions_def=EVENTS,
    description="Fetches the feeds that event.toml names: the only job that uses the network.",
)
def feeds_job() -> None:
    """One event's feeds."""
    fetch()


@dg.schedule(
    job=feeds_job,
    cron_schedule="17 * * * *",
    description="Fetches the feeds of every event that names some, once an hour. Off until it is turned on.",
)
def feeds() -> Iterator[dg.RunRequest]:
    """A run for each event with feeds."""
    for event in discover(from_environment().data):
        if event.feeds:
            yield dg.RunRequest(partition_key=event.event_id)
