from __future__ import annotations

from hashlib import blake2b

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.ingest.shingles import RUN_WORDS, places, shingles

NONE = pl.DataFrame(schema={"article_id": pl.String, "start": pl.Int64, "end": pl.Int64})


def texts(*written: str) -> pl.DataFrame:
    return pl.DataFrame(
        {"article_id": [f"a{n}" for n in range(len(written))], "text": written}
    ).with_row_index("rank")


def runs(text: str, holes: pl.DataFrame = NONE) -> list[int]:
    return shingles(texts(text), holes)["runs"].explode().to_list()


def by_hand(*words: str) -> int:
    numbers = [int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "big") for word in words]
    return sum(number * 6364136223846793005 ** (place + 1) for place, number in enumerate(numbers)) % 2**64


def test_the_numbers_of_runs_are_arithmetic_and_no_hash_of_a_library():
    first, second = "nine boats left harborport at", "boats left harborport at dawn"
    assert runs("Nine boats left Harborport at dawn") == [by_hand(*first.split()), by_hand(*second.split())]


@pytest.mark.parametrize(
    "other", ["NINE boats left Harborport, at dawn!", "Nine  boats left\n\nHarborport at dawn"]
)
def test_capitals_and_marks_change_no_run(other):
    assert runs(other) == runs("Nine boats left Harborport at dawn")


def test_another_order_of_words_is_another_run():
    assert not set(runs("nine boats left at dawn")) & set(runs("boats nine left at dawn"))


def test_a_text_of_four_words_has_no_row():
    assert shingles(texts("Nine boats left Harborport"), NONE).is_empty()


def test_a_hole_is_passed_over_and_one_in_another_counts_once():
    text = "Nine boats [left [a word] out] left Harborport at dawn"
    holes = pl.DataFrame({"article_id": ["a0", "a0"], "start": [11, 17], "end": [30, 25]})
    assert runs(text, holes) == runs("Nine boats left Harborport at dawn")
    placed = places(texts(text), holes)
    assert [text[start:end] for _, start, end in placed.iter_rows()][:3] == ["Nine", "boats", "left"]


@settings(deadline=None)
@given(st.text(max_size=80))
def test_every_run_begins_at_a_word(text):
    words = places(texts(text), NONE).height
    assert len([run for run in runs(text) if run is not None]) == max(words - RUN_WORDS + 1, 0)
