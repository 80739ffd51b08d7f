"""Checks in the graph: tables are read, a function of pipeline/checking judges them, Dagster is told.

A check that blocks stops what comes after its asset when a rule of severity error is broken; a warning stops
nothing. What a check protects from is its description.
"""

from collections.abc import Callable, Sequence
from typing import Any

import dagster as dg

from pipeline.assets import describe
from pipeline.assets.compare import estimates, evidence, findings, runs, series
from pipeline.assets.extract import extracted
from pipeline.assets.ingest import articles, copies
from pipeline.assets.labels import on_labels
from pipeline.assets.report import FILES_OF, exports, report, whole
from pipeline.assets.review import claims
from pipeline.assets.workspace import Workspace
from pipeline.checking import accounted, columns, falls, ids, labelled, parts, printed, quotes
from pipeline.checking.verdict import Verdict
from pipeline.labels import LabelError
from pipeline.verifying import VerifyError, unresolved

Judge = Callable[[Workspace, str], Verdict]

_SEVERITIES = {"error": dg.AssetCheckSeverity.ERROR, "warning": dg.AssetCheckSeverity.WARN}
_FILES = ("article_id", "raw_path")


def asset_check(
    asset: dg.AssetsDefinition,
    name: str,
    judge: Judge,
    protects: str,
    *,
    blocking: bool = True,
    after: Sequence[dg.AssetsDefinition] = (),
) -> dg.AssetChecksDefinition:
    """The check `name` of `asset`, which runs once the assets `after` are made too."""

    @dg.asset_check(
        asset=asset,
        name=name,
        blocking=blocking,
        description=protects,
        additional_deps=after,
    )
    def check(
        context: dg.AssetCheckExecutionContext, workspace: dg.ResourceParam[Workspace]
    ) -> dg.AssetCheckResult:
        return result(judge(workspace, context.partition_key))

    return check


def result(verdict: Verdict) -> dg.AssetCheckResult:
    """A verdict as Dagster shows it: the message, the counts, and the first rows that break a rule."""
    metadata: dict[str, Any] = dict(verdict.counts)
    if verdict.severity:
        metadata["rows"] = dg.MetadataValue.md(describe.preview(verdict.rows))
    return dg.AssetCheckResult(
        passed=verdict.severity is None,
        severity=_SEVERITIES[verdict.severity or "error"],
        description=verdict.message,
        metadata=metadata,
    )


def _schema(asset: dg.AssetsDefinition, *names: str) -> dg.AssetChecksDefinition:
    tables = {name: describe.declared(name) for name in names}

    def judge(workspace: Workspace, event_id: str) -> Verdict:
        read = workspace.warehouse.columns
        kept = {name: [one for one in table.names if one != columns.LARGE] for name, table in tables.items()}
        return columns.check(tables, {name: read(event_id, name, *kept[name]) for name in names})

    return asset_check(
        asset,
        "schema",
        judge,
        f"The columns, values and keys of {', '.join(names)} are as declared. Protects from columns that "
        "mean something else than they say, and from rows that are counted twice.",
    )


def _pointers(asset: dg.AssetsDefinition, *names: str) -> dg.AssetChecksDefinition:
    def judge(workspace: Workspace, event_id: str) -> Verdict:
        read = workspace.warehouse.columns
        known = read(event_id, "claims", "claim_id")
        return ids.pointers(known, {name: read(event_id, name, *ids.POINTERS[name]) for name in names})

    return asset_check(
        asset,
        "ids",
        judge,
        f"Every claim that {', '.join(names)} name is there. Protects from findings and figures that rest on "
        "nothing, and from claims that were left out.",
    )


def _numbers(workspace: Workspace, event_id: str) -> Verdict:
    read = workspace.warehouse.columns
    stretches = ("extracted", "rejected", "furniture")
    return accounted.check(
        read(event_id, "articles", *_FILES, "kind", "text"),
        [read(event_id, name, "article_id", "start", "end") for name in stretches],
    )


def _labels(workspace: Workspace, event_id: str) -> Verdict:
    try:
        return labelled.check(*on_labels(workspace.warehouse, workspace.event(event_id)))
    except LabelError as error:
        return labelled.unreadable(error)


def _extracted_ids(workspace: Workspace, event_id: str) -> Verdict:
    read = workspace.warehouse.columns
    return ids.extracted(read(event_id, "extracted", *ids.READ), read(event_id, "articles", *_FILES))


def _claim_ids(workspace: Workspace, event_id: str) -> Verdict:
    read = workspace.warehouse.columns
    return ids.reviewed(
        read(event_id, "claims", *ids.READ),
        read(event_id, "extracted", *ids.READ),
        read(event_id, "reviews", "claim_id", "verdict", "outcome"),
        read(event_id, "articles", *_FILES),
    )


def _quotes(workspace: Workspace, event_id: str) -> Verdict:
    read = workspace.warehouse.columns
    return quotes.check(read(event_id, "claims", *quotes.READ), read(event_id, "articles", *_FILES, "text"))


def _parts(workspace: Workspace, event_id: str) -> Verdict:
    read = workspace.warehouse.columns
    return parts.check(
        read(event_id, "claims", *parts.READ),
        read(event_id, "articles", *_FILES),
        read(event_id, "findings", "kind", "claims"),
    )


def _falls(workspace: Workspace, event_id: str) -> Verdict:
    read = workspace.warehouse.columns
    return falls.check(
        read(event_id, "findings", "kind", "rank", "claims"),
        read(event_id, "claims", *falls.READ),
        read(event_id, "articles", *_FILES),
        workspace.event(event_id).accepted_falls,
    )


def _printed(workspace: Workspace, event_id: str) -> Verdict:
    try:
        folder = workspace.publication(event_id).latest
        whole(workspace, event_id, folder, *FILES_OF)
        return printed.check(unresolved(folder))
    except VerifyError as error:
        return printed.unreadable(error)


CHECKS = [
    _schema(articles, "articles", "furniture", "problems", "files", "pages"),
    _schema(copies, "copies"),
    _schema(extracted, "extracted", "rejected", "extractions"),
    _schema(claims, "claims", "reviews"),
    _schema(evidence, "evidence"),
    _schema(series, "series", "statements", "pairs", "troops"),
    _schema(estimates, "estimates"),
    _schema(findings, "findings"),
    _schema(runs, "runs"),
    asset_check(
        extracted,
        "numbers",
        _numbers,
        "Every number of every article is in a claim, in a rejected number or in page furniture. Protects "
        "from figures that vanish and from articles that were not extracted.",
    ),
    asset_check(
        extracted,
        "labels",
        _labels,
        "Extraction is as good on the event's own labels as when their bar was last raised. Protects from a "
        "change that makes it worse without anybody seeing.",
    ),
    asset_check(
        extracted,
        "ids",
        _extracted_ids,
        "Every claim has an id of its own, and every part a whole in its article. Protects from a claim that "
        "is shown in place of another.",
    ),
    asset_check(
        claims,
        "ids",
        _claim_ids,
        "The claims are those of extraction, but for those that a person rejected. Protects from claims that "
        "come from nowhere or are gone without a decision.",
    ),
    asset_check(
        claims,
        "quotes",
        _quotes,
        "Every quote and every attribution stands in its article where the claim says. Protects from words "
        "that nobody wrote.",
    ),
    _pointers(evidence, "evidence"),
    _pointers(series, "statements", "pairs", "troops"),
    _pointers(estimates, "estimates"),
    _pointers(findings, "findings"),
    asset_check(
        findings,
        "parts",
        _parts,
        "No part is larger than its whole, unless a finding says so. Protects from sums that cannot be.",
    ),
    asset_check(
        findings,
        "falls",
        _falls,
        "A running total that falls is in the event's accepted_falls. Protects from a change of what is "
        "counted that nobody looked at; the report tells each fall, so this only warns.",
        blocking=False,
    ),
    asset_check(
        report,
        "numbers",
        _printed,
        "Every number on the pages and figures goes back to its claims. Protects from numbers of nobody.",
        after=[exports],
    ),
]
