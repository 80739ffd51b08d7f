"""The article the project grew from. Its wording is not ours to republish, so it is tested where it lies."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.extraction import extract_from

SEED = Path(__file__).parents[2] / "shared/corpus/kazakhstan-2022/articles/000-the-independent.txt"


@pytest.mark.skipif(not SEED.is_file(), reason="the seed article is not beside this checkout")
def test_the_seed_article_makes_two_claims_and_no_more():
    claims, _, problems = extract_from([SEED])
    whole, part = claims.sort("start").iter_rows(named=True)
    assert (whole["metric"], whole["modifier"], whole["low"], whole["high"]) == (
        "killed",
        "at_least",
        164,
        None,
    )
    assert (part["metric"], part["modifier"], part["value"], part["place"]) == (
        "killed",
        "exact",
        103,
        "Almaty",
    )
    assert part["part_of"] == whole["claim_id"]
    assert whole["attribution"] is None
    assert problems.is_empty()
