from __future__ import annotations

import pytest
from riverland import claims_in


@pytest.mark.parametrize(
    ("words", "modifier", "low", "high"),
    [
        ("12", "exact", 12, 12),
        ("at least 12", "at_least", 12, None),
        ("no fewer than 12", "at_least", 12, None),
        ("12 or more", "at_least", 12, None),
        ("more than 12", "more_than", 12, None),
        ("over 12", "more_than", 12, None),
        ("up to 12", "up_to", None, 12),
        ("fewer than 12", "less_than", None, 12),
        ("about 12", "about", None, None),
        ("some 12", "about", None, None),
        ("nearly 12", "about", None, None),
    ],
)
def test_the_text_bounds_the_number_and_we_do_not(words, modifier, low, high):
    (claim,) = claims_in(f"The blast wounded {words} people.")
    assert (claim["modifier"], claim["value"]) == (modifier, 12)
    assert (claim["low"], claim["high"]) == (low, high)
