from __future__ import annotations

from datetime import date

import pytest
from riverland import claims_in


@pytest.mark.parametrize(
    ("sentence", "said_on"),
    [
        ("The Health Ministry said on Tuesday that 12 people were killed.", date(2023, 5, 9)),
        ("The Health Ministry said on Wednesday that 12 people were killed.", date(2023, 5, 10)),
        ("The Health Ministry said on 7 May that 12 people were killed.", date(2023, 5, 7)),
        ("The Health Ministry said on May 7 that 12 people were killed.", date(2023, 5, 7)),
        ("The Health Ministry said 12 people were killed.", None),
    ],
)
def test_the_day_it_was_said_counts_back_from_publication(sentence, said_on):
    (claim,) = claims_in(sentence)
    assert claim["said_on"] == said_on


def test_a_month_of_speech_is_an_interval_and_no_day():
    (claim,) = claims_in("In February the police said the death toll was 12.")
    assert (str(claim["as_of_start"]), str(claim["as_of_end"]), claim["said_on"]) == (
        "2023-02-01",
        "2023-02-28",
        None,
    )


def test_a_toll_of_months_ago_gives_way_to_one_of_now():
    text = "The police put the death toll at 20. In February prosecutors said the death toll was 12."
    assert {one["value"]: one["stance"] for one in claims_in(text)} == {20: "asserted", 12: "superseded"}
