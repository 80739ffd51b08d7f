"""Every table, declared once, in the order of the road.

The DDL, the polars schemas, the column descriptions in the Dagster UI, the asset checks and
`docs/reference/tables.md` are all made from these declarations; nothing else names a column's type or its
allowed values. TABLES are what people get as Parquet and CSV.
"""

from __future__ import annotations

from typing import Final

from pipeline.schema.compare import (
    ESTIMATES,
    EVIDENCE,
    FINDINGS,
    PAIRS,
    SERIES,
    SEVERITIES,
    STATEMENTS,
    TROOPS,
)
from pipeline.schema.extract import EXTRACTED, REJECTED
from pipeline.schema.ingest import ARTICLES, COPIES, FURNITURE, KINDS, PROBLEMS
from pipeline.schema.review import CLAIMS, REVIEWS
from pipeline.schema.runs import RUNS
from pipeline.schema.working import (
    DRAWINGS,
    EXTRACTIONS,
    FILES,
    PAGE_FURNITURE,
    PAGE_PROBLEMS,
    PAGES,
    STAGES,
    WARNINGS,
)
from pipeline.table import Table

__all__ = [
    "ARTICLES",
    "CLAIMS",
    "COPIES",
    "DRAWINGS",
    "ESTIMATES",
    "EVIDENCE",
    "EXTRACTED",
    "EXTRACTIONS",
    "FILES",
    "FINDINGS",
    "FURNITURE",
    "KINDS",
    "PAGES",
    "PAGE_FURNITURE",
    "PAGE_PROBLEMS",
    "PAIRS",
    "PROBLEMS",
    "REJECTED",
    "REVIEWS",
    "RUNS",
    "SERIES",
    "SEVERITIES",
    "STAGES",
    "STATEMENTS",
    "TABLES",
    "TROOPS",
    "WARNINGS",
    "WORKING",
]

TABLES: Final[dict[str, Table]] = {
    table.name: table
    for table in (
        ARTICLES,
        FURNITURE,
        PROBLEMS,
        COPIES,
        CLAIMS,
        REJECTED,
        REVIEWS,
        EVIDENCE,
        SERIES,
        STATEMENTS,
        PAIRS,
        TROOPS,
        ESTIMATES,
        FINDINGS,
        RUNS,
    )
}

# What the warehouse holds beside them.
WORKING: Final[dict[str, Table]] = {
    table.name: table
    for table in (
        EXTRACTED,
        FILES,
        PAGES,
        PAGE_FURNITURE,
        PAGE_PROBLEMS,
        EXTRACTIONS,
        STAGES,
        DRAWINGS,
        WARNINGS,
    )
}
