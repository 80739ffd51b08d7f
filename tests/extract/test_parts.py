from __future__ import annotations

import pytest
from riverland import claims_in


@pytest.mark.parametrize(
    "sentence",
    [
        "At least 164 people were killed, including 103 in Riverton.",
        "At least 164 people were killed, 103 of them in Riverton.",
        "At least 164 people were killed, among them 103 in Riverton.",
    ],
)
def test_a_part_is_linked_to_its_whole_and_keeps_its_own_place(sentence):
    whole, part = claims_in(sentence)
    assert (whole["value"], whole["scope"], whole["place_id"]) == (164, "cumulative", None)
    assert (part["value"], part["scope"], part["place_id"]) == (103, "subset", "rt")
    assert part["part_of"] == whole["claim_id"]
    assert part["metric"] == whole["metric"] == "killed"


def test_a_part_is_not_bounded_by_its_whole():
    whole, part = claims_in("At least 164 people were killed, including 103 in Riverton.")
    assert (whole["modifier"], part["modifier"]) == ("at_least", "exact")
