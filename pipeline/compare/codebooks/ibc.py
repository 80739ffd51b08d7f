"""Iraq Body Count: the smallest and the largest figure reported, and nothing between (IBC methods, §3)."""

from __future__ import annotations

from pipeline.compare.codebooks.book import NOTHING, Codebook, Rule, coded, end


def rule(codebook: Codebook) -> Rule:
    """Low and high; the range is the record, so best stays empty."""
    number, low, high = coded(codebook), end(codebook, "low"), end(codebook, "high")
    ends = (low == low.min()) | (high == high.max())
    return Rule(uses=ends & number.is_not_null(), low=low.min(), best=NOTHING, high=high.max())
