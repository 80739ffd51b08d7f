"""UCDP GED: low and high are the lowest and highest figure reported; best is a coder's judgement."""

from __future__ import annotations

from pipeline.compare.codebooks.book import NOTHING, Codebook, Rule, coded


def rule(codebook: Codebook) -> Rule:
    """Low and high; best stays empty."""
    number = coded(codebook)
    ends = (number == number.min()) | (number == number.max())
    return Rule(uses=ends, low=number.min(), best=NOTHING, high=number.max())
