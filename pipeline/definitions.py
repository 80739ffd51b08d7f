"""The whole graph on one page: what Dagster loads.

articles → extracted → claims → evidence → series → estimates → findings → runs → figures → report → manifest
         ↘ copies ─────────────↗                                               ↘ exports ──────────↗

Each asset names all that it reads, which is more than the one before it.
"""

from __future__ import annotations

import dagster as dg

from pipeline.assets.automation import downstream, event_folders, feeds, feeds_job, report_job
from pipeline.assets.checks import CHECKS
from pipeline.assets.compare import estimates, evidence, findings, runs, series
from pipeline.assets.extract import extracted
from pipeline.assets.ingest import articles, copies
from pipeline.assets.manifest import manifest
from pipeline.assets.report import exports, figures, report
from pipeline.assets.review import claims
from pipeline.assets.workspace import workspace

defs = dg.Definitions(
    assets=[
        articles,
        copies,
        extracted,
        claims,
        evidence,
        series,
        estimates,
        findings,
        runs,
        figures,
        report,
        exports,
        manifest,
    ],
    asset_checks=CHECKS,
    jobs=[report_job, feeds_job],
    schedules=[feeds],
    sensors=[event_folders, downstream],
    resources={"workspace": workspace},
    # One process: a step of the default executor costs 2 s to start, outlives a killed parent and keeps
    # the warehouse locked.
    executor=dg.in_process_executor,
)
