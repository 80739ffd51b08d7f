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
