"""Extract: each article's numbers become claims, or are rejected with a reason."""

import dagster as dg
import polars as pl

from pipeline.assets.describe import Result, event_asset, rows
from pipeline.assets.ingest import articles
from pipeline.assets.workspace import Workspace
from pipeline.extract.claims import EXTRACTOR, extract
from pipeline.extract.coded import coded
from pipeline.extract.lexicon import load_lexicon
from pipeline.schema import EXTRACTED


@event_asset("extract", EXTRACTED, deps=[articles], code_version=EXTRACTOR)
def extracted(context: dg.AssetExecutionContext, workspace: dg.ResourceParam[Workspace]) -> Result:
    """Who said that how many of which people, where and when, with the characters that say so."""
    event = workspace.event(context.partition_key)
    read = workspace.warehouse.read(event.event_id, "articles", "furniture")
    with workspace.progress.stage("extracted", read["articles"].height) as step:
        written = read["articles"].filter(pl.col("kind") != "coded")
        found = extract(written, read["furniture"], load_lexicon(event), step)
    coded_claims = coded(read["articles"], event.coded)
    tables = {"extracted": pl.concat([found.claims, coded_claims]), "rejected": found.rejected}
    workspace.warehouse.replace(event.event_id, tables)
    return Result(metadata=rows(tables))
