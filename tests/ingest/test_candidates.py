from __future__ import annotations

import polars as pl

from pipeline.ingest.candidates import candidates
from pipeline.ingest.shingles import shingles

NONE = pl.DataFrame(schema={"article_id": pl.String, "start": pl.Int64, "end": pl.Int64})


def story(name: str, sentences: int) -> str:
    return " ".join(
        f"On day {n} the {name} crossed line {n} of the river and {n} crates of {name} bread were sold."
        for n in range(sentences)
    )


def pairs(*written: str) -> set[tuple[int, int]]:
    texts = pl.DataFrame({"article_id": [f"a{n}" for n in range(len(written))], "text": written})
    texts = texts.with_row_index("rank")
    return set(candidates(texts, NONE, shingles(texts, NONE)).select("first", "rank").iter_rows())


def test_resembling_texts_are_a_pair_and_others_are_none():
    other = " ".join(f"other{n}" for n in range(300))
    assert pairs(story("ferry", 20), other, story("ferry", 15)) == {(0, 2)}


def test_two_sentences_out_of_a_very_long_text_are_a_pair_by_their_words():
    long = story("ferry", 400)
    brief = ". ".join(long.split(". ")[200:202])
    assert pairs(long, brief) == {(0, 1)}


def test_a_thousand_copies_of_one_text_are_no_million_pairs():
    found = pairs(*(f"{story('ferry', 5)} Desk {n}." for n in range(1000)))
    assert 999 <= len(found) <= 8 * 1000
    assert {later for _, later in found} == set(range(1, 1000))
