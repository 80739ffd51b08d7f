"""ACLED: if reports differ or are vague, the lowest figure is coded (ACLED Codebook, fatalities)."""

from __future__ import annotations

from pipeline.compare.codebooks.book import NOTHING, Codebook, Rule, coded


def rule(codebook: Codebook) -> Rule:
    """Best is the lowest figure; the codebook gives no range."""
    number = coded(codebook)
    return Rule(uses=number == number.min(), low=NOTHING, best=number.min(), high=NOTHING)
