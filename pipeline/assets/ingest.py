"""Ingest: the files of an event's folder become articles."""

import dagster as dg

from pipeline.assets.describe import Result, event_asset, rows
from pipeline.assets.workspace import Workspace
from pipeline.ingest import copies as likeness
from pipeline.ingest.articles import ingest
from pipeline.schema import ARTICLES, COPIES


@event_asset("ingest", ARTICLES)
def articles(context: dg.AssetExecutionContext, workspace: dg.ResourceParam[Workspace]) -> Result:
    """Articles of the event, with their page furniture marked and what could not be read listed."""
    event = workspace.event(context.partition_key)
    with workspace.progress.stage("articles", len(event.files)) as step:
        found = ingest(event, step, workspace.settings.limits)
    tables = {"articles": found.articles, "furniture": found.furniture, "problems": found.problems}
    workspace.warehouse.replace(event.event_id, tables)
    return Result(metadata=rows(tables))


@event_asset("ingest", COPIES, deps=[articles])
def copies(context: dg.AssetExecutionContext, workspace: dg.ResourceParam[Workspace]) -> Result:
    """Articles whose text is largely that of another article of the event."""
    event = workspace.event(context.partition_key)
    with workspace.progress.stage("copies", 1) as step:
        read = workspace.warehouse.read(event.event_id, "articles", "furniture")
        tables = {"copies": likeness.copies(read["articles"], read["furniture"])}
        workspace.warehouse.replace(event.event_id, tables)
        step()
    return Result(metadata=rows(tables))
