"""Partitions that follow the folders of data/, and the job that makes a report."""

import dagster as dg

from pipeline.assets.workspace import PARTITIONS
from pipeline.events import EventError, discover
from pipeline.settings import from_environment

report_job = dg.define_asset_job(
    "report_job",
    selection=dg.AssetSelection.all(),
    description="Everything, from an event's files to its PDF.",
)


@dg.sensor(
    minimum_interval_seconds=30,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Keeps the partitions equal to the event folders in data/.",
)
def event_folders(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
    """Add a partition for each new event folder, remove those whose folder is gone."""
    try:
        folders = {event.event_id for event in discover(from_environment().data)}
    except EventError as error:
        return dg.SkipReason(str(error))
    known = set(context.instance.get_dynamic_partitions(PARTITIONS))
    return dg.SensorResult(
        dynamic_partitions_requests=[
            dg.AddDynamicPartitionsRequest(PARTITIONS, sorted(folders - known)),
            dg.DeleteDynamicPartitionsRequest(PARTITIONS, sorted(known - folders)),
        ]
    )
