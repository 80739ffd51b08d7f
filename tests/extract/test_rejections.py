from __future__ import annotations

import pytest
from riverland import claims_in, rejected_in


@pytest.mark.parametrize(
    ("sentence", "number", "reason"),
    [
        ("The killings went on for 10 days.", "10", "duration"),
        ("A donation of $50 helps the injured.", "50", "money"),
        ("The dead included an 11-year-old girl.", "11", "age"),
        ("They were killed on 5 January.", "5", "date"),
        ("They died in 2022.", "2022", "date"),
        ("They died on 05.01.2022.", "2022", "date"),
        ("They were detained at 17:30.", "17", "time"),
        ("About 40% of the detained were released.", "40", "percentage"),
        ("Shells hit 12 buildings and killed people.", "12", "site"),
        ("The third man died.", "third", "ordinal"),
        ("To lose one's children is the worst.", "one's", "possessive"),
        ("Unit Two’s output fell.", "Two’s", "possessive"),
    ],
)
def test_what_counts_no_people_is_rejected_with_its_reason(sentence, number, reason):
    assert rejected_in(sentence)[number] == reason
    assert number not in {str(claim["value"]) for claim in claims_in(sentence)}
