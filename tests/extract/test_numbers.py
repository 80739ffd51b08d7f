from __future__ import annotations

from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from riverland import claims_in

from pipeline.extract.numbers import parse_digits

TEENS: Final = (
    "ten",
    "eleven",
    "twelve",
    *(f"{one}teen" for one in ("thir", "four", "fif", "six", "seven", "eigh", "nine")),
)
ONES: Final = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", *TEENS)
TENS: Final = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


def spelled(number: int) -> str:
    """A number in English, written here on its own so that it can disagree with the reader."""
    if number < 20:
        return ONES[number]
    if number < 100:
        return TENS[number // 10 - 2] + (f"-{ONES[number % 10]}" if number % 10 else "")
    size, name = next(
        (size, name)
        for size, name in ((1_000_000, "million"), (1000, "thousand"), (100, "hundred"))
        if number >= size
    )
    rest = number % size
    link = " and " if 0 < rest < 100 else " "
    return f"{spelled(number // size)} {name}" + (f"{link}{spelled(rest)}" if rest else "")


@given(st.integers(2, 9_999_999))
def test_a_number_in_words_is_the_number(number):
    assert [claim["value"] for claim in claims_in(f"The storm killed {spelled(number)} people.")] == [number]


@given(st.integers(2, 10**12))
def test_digits_are_the_number_however_they_are_grouped(number):
    for separator in (",", "\u00a0", "\u202f", ""):
        assert parse_digits(f"{number:,}".replace(",", separator)) == number


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("2K", 2000),
        ("1.5 million", 1_500_000),
        ("two dozen", 24),
        ("half a dozen", 6),
        ("half a million", 500_000),
        ("a half-dozen", 6),
        ("half a thousand", 500),
        ("a quarter of a million", 250_000),
        ("quarter of a million", 250_000),
        ("three quarters of a million", 750_000),
        ("a hundred", 100),
        ("a hundred and four", 104),
        ("1\u00a0678", 1678),
    ],
)
def test_ways_to_write_a_number(words, value):
    assert [claim["value"] for claim in claims_in(f"The storm killed {words} people.")] == [value]


@pytest.mark.parametrize("words", ["10 to 15", "10-15", "10–15", "between 10 and 15", "ten to fifteen"])
def test_a_range_keeps_both_ends(words):
    (claim,) = claims_in(f"The storm killed {words} people.")
    assert (claim["modifier"], claim["value"], claim["low"], claim["high"]) == ("range", None, 10, 15)


@pytest.mark.parametrize("word", ["dozens", "scores", "hundreds", "several hundred", "tens of thousands"])
def test_a_word_keeps_its_word_and_gets_no_number(word):
    (claim,) = claims_in(f"The fire injured {word} of people.")
    assert (claim["modifier"], claim["vague_word"]) == ("vague", word)
    assert claim["value"] is claim["low"] is claim["high"] is None
