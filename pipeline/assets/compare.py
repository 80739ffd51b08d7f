"""Compare: the claims of one event become evidence groups, series, estimates and findings."""

import dagster as dg

from pipeline import provenance
from pipeline.assets.describe import Result, event_asset, rows
from pipeline.assets.ingest import copies
from pipeline.assets.review import claims
from pipeline.assets.workspace import Workspace
from pipeline.compare import estimates as estimating
from pipeline.compare import evidence as grouping
from pipeline.compare import series as timeline
from pipeline.compare import troops as ledger_of_troops
from pipeline.compare.findings import registry
from pipeline.extract.lexicon import load_lexicon
from pipeline.schema import ESTIMATES, EVIDENCE, FINDINGS, SERIES


@event_asset("compare", EVIDENCE, deps=[claims, copies])
def evidence(context: dg.AssetExecutionContext, workspace: dg.ResourceParam[Workspace]) -> Result:
    """Which claims go back to one statement: copies of a wire, quotes of one spokesman."""
    event = workspace.event(context.partition_key)
    with workspace.progress.stage("evidence", 1) as step:
        read = workspace.warehouse.read(event.event_id, "claims", "articles", "copies")
        actors = load_lexicon(event).actors
        groups = grouping.evidence(read["claims"], read["articles"], read["copies"], actors, event.tolerance)
        tables = {"evidence": groups}
        workspace.warehouse.replace(event.event_id, tables)
        step()
    return Result(metadata=rows(tables))


@event_asset("compare", SERIES, deps=[evidence])
def series(context: dg.AssetExecutionContext, workspace: dg.ResourceParam[Workspace]) -> Result:
    """Claims that answer the same question, what became of each, and how they stand to one another."""
    event = workspace.event(context.partition_key)
    with workspace.progress.stage("series", 1) as step:
        read = workspace.warehouse.read(event.event_id, "claims", "articles", "evidence")
        found = timeline.series(read["claims"], read["articles"], read["evidence"], event)
        tables = {"series": found.series, "statements": found.statements, "pairs": found.pairs}
        tables["troops"] = ledger_of_troops.troops(read["claims"], read["articles"])
        workspace.warehouse.replace(event.event_id, tables)
        step()
    return Result(metadata=rows(tables))


@event_asset("compare", ESTIMATES, deps=[series])
def estimates(context: dg.AssetExecutionContext, workspace: dg.ResourceParam[Workspace]) -> Result:
    """What each named codebook would code for each series, with its trace. None of them is ours."""
    event = workspace.event(context.partition_key)
    with workspace.progress.stage("estimates", 1) as step:
        read = workspace.warehouse.read(event.event_id, "claims", "series", "statements")
        tables = {
            "estimates": estimating.estimates(
                read["claims"], read["series"], read["statements"], load_lexicon(event).actors
            )
        }
        workspace.warehouse.replace(event.event_id, tables)
        step()
    return Result(metadata=rows(tables))


@event_asset("compare", FINDINGS, deps=[estimates])
def findings(context: dg.AssetExecutionContext, workspace: dg.ResourceParam[Workspace]) -> Result:
    """What a reader must be told, most serious first."""
    event = workspace.event(context.partition_key)
    names = ("articles", "claims", "rejected", "problems", "evidence", "series", "statements", "pairs")
    with workspace.progress.stage("findings", 1) as step:
        read = workspace.warehouse.read(event.event_id, *names)
        tables = {"findings": registry.findings(read, event, load_lexicon(event).actors)}
        tables["runs"] = provenance.run(event, {**read, **tables})
        workspace.warehouse.replace(event.event_id, tables)
        step()
    return Result(metadata=rows(tables))
