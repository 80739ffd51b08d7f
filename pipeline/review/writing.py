"""Rows for reviews.csv: decisions that are made now, and what lets claims of earlier ones be found again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace

import polars as pl

from pipeline.review.anchoring import Row, anchor, find
from pipeline.review.decisions import Anchor, Decision
from pipeline.review.frames import among
from pipeline.review.reading import decided
from pipeline.review.sheet import Sheet


def row(decision: Decision) -> dict[str, str]:
    """A decision as cells by column."""
    return {
        "claim_id": decision.claim_id,
        "verdict": decision.verdict,
        "field": decision.field,
        "value": decision.value,
        "reviewer": decision.reviewer,
        "date": decision.decided_on.isoformat() if decision.decided_on else "",
        "reason": decision.reason,
        **asdict(decision.anchor),
    }


def anchors(claims: Mapping[str, Row], articles: pl.DataFrame) -> dict[str, Anchor]:
    """The anchors of claims, by id."""
    found = articles.filter(among("article_id", (claim["article_id"] for claim in claims.values())))
    by_id = {one["article_id"]: one for one in found.iter_rows(named=True)}
    twice = articles["url"].drop_nulls()
    shared = set(twice.filter(twice.is_duplicated()))
    return {
        claim_id: anchor(
            claim, by_id[claim["article_id"]], shared=by_id[claim["article_id"]]["url"] in shared
        )
        for claim_id, claim in claims.items()
    }


def completed(sheet: Sheet, extracted: pl.DataFrame, articles: pl.DataFrame) -> tuple[Sheet, int]:
    """The sheet with anchors in rows that have no quote and whose claim is here; and how many those are."""
    bare = [one for one in decided(sheet).decisions if not one.anchor.quote]
    bare = [replace(one, anchor=Anchor()) for one in bare]
    found = {line: one.claim for line, one in find(bare, extracted, articles).items() if one.claim}
    known = anchors({claim["claim_id"]: claim for claim in found.values()}, articles)
    values = {line: asdict(known[claim["claim_id"]]) for line, claim in found.items()}
    values = {line: anchor for line, anchor in values.items() if anchor["quote"]}
    return (sheet.with_every_column().filled(values) if values else sheet), len(values)
