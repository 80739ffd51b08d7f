"""Checks that stop a report which would mislead: tables against their declaration, quotes against texts.

Put checks here when they belong in the asset graph. Rules about language and evidence live in their stages.
"""

from collections.abc import Sequence

import dagster as dg
import polars as pl

from pipeline.assets.compare import estimates, evidence, findings, series
from pipeline.assets.extract import extracted
from pipeline.assets.ingest import articles, copies
from pipeline.assets.review import claims
from pipeline.assets.workspace import Workspace
from pipeline.schema import TABLES, WORKING

MISQUOTES_SHOWN = 3


def misquotes(claims: pl.DataFrame, articles: pl.DataFrame) -> pl.DataFrame:
    """Claims whose quote is not `text[start:end]` of their article (claim_id, quote, found)."""
    found = pl.col("text").str.slice(pl.col("start"), pl.col("end") - pl.col("start"))
    joined = claims.join(articles.select("article_id", "text"), on="article_id", how="left")
    wrong = joined.with_columns(found.alias("found")).filter(pl.col("found").ne_missing(pl.col("quote")))
    return wrong.select("claim_id", "quote", "found").sort("claim_id")


def _schema_check(asset: dg.AssetsDefinition, names: Sequence[str]) -> dg.AssetChecksDefinition:
    @dg.asset_check(
        asset=asset,
        name="schema",
        blocking=True,
        description=f"The tables {', '.join(names)} are as pipeline/schema.py declares them.",
    )
    def check(
        context: dg.AssetCheckExecutionContext, workspace: dg.ResourceParam[Workspace]
    ) -> dg.AssetCheckResult:
        frames = workspace.warehouse.read(context.partition_key, *names)
        violations = [text for name in names for text in {**TABLES, **WORKING}[name].violations(frames[name])]
        return dg.AssetCheckResult(
            passed=not violations,
            description="; ".join(violations) or None,
            metadata={"rows": sum(frame.height for frame in frames.values())},
        )

    return check


@dg.asset_check(asset=claims, blocking=True)
def quotes(
    context: dg.AssetCheckExecutionContext, workspace: dg.ResourceParam[Workspace]
) -> dg.AssetCheckResult:
    """Every claim's quote stands at its offsets in its article."""
    read = workspace.warehouse.read(context.partition_key, "claims", "articles")
    wrong = misquotes(read["claims"], read["articles"])
    named = ", ".join(wrong["claim_id"].head(MISQUOTES_SHOWN).to_list())
    return dg.AssetCheckResult(
        passed=wrong.is_empty(),
        description=f"{wrong.height} quotes do not stand in their articles: {named}"
        if wrong.height
        else None,
        metadata={"claims": read["claims"].height, "misquoted": wrong.height},
    )


CHECKS = [
    _schema_check(articles, ("articles", "furniture", "problems")),
    _schema_check(copies, ("copies",)),
    _schema_check(extracted, ("extracted", "rejected")),
    _schema_check(claims, ("claims", "reviews")),
    _schema_check(evidence, ("evidence",)),
    _schema_check(series, ("series", "statements", "pairs", "troops")),
    _schema_check(estimates, ("estimates",)),
    _schema_check(findings, ("findings", "runs")),
    quotes,
]
