"""What must hold for any text, found by trying many."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Callable

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from riverland import EVENT, cascade, claims_in

from pipeline.extract.claims import has_number, read
from pipeline.extract.lexicon import load_lexicon

LEXICON = load_lexicon(EVENT)
PIECES = """
killed 12 dead, . including 103 of them in Riverton – : ( ) " “ ” | at least between and 10 to 15 said police
the toll rose from 5 not no one none two hundred thousand a dozen dozens 2.3 million K % $ wounded; on Monday
were was 3 Jan. who may had earlier withdrew the figure - ' ’ \u200b ٣٥ 1,678
"""
WORDS = st.sampled_from([*PIECES.split(), "\n", "\t"])


def check(text: str) -> None:
    """Offsets are those of the text, claims point at claims, every digit is in one number."""
    found = cascade(text)
    ids = set(found.claims.get_column("claim_id"))
    for row in found.claims.iter_rows(named=True):
        assert text[row["start"] : row["end"]] == row["quote"]
        assert row["sentence_start"] <= row["start"] < row["end"] <= row["sentence_end"] <= len(text)
        assert row["part_of"] is None or row["part_of"] in ids - {row["claim_id"]}
        if row["attribution"] is not None:
            assert text[row["attribution_start"] : row["attribution_end"]] == row["attribution"]
        if row["low"] is not None and row["high"] is not None:
            assert row["low"] <= row["high"]
    for row in found.rejected.iter_rows(named=True):
        assert text[row["start"] : row["end"]] == row["text"]
        assert row["reason"]


@settings(deadline=None, max_examples=200)
@given(st.lists(WORDS, max_size=60).map(" ".join))
def test_any_order_of_our_own_words_is_read_without_fault(text):
    check(text)


@settings(deadline=None, max_examples=150)
@given(st.text(max_size=200))
def test_any_text_is_read_without_fault(text):
    check(text)


@settings(deadline=None, max_examples=150)
@given(st.text(alphabet=st.characters(categories=["Nd", "Nl", "No", "Cf", "Zs", "Po", "Lu"]), max_size=80))
def test_digits_and_marks_of_any_script_are_read_without_fault(text):
    check(text)


@settings(deadline=None, max_examples=100)
@given(st.lists(WORDS, max_size=40).map(" ".join))
def test_every_digit_is_in_a_claim_or_rejected(text):
    found = cascade(text)
    taken = [row[:2] for row in found.claims.select("start", "end").rows()]
    taken += found.rejected.select("start", "end").rows()
    for match in re.finditer(r"\d+", text):
        assert any(start <= match.start() < end for start, end in taken), match.group()


@settings(deadline=None, max_examples=300)
@given(
    st.lists(st.one_of(WORDS, st.sampled_from(["a", "few", "handful", "of", "couple", "dozen"])), max_size=4)
)
def test_an_article_that_the_filter_leaves_out_has_nothing_to_read(words):
    text = " ".join(words)
    kept = pl.DataFrame({"text": [text]}).select(has_number(LEXICON)).item()
    document = read(text, None, (), LEXICON)
    assert kept or not (document.claims or document.rejected)


MODIFIED = {
    "at least {}": ("at_least", True, False),
    "more than {}": ("more_than", True, False),
    "up to {}": ("up_to", False, True),
    "fewer than {}": ("less_than", False, True),
    "about {}": ("about", False, False),
    "{}": ("exact", True, True),
}


@settings(deadline=None)
@given(st.integers(2, 10**7), st.sampled_from(sorted(MODIFIED)))
def test_an_interval_holds_its_value_and_closes_only_the_ends_that_the_text_closes(number, phrase):
    (claim,) = claims_in(f"The storm killed {phrase.format(f'{number:,}')} people.")
    modifier, closed_below, closed_above = MODIFIED[phrase]
    assert (claim["modifier"], claim["value"]) == (modifier, number)
    assert claim["low"] == (number if closed_below else None)
    assert claim["high"] == (number if closed_above else None)


@settings(deadline=None)
@given(st.integers(2, 10**6), st.integers(1, 10**6))
def test_a_range_has_both_its_ends(low, width):
    (claim,) = claims_in(f"The storm killed between {low:,} and {low + width:,} people.")
    assert (claim["value"], claim["low"], claim["high"]) == (None, low, low + width)


DIGITS = [digit for digit in map(chr, range(0x660, 0x10000)) if unicodedata.category(digit) == "Nd"]


@settings(deadline=None)
@given(st.integers(2, 10**6), st.sampled_from([digit for digit in DIGITS if unicodedata.digit(digit) == 0]))
def test_a_number_reads_the_same_in_the_digits_of_any_script(number, zero):
    written = "".join(chr(ord(zero) + int(digit)) for digit in str(number))
    (claim,) = claims_in(f"The storm killed {written} people.")
    assert claim["value"] == number


HOSTILE = {
    "one sentence": "word ",
    "numbers": "12 ",
    "claims": "Police said 12 people were killed, including 3 children, ",
    "list": "in Region – 12 people\n",
    "quotations": '"12 killed" said ',
    "commas": "1,",
    "brackets": "(12 [",
    "number words": "one hundred ",
    "table": "| Dead | 12 |\n",
    "no width": "1\u200b",
    "bidi": "\u202e12 killed\u202c ",
}


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE)
def test_work_grows_with_the_length_of_a_text_and_no_faster(piece):
    small, large = (lines_run(piece * times) for times in (200, 800))
    assert large < 5 * small


def lines_run(text: str) -> int:
    """How many lines of Python it takes to read a text: work that no clock and no other process bends."""
    lines = 0

    def count(_frame: object, event: str, _argument: object) -> Callable[..., object]:
        nonlocal lines
        lines += event == "line"
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        read(text, None, (), LEXICON)
    finally:
        sys.settrace(before)
    return lines


def test_a_megabyte_without_an_end_is_read():
    text = "word " * 200_000 + "and 12 people were killed"
    (claim,) = read(text, None, (), LEXICON).claims
    assert claim.mention.value == 12
