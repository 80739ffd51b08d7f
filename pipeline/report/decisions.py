"""What people decided about claims, arranged for reading."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl

from pipeline import words
from pipeline.report.safe import display_safe

APPLIED: Final = "applied"  # of the outcomes of table reviews


@dataclass(frozen=True, slots=True)
class DecisionView:
    """One decision: a row of reviews.csv. `claim_id` is None if its claim is gone.

    `outlet` is that of the claim's article, else the file or URL that reviews.csv gives. `before` is what
    extraction gave, `after` what the person made of it; both are words.
    """

    line: int
    claim_id: str | None
    verdict: str | None
    field: str
    before: str
    after: str
    reviewer: str | None
    decided_on: date | None
    reason: str
    quote: str
    outlet: str
    outcome: str
    note: str


def decisions(reviews: pl.DataFrame, articles: pl.DataFrame) -> tuple[DecisionView, ...]:
    """The decisions of an event, in the order of reviews.csv."""
    names = {
        place: outlet or path
        for path, url, outlet in articles.select("raw_path", "url", "outlet").rows()
        for place in (path, url)
        if place
    }
    return tuple(
        DecisionView(
            line=row["line"],
            claim_id=row["claim_id"],
            verdict=row["verdict"],
            field=words.plain(display_safe(row["field"])),
            before=_before(row["verdict"], row["was"], row["figure"], row["metric"]),
            after=_after(row["verdict"], row["value"]),
            reviewer=display_safe(row["reviewer"]) or None,
            decided_on=row["decided_on"],
            reason=display_safe(row["reason"]),
            quote=display_safe(row["quote"]),
            outlet=display_safe(names.get(row["article"], row["article"])),
            outcome=row["outcome"],
            note=display_safe(row["note"]),
        )
        for row in reviews.sort("line").iter_rows(named=True)
    )


def _before(verdict: str | None, was: str | None, figure: str | None, metric: str | None) -> str:
    """What extraction gave: the amended column, else the claim's figure and what it counts."""
    if verdict == "amend":
        return display_safe(was) or "nothing"
    return display_safe(f"{figure} ({words.plain(metric)})" if figure and metric else figure)


def _after(verdict: str | None, value: str | None) -> str:
    if verdict == "amend":
        return display_safe(value) or "nothing"
    return {"accept": "accepted", "reject": "left out"}.get(verdict or "", "")
