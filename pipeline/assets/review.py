"""Review: what people decided is applied to what extraction gave."""

import dagster as dg

from pipeline.assets.describe import Result, event_asset, rows
from pipeline.assets.extract import extracted
from pipeline.assets.workspace import Workspace
from pipeline.review.applying import apply
from pipeline.schema import CLAIMS


@event_asset("review", CLAIMS, deps=[extracted])
def claims(context: dg.AssetExecutionContext, workspace: dg.ResourceParam[Workspace]) -> Result:
    """The claims that are compared: those of extraction, as people accepted, rejected and amended them."""
    event = workspace.event(context.partition_key)
    with workspace.progress.stage("claims", 1) as step:
        read = workspace.warehouse.read(event.event_id, "extracted")
        found = apply(read["extracted"])
        tables = {"claims": found.claims, "reviews": found.reviews}
        workspace.warehouse.replace(event.event_id, tables)
        step()
    return Result(metadata=rows(tables))
