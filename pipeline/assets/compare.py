"""Compare: the claims of one event become evidence groups, series, estimates and findings."""

import dagster as dg

from pipeline import provenance
from pipeline.actors import actors
from pipeline.assets.describe import event_asset
from pipeline.assets.extract import extracted
from pipeline.assets.ingest import articles
from pipeline.assets.ingest import copies as copied
from pipeline.assets.review import claims
from pipeline.assets.step import Result, Step, Tables, table_asset
from pipeline.assets.workspace import Workspace
from pipeline.compare import estimates as estimating
from pipeline.compare import evidence as grouping
from pipeline.compare import series as timeline
from pipeline.compare import troops as ledger_of_troops
from pipeline.compare.findings import registry
from pipeline.events import Event
from pipeline.schema import ESTIMATES, EVIDENCE, FILES, FINDINGS, PAIRS, RUNS, SERIES, STATEMENTS, TROOPS
from pipeline.versions import COMPARISON


@table_asset(
    "compare",
    (EVIDENCE,),
    COMPARISON,
    deps=[articles, copied, claims],
    reads=("claims", "articles", "copies"),
)
def evidence(event: Event, read: Tables) -> Tables:
    """Which claims go back to one statement: copies of a wire, quotes of one spokesman."""
    known = actors(event)
    return {
        "evidence": grouping.evidence(
            read["claims"], read["articles"], read["copies"], known, event.tolerance
        )
    }


@table_asset(
    "compare",
    (SERIES, STATEMENTS, PAIRS, TROOPS),
    COMPARISON,
    deps=[articles, claims, evidence],
    reads=("claims", "articles", "evidence"),
)
def series(event: Event, read: Tables) -> Tables:
    """Claims that answer the same question, what became of each, and how they stand to one another."""
    found = timeline.series(read["claims"], read["articles"], read["evidence"], event)
    return {
        "series": found.series,
        "statements": found.statements,
        "pairs": found.pairs,
        "troops": ledger_of_troops.troops(read["claims"], read["articles"]),
    }


@table_asset(
    "compare",
    (ESTIMATES,),
    COMPARISON,
    deps=[claims, series],
    reads=("claims", "series", "statements"),
)
def estimates(event: Event, read: Tables) -> Tables:
    """What each named codebook would code for each series, with its trace. None of them is ours."""
    found = estimating.estimates(read["claims"], read["series"], read["statements"], actors(event))
    return {"estimates": found}


@table_asset(
    "compare",
    (FINDINGS,),
    COMPARISON,
    deps=[articles, claims, evidence, series],
    reads=("articles", "claims", "reviews", "series", "statements", "pairs"),
)
def findings(event: Event, read: Tables) -> Tables:
    """What a reader must be told, most serious first."""
    return {"findings": registry.findings(read, event, actors(event))}


@event_asset("compare", RUNS, maker=COMPARISON, deps=[articles, extracted, claims, findings])
def runs(context: dg.AssetExecutionContext, workspace: dg.ResourceParam[Workspace]) -> Result:
    """What the event's tables were made from: hashes of every input, versions of what shaped the output."""
    step = Step.begin(context, workspace, COMPARISON, (articles, extracted, claims, findings))
    names = ("articles", "claims", "rejected", "problems", "findings")
    counts = {name: step.warehouse.count(step.event.event_id, name) for name in names}
    read = step.warehouse.read(step.event.event_id, FILES.name)[FILES.name]
    limits, known = workspace.settings.limits, provenance.as_read(read)
    return step.finish({"runs": provenance.run(step.event, counts, limits, known)})
