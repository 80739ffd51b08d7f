from __future__ import annotations

import polars as pl

from pipeline.ingest.passages import characters, passages
from pipeline.ingest.shingles import shingles

NONE = pl.DataFrame(schema={"article_id": pl.String, "start": pl.Int64, "end": pl.Int64})
PAIR = pl.DataFrame({"rank": [1], "first": [0]}, schema={"rank": pl.UInt32, "first": pl.UInt32})
ROAD = "the road to the mill was closed by snow"
BOATS = "nine boats left the harbour of Riverton before the ice came in"


def common(one: str, other: str) -> dict[str, object]:
    texts = pl.DataFrame({"article_id": ["a0", "a1"], "text": [one, other]}).with_row_index("rank")
    found = passages(PAIR, shingles(texts, NONE))
    return characters(found, texts, NONE).row(0, named=True)


def test_the_longest_passage_is_the_same_words_in_both():
    one, other = f"{ROAD}. But {BOATS}!", f"Late: {BOATS.upper()}; and {ROAD}"
    row = common(one, other)
    assert other[row["start"] : row["end"]] == BOATS.upper()
    assert one[row["twin_start"] : row["twin_end"]] == BOATS
    assert row["words"] == 12


def test_passages_are_counted_by_the_tenths_of_the_shorter_text_they_begin_in():
    filler = " ".join(f"word{n}" for n in range(60))
    assert common(f"{ROAD} {BOATS}", f"{BOATS} {filler} {ROAD}")["spread"] == 2


def test_a_text_that_repeats_itself_is_compared_in_one_go():
    row = common(
        "nine boats left the harbour " * 20_000, f"{BOATS} " + "nine boats left the harbour " * 20_000
    )
    assert row["words"] >= 6
