"""UCDP GED: the lowest, the likeliest and the highest figure of reliable reports (UCDP GED Codebook)."""

from __future__ import annotations

from pipeline.compare.codebooks.book import Codebook, Rule, coded, end


def rule(codebook: Codebook) -> Rule:
    """Low and high, and as best the lower figure, as the codebook has it where reliability cannot be told."""
    number, low, high = coded(codebook), end(codebook, "low"), end(codebook, "high")
    ends = (number == number.min()) | (number == number.max())
    return Rule(uses=ends, low=low.min(), best=number.min(), high=high.max())
