"""Every kind of finding, in the order in which kinds of equal severity are told."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

import polars as pl

from pipeline.compare.findings import (
    conflicting_statements,
    parts_exceed_whole,
    repeated_after_withdrawal,
    silent_revision,
    single_origin,
)
from pipeline.compare.findings.finding import Evidence, Finding, gather
from pipeline.schema import FINDINGS, SEVERITIES

KINDS: Final[tuple[Callable[[Evidence], Iterator[Finding]], ...]] = (
    repeated_after_withdrawal.find,
    parts_exceed_whole.find,
    conflicting_statements.find,
    silent_revision.find,
    single_origin.find,
)


def findings(tables: Mapping[str, pl.DataFrame], event_id: str) -> pl.DataFrame:
    """The table `findings` from the tables claims, articles, evidence, series, statements and pairs."""
    evidence = gather(tables)
    found = [(order, finding) for order, find in enumerate(KINDS) for finding in find(evidence)]
    found.sort(
        key=lambda one: (SEVERITIES.index(one[1].severity), one[0], -len(one[1].claims), one[1].claims)
    )
    return FINDINGS.frame([{**one.row(event_id), "rank": rank} for rank, (_, one) in enumerate(found, 1)])
