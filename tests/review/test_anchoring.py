"""A decision finds its claim again by the claim's words, or says that it cannot; it never takes another's."""

from __future__ import annotations

from dataclasses import astuple, replace

import polars as pl
from decided import Desk, desk
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pipeline.review.anchoring import Found, find
from pipeline.review.decisions import Anchor, Decision

TEXT = (
    "Rain fell on Riverton all night. The mayor said on Tuesday that 12 people were killed in Riverton when "
    "the bridge gave way. Schools stayed shut. The Health Ministry said that 30 people were injured in "
    "Harborport, and that the search goes on. Boats were sent from the coast. "
)
QUOTE = "12 people were killed"


def found(decided: Anchor, now: Desk, verdict: str = "accept", claim_id: str = "c-before") -> Found:
    decision = Decision(2, claim_id, verdict, anchor=decided)
    return find([decision], now.extracted, now.articles)[2]


def test_a_claim_of_an_article_that_was_saved_anew_is_found_by_its_words():
    before, now = desk(TEXT), desk(TEXT, version="b")
    assert before.claim_id(QUOTE) != now.claim_id(QUOTE)
    assert found(before.anchor(QUOTE), now).claim["claim_id"] == now.claim_id(QUOTE)


def test_white_space_is_not_compared():
    now = desk(TEXT.replace(" ", "\u00a0 "), version="b")
    claim = found(desk(TEXT).anchor(QUOTE), now).claim
    assert claim["value"] == 12


def test_an_article_that_moved_is_found_by_its_url_and_one_without_by_its_file():
    before, now = desk(TEXT), desk("Nothing.", TEXT, version="b")
    assert found(replace(before.anchor(QUOTE), article="https://example.org/1"), now).claim
    assert found(replace(before.anchor(QUOTE), article="articles/a1.md"), now).claim
    assert found(before.anchor(QUOTE), now).claim is None  # that article has other words now


def test_an_article_that_is_not_here_is_found_by_words_that_stand_once_anywhere():
    before = replace(desk(TEXT).anchor(QUOTE), article="articles/gone.md")
    assert found(before, desk("Nothing.", TEXT, version="b")).claim
    twice = found(before, desk(TEXT, TEXT, version="b"))
    assert twice.claim is None
    assert twice.note.startswith("2 claims fit its words equally well: c")
    assert found(replace(before, prefix="", suffix=""), desk(TEXT, version="b")).claim is None


def test_of_two_claims_in_the_same_words_the_one_in_its_surroundings_is_found():
    twin = f"{TEXT}The police said that 12 people were killed in Harborport."
    before, now = desk(twin), desk(twin, version="b")
    first, second = (one["claim_id"] for one in now.extracted.filter(quote=QUOTE).sort("start").to_dicts())
    anchors = [before.anchor(QUOTE)]
    assert found(anchors[0], now).claim["claim_id"] == first != second


def test_two_claims_that_fit_equally_well_are_no_match():
    block = (
        "x" * 40
        + ". The mayor said that 12 people were killed in Riverton on Monday night. "
        + "y" * 40
        + ". "
    )
    gone = found(desk(block).anchor(QUOTE), desk(block * 2, version="b"))
    assert gone.claim is None
    assert "equally well" in gone.note


def test_the_claim_of_other_words_around_the_same_number_is_the_same_claim():
    now = desk(TEXT, version="b")
    seen = replace(now.anchor(QUOTE), quote="12 people were", suffix=" killed in Riverton when the br")
    assert found(seen, now).claim["claim_id"] == now.claim_id(QUOTE)
    assert found(replace(seen, figure="13"), now).claim is None
    assert found(replace(seen, metric="injured"), now).claim is None
    assert found(replace(seen, figure=""), now).claim is None


def test_two_numbers_that_share_their_words_are_told_apart():
    text = "The mayor said the flood killed 12 in Riverton and 15 in Harborport on Tuesday."
    before, now = desk(text), desk(text, version="b")
    for quote, value in (("killed 12", 12), ("killed 12 in Riverton and 15", 15)):
        claim = before.extracted.filter(value=value).row(0, named=True)
        seen = before.anchor(claim["quote"])
        assert found(seen, now).claim["value"] == value, quote
        left = Desk(now.articles, now.extracted.filter(pl.col("value") != value))
        assert found(seen, left).claim is None


def test_what_was_accepted_with_another_number_is_to_be_decided_again():
    now = desk(TEXT)
    seen = replace(now.anchor(QUOTE), figure="1,200")
    gone = found(seen, now, claim_id=now.claim_id(QUOTE))
    assert gone.claim is None
    assert gone.note == "it was 1,200 when this was decided, and is 12 now: decide again"
    assert found(seen, now, "amend", now.claim_id(QUOTE)).claim


def test_a_row_without_words_says_that_it_has_none():
    assert "no quote to find it by" in found(Anchor(), desk(TEXT)).note


SENTENCES = st.sampled_from(
    [
        "A dog barked. ",
        "Nobody slept.\n\n",
        "12 people were killed. ",
        "Some 40 people were detained. ",
        "  \n",
    ]
)


@given(st.lists(SENTENCES, max_size=4), st.lists(SENTENCES, max_size=4), st.booleans())
@settings(max_examples=80, deadline=None)
def test_edits_elsewhere_keep_the_anchor(before, after, removed):
    """Whatever is written before and after, and whatever is taken from the other half of the article."""
    body = TEXT.replace("Schools stayed shut. ", "Schools shut. " if removed else "Schools stayed shut. ")
    old, now = desk(TEXT), desk("".join(before) + body + "".join(after), version="b")
    for quote, value in ((QUOTE, 12), ("30 people were injured", 30)):
        seen = old.anchor(quote)
        assume(seen.prefix.strip() in " ".join(body.split()))
        claim = found(seen, now).claim
        if claim is not None:
            assert (claim["value"], claim["metric"]) == (value, seen.metric)
        if quote == QUOTE:
            assert claim is not None
            at = now.articles["text"][0].index("The mayor said on Tuesday that 12")
            assert claim["start"] == at + len("The mayor said on Tuesday that ")


@given(st.data())
@settings(max_examples=80, deadline=None)
def test_no_edit_makes_it_another_claim(data):
    """A claim that is found has the quote and both surroundings of the one that was decided on."""
    twin = TEXT + "The police said on Friday that 12 people were killed in Harborport when a ship sank."
    old = desk(twin)
    start = data.draw(st.integers(0, len(twin)))
    end = data.draw(st.integers(start, min(len(twin), start + 80)))
    now = desk(
        twin[:start] + data.draw(st.sampled_from(["", "x", " 12 people were killed "])) + twin[end:],
        version="b",
    )
    for claim in old.extracted.to_dicts():
        own = Desk(old.articles, old.extracted.filter(claim_id=claim["claim_id"]))
        seen = own.anchor(claim["quote"])
        match = found(seen, now).claim
        if match is not None:
            text = "".join(now.articles["text"][0].split())
            assert "".join((seen.prefix + seen.quote + seen.suffix).split()) in text
            assert match["metric"] == claim["metric"]
            assert match["value"] == claim["value"]


def test_an_anchor_reads_back_as_it_was_written():
    seen = desk(TEXT).anchor(QUOTE)
    assert astuple(seen) == (
        "https://example.org/0",
        "killed",
        "12",
        QUOTE,
        "The mayor said on Tuesday that",
        "in Riverton when the bridge gav",
    )
