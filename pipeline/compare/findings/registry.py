"""Every kind of finding, in the order in which kinds of equal severity are told."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

import polars as pl

from pipeline.compare.findings import (
    broken_parts,
    conflicting_statements,
    contradictory_dates,
    copying_error,
    dead_among_injured,
    definition_break,
    explained_by_sum,
    no_source,
    parts_exceed_whole,
    parts_leave_residual,
    population_relabelled,
    repeated_after_withdrawal,
    review_without_claim,
    rival_troop_figures,
    shares_and_totals,
    sides_apart,
    silent_edit,
    silent_revision,
    single_origin,
    stale_figure,
    suspected_copying,
    unreconciled,
    value_collision,
)
from pipeline.compare.findings.finding import Evidence, Finding, gather
from pipeline.events import Actor, Event
from pipeline.schema import FINDINGS, SEVERITIES

KINDS: Final[tuple[Callable[[Evidence], Iterator[Finding]], ...]] = (
    repeated_after_withdrawal.find,
    parts_exceed_whole.find,
    conflicting_statements.find,
    unreconciled.find,
    rival_troop_figures.find,
    shares_and_totals.find,
    silent_edit.find,
    silent_revision.find,
    sides_apart.find,
    dead_among_injured.find,
    explained_by_sum.find,
    population_relabelled.find,
    copying_error.find,
    single_origin.find,
    review_without_claim.find,
    definition_break.find,
    parts_leave_residual.find,
    stale_figure.find,
    value_collision.find,
    suspected_copying.find,
    no_source.find,
    broken_parts.find,
    contradictory_dates.find,
)

# What the column `kind` may hold: each kind has the name of its module.
KIND_NAMES: Final = tuple(find.__module__.rpartition(".")[2] for find in KINDS)


def findings(tables: Mapping[str, pl.DataFrame], event: Event, actors: Sequence[Actor]) -> pl.DataFrame:
    """The table `findings` from the tables claims, articles, series, statements and pairs
    and, where people decided on claims, reviews.
    """
    evidence = gather(tables, event, actors)
    found = [(order, finding) for order, find in enumerate(KINDS) for finding in find(evidence)]
    found.sort(
        key=lambda one: (SEVERITIES.index(one[1].severity), one[0], -len(one[1].claims), one[1].claims)
    )
    return FINDINGS.frame(
        [{**one.row(event.event_id), "rank": rank} for rank, (_, one) in enumerate(found, 1)]
    )
