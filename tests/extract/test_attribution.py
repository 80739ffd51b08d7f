from __future__ import annotations

import pytest
from riverland import claims_in


@pytest.mark.parametrize(
    "sentence",
    [
        "The Health Ministry said 12 people were killed.",
        "Twelve people were killed, the Health Ministry said.",
        "According to the Health Ministry, 12 people were killed.",
        "Twelve people were killed, according to the Health Ministry.",
        "Citing the Health Ministry, the paper wrote that 12 people were killed.",
    ],
)
def test_who_says_so_is_found_on_either_side(sentence):
    (claim,) = claims_in(sentence)
    assert claim["actor_id"] == "rl-health"
    said = sentence[claim["attribution_start"] : claim["attribution_end"]]
    assert said == claim["attribution"]
    assert "Health Ministry" in said


def test_a_claim_without_a_source_has_none():
    (claim,) = claims_in("Twelve people were killed in Riverton.")
    assert claim["attribution"] is claim["actor_id"] is None
