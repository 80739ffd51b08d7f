"""The cascade on any text: it never fails, never runs away, and never invents characters."""

from __future__ import annotations

from declared import violations
from hypothesis import given, settings
from hypothesis import strategies as st
from riverland import cascade

from pipeline.schema import EXTRACTED, REJECTED

WORDS = (
    "at least,164,dozens,people,killed,were,.,including,103,in Riverton,of them,said,the Health Ministry,not"
)
MORE = "on Tuesday,withdrew,\n,$,troops,\u202e,’,“,”,1\u00a0678,½,٣,²,half a,to,-,between,and,aged,%,on 7 May"
PIECES = st.sampled_from([*WORDS.split(","), *MORE.split(","), ",", "2,030"])
TEXTS = st.lists(PIECES, max_size=40).map(" ".join) | st.text(max_size=200)


@settings(deadline=None)
@given(TEXTS)
def test_any_text_gives_rows_that_fit_the_schema_and_point_into_the_text(text):
    found = cascade(text)
    assert violations(EXTRACTED, found.claims) == []
    assert violations(REJECTED, found.rejected) == []
    for row in found.claims.iter_rows(named=True):
        assert text[row["start"] : row["end"]] == row["quote"]
        if row["part_of"]:
            assert row["part_of"] in set(found.claims["claim_id"]) - {row["claim_id"]}
        if row["modifier"] in ("at_least", "more_than"):
            assert row["high"] is None
        if row["modifier"] == "vague":
            assert row["value"] is row["low"] is row["high"] is None
    for row in found.rejected.iter_rows(named=True):
        assert text[row["start"] : row["end"]] == row["text"]


@settings(deadline=None)
@given(TEXTS)
def test_the_same_text_gives_the_same_claims(text):
    assert cascade(text).claims.equals(cascade(text).claims)


def test_a_long_sentence_without_an_end_is_read_in_time():
    text = "12 people killed and " * 5_000
    assert cascade(text).claims.height > 0
