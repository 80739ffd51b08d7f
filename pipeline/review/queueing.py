"""Which claims a person should look at, those that matter most first.

A finding is what readers will repeat, so that the claims it rests on come first, in the order in which
findings are told; then claims that extraction is less sure of.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

import polars as pl

_UNSURE: Final = {
    "low": "extraction is not sure of it: the number borrows what it counts from another claim",
    "medium": "extraction is less sure of it: the word that says what is counted stands further off",
}
_AGAIN: Final = "it was decided before"
_REASONS: Final = 3


@dataclass(frozen=True, slots=True)
class Item:
    """A claim to look at. `why`: headlines of findings that rest on it, else what makes it unsure."""

    claim_id: str
    why: tuple[str, ...]


def queue(
    extracted: pl.DataFrame, findings: pl.DataFrame, decided: Collection[str], *, again: bool = False
) -> tuple[Item, ...]:
    """The claims to look at, without those that were `decided`, unless they are to be looked at `again`."""
    why: dict[str, list[str]] = {}
    for headline, claims in findings.sort("rank").select("headline", "claims").rows():
        for claim_id in claims:
            why.setdefault(claim_id, []).append(headline)
    there = set(extracted["claim_id"])
    for confidence, reason in _UNSURE.items():
        for claim_id in extracted.filter(confidence=confidence)["claim_id"]:
            why.setdefault(claim_id, [reason])
    if again:
        for claim_id in extracted["claim_id"].filter(extracted["claim_id"].is_in(sorted(decided))):
            why.setdefault(claim_id, [_AGAIN])
    return tuple(
        Item(claim_id, tuple(reasons[:_REASONS]))
        for claim_id, reasons in why.items()
        if claim_id in there and (again or claim_id not in decided)
    )
