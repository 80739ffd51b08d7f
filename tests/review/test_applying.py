"""What people decide is done to the claims, and told; nothing that extraction gave is lost."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from decided import Desk, desk, only
from declared import violations
from hypothesis import given, settings
from hypothesis import strategies as st
from riverland import EVENT

from pipeline import words
from pipeline.review.amending import FIELDS, Setting, amend, known
from pipeline.review.applying import apply
from pipeline.review.decisions import Decided
from pipeline.schema import CLAIMS, PROBLEMS, REVIEWS
from pipeline.schema.extract import MODIFIERS

TEXT = (
    "The Health Ministry said on Tuesday that 12 people were killed, including three children in Harborport. "
    "Dozens were injured. At least 40 people were detained in Riverton, Riverland police said."
)
ANN = "Ann,2023-05-11,she read it"


@pytest.fixture(scope="module")
def before() -> Desk:
    return desk(TEXT)


def amended(before: Desk, quote: str, *changes: str):
    """The claim after changes `field,value`, and the reviews."""
    claim_id = before.claim_id(quote)
    made = before.decide(*(f"{claim_id},amend,{change},{ANN}" for change in changes))
    return made.claims.filter(claim_id=claim_id).row(0, named=True), made


def test_without_decisions_claims_are_those_of_extraction(before):
    made = apply(before.extracted, before.articles, Decided(), EVENT, EVENT.actors)
    assert made.claims.drop("reviewed").equals(before.extracted)
    assert made.claims["reviewed"].null_count() == made.claims.height
    assert made.reviews.is_empty()
    assert made.problems.is_empty()


def test_an_accepted_claim_is_marked_and_stays_as_it_was(before):
    made = before.decide(f"{before.claim_id('12 people')},accept,,,{ANN}")
    assert only(made.claims.filter(reviewed="accept"))["quote"] == "12 people were killed"
    assert made.claims.drop("reviewed").equals(before.extracted)
    assert only(made.reviews)["outcome"] == "applied"


def test_a_rejected_claim_is_left_out_and_told_with_what_it_said(before):
    made = before.decide(f"{before.claim_id('Dozens')},reject,,,{ANN}")
    assert made.claims.height == before.extracted.height - 1
    told = only(made.reviews)
    assert (told["quote"], told["figure"], told["metric"]) == ("Dozens were injured", "dozens", "injured")
    assert (told["reviewer"], told["decided_on"], told["reason"]) == ("Ann", date(2023, 5, 11), "she read it")


def test_parts_of_a_rejected_whole_have_none_and_it_is_told(before):
    made = before.decide(f"{before.claim_id('12 people')},reject,,,{ANN}")
    part = before.claim_id("three")
    assert only(made.claims.filter(claim_id=part))["part_of"] is None
    assert part in only(made.reviews)["note"]


def test_an_amended_column_is_told_with_what_it_was(before):
    claim, made = amended(before, "12 people", "population,protesters")
    assert (claim["population"], claim["reviewed"]) == ("protesters", "amend")
    told = only(made.reviews)
    assert (told["field"], told["was"], told["value"]) == ("population", "all", "protesters")
    others = pl.col("claim_id") != claim["claim_id"]
    assert made.claims.filter(others).drop("reviewed").equals(before.extracted.filter(others))


@pytest.mark.parametrize(
    ("quote", "changes", "figure"),
    [
        ("12 people", ["value,15"], ("exact", 15, 15, 15, None)),
        ("12 people", ['value,"1,200"'], ("exact", 1200, 1200, 1200, None)),
        ("At least 40", ["value,50"], ("at_least", 50, 50, None, None)),
        ("At least 40", ["modifier,up_to"], ("up_to", 40, None, 40, None)),
        ("12 people", ["modifier,about"], ("about", 12, None, None, None)),
        ("12 people", ["modifier,range", "low,10", "high,15"], ("range", None, 10, 15, None)),
        ("12 people", ["modifier,vague", "vague_word,Scores"], ("vague", None, None, None, "scores")),
        ("Dozens", ["modifier,exact", "value,0"], ("exact", 0, 0, 0, None)),
    ],
)
def test_the_ends_of_a_number_move_with_it(before, quote, changes, figure):
    claim, _ = amended(before, quote, *changes)
    assert tuple(claim[name] for name in ("modifier", "value", "low", "high", "vague_word")) == figure


@pytest.mark.parametrize(
    ("quote", "changes", "fault"),
    [
        ("12 people", ["value,many"], "must be a whole number"),
        ("12 people", ["value,-3"], "must be a whole number"),
        ("12 people", ["value,"], "needs a value"),
        ("12 people", ["low,10"], "low 10 does not go with modifier exact"),
        ("12 people", ["modifier,range"], "a range needs a low end that is below"),
        ("12 people", ["modifier,vague"], "amend vague_word too"),
        ("Dozens", ["modifier,exact"], "amend value too"),
        ("12 people", ["modifier,nearly"], "one of exact, at_least"),
        ("12 people", ["metric,kiled"], "is it killed?"),
        ("12 people", ["metric,all"], "is no metric"),
        ("12 people", ["metric,"], "metric cannot be empty"),
        ("12 people", ["population,martians"], "is no population"),
        ("12 people", ["place_id,Atlantis"], "event.toml"),
        ("12 people", ["actor_id,nobody"], "event.toml"),
        ("12 people", ["said_on,11/05/2023"], "must be a day as YYYY-MM-DD"),
        ("12 people", ["said_on,2023-02-30"], "must be a day as YYYY-MM-DD"),
        ("12 people", ["as_of_start,2023-05-09", "as_of_end,2023-05-01"], "is after as_of_end"),
        ("12 people", ["attribution,the mayor"], "does not stand in it"),
        ("12 people", ["quote,13 people"], "quote cannot be amended; what can: metric"),
        ("12 people", [","], "no field cannot be amended"),
        ("12 people", ["part_of,c000000000000"], "there is no claim"),
    ],
)
def test_what_a_column_may_not_hold_is_told_and_changes_nothing(before, quote, changes, fault):
    claim, made = amended(before, quote, *changes)
    assert claim["reviewed"] is None
    assert made.claims.drop("reviewed").equals(before.extracted)
    assert set(made.reviews["outcome"]) == {"not usable"}
    assert all(fault in note for note in made.reviews["note"])
    assert made.problems["message"].str.contains(r"^line \d+: ").all()


def test_one_faulty_field_does_not_stop_the_others(before):
    claim, made = amended(before, "12 people", "value,many", "population,protesters")
    assert (claim["value"], claim["population"], claim["reviewed"]) == (12, "protesters", "amend")
    assert made.problems.height == 1


def test_a_place_takes_its_country_and_the_words_for_another_place_go(before):
    claim, made = amended(before, "three", "place_id,Rivertown")
    assert (claim["place_id"], claim["country"], claim["place_text"]) == ("rt", "XX", None)
    assert "with it place_text from Harborport to nothing" in only(made.reviews)["note"]


def test_words_for_a_place_or_a_source_must_stand_in_the_article_and_name_what_they_name(before):
    claim, _ = amended(before, "12 people", "place_text,Riverton", "attribution,Riverland police")
    assert (claim["place_text"], claim["place_id"]) == ("Riverton", "rt")
    assert (claim["attribution"], claim["actor_id"]) == ("Riverland police", "rl-police")
    assert TEXT[claim["attribution_start"] : claim["attribution_end"]] == "Riverland police"


def test_no_source_means_no_words_for_it_either(before):
    claim, _ = amended(before, "12 people", "attribution,")
    slots = ("attribution", "attribution_start", "attribution_end", "actor_id")
    assert [claim[name] for name in slots] == [None] * 4


def test_a_claim_is_no_part_of_itself_nor_of_its_parts_nor_of_what_is_rejected(before):
    whole, part = before.claim_id("12 people"), before.claim_id("three")
    assert amended(before, "12 people", f"part_of,{part}")[1].problems.height == 1
    assert amended(before, "12 people", f"part_of,{whole}")[1].problems.height == 1
    made = before.decide(f"{whole},reject,,,{ANN}", f"{part},amend,part_of,{whole},{ANN}")
    assert made.reviews["outcome"].to_list() == ["applied", "not usable"]
    assert amended(before, "three", "part_of,")[0]["part_of"] is None


def test_two_amendments_that_would_make_a_circle_do_not():
    before = desk(TEXT)
    one, two = before.claim_id("Dozens"), before.claim_id("At least 40")
    made = before.decide(f"{one},amend,part_of,{two},{ANN}", f"{two},amend,part_of,{one},{ANN}")
    assert made.reviews["outcome"].to_list() == ["applied", "not usable"]


@pytest.mark.parametrize(
    ("first", "second", "outcomes", "left"),
    [
        ("accept,,,Ann,2023-05-12,", "reject,,,Ben,2023-05-11,", ["applied", "overruled"], "accept"),
        ("accept,,,Ann,2023-05-11,", "reject,,,Ben,2023-05-11,", ["overruled", "applied"], None),
        ("accept,,,Ann,,", "amend,value,15,Ben,2023-05-11,", ["overruled", "applied"], "amend"),
        ("amend,value,15,Ann,2023-05-11,", "accept,,,Ben,2023-05-12,", ["overruled", "applied"], "accept"),
        ("amend,value,15,Ann,2023-05-11,", "amend,value,16,Ben,,", ["applied", "overruled"], "amend"),
        ("amend,value,15,Ann,2023-05-11,", "amend,scope,incident,Ben,,", ["applied", "applied"], "amend"),
        ("accept,,,Ann,2023-05-11,", "accept,,,Ben,2023-05-12,", ["applied", "applied"], "accept"),
        ("accept,,,Ann,2023-05-11,", "amend,value,many,Ben,2023-05-12,", ["applied", "not usable"], "accept"),
    ],
)
def test_the_last_decision_stands_and_the_note_says_over_which(before, first, second, outcomes, left):
    claim_id = before.claim_id("12 people")
    made = before.decide(f"{claim_id},{first}", f"{claim_id},{second}")
    assert made.reviews["outcome"].to_list() == outcomes
    assert made.claims.filter(claim_id=claim_id)["reviewed"].to_list() == ([left] if left else [])
    if "overruled" in outcomes:
        winner, loser = (2, 3) if outcomes[0] == "applied" else (3, 2)
        notes = dict(made.reviews.select("line", "note").rows())
        assert f"overrules line {loser}" in notes[winner]
        assert f"overruled by line {winner}" in notes[loser]


def test_amendments_before_an_acceptance_are_gone_and_those_after_it_stand(before):
    claim_id = before.claim_id("12 people")
    made = before.decide(
        f"{claim_id},amend,value,15,Ann,2023-05-11,",
        f"{claim_id},accept,,,Ann,2023-05-12,",
        f"{claim_id},amend,scope,incident,Ann,2023-05-13,",
    )
    claim = only(made.claims.filter(claim_id=claim_id))
    assert (claim["value"], claim["scope"]) == (12, "incident")


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("{},maybe,,,Ann,2023-05-11,", "'maybe' is no verdict"),
        ("{},accept,value,15,Ann,2023-05-11,", "leave field and value empty"),
        (",accept,,,Ann,2023-05-11,", "it names no claim"),
    ],
)
def test_a_decision_that_is_not_clear_is_not_guessed(before, row, fault):
    made = before.decide(row.format(before.claim_id("12 people")))
    assert fault in only(made.problems)["message"]
    assert made.claims.drop("reviewed").equals(before.extracted)


def test_a_decision_whose_claim_is_gone_changes_nothing_and_says_so(before):
    made = before.decide(f"c000000000000,reject,,,{ANN}")
    assert only(made.reviews)["outcome"] == "claim gone"
    assert made.claims.drop("reviewed").equals(before.extracted)
    assert made.problems.is_empty()


def test_what_extraction_gives_by_now_is_told(before):
    _, made = amended(before, "12 people", "value,12")
    assert only(made.reviews)["note"] == "extraction gives value 12 too"


WORDS = st.one_of(
    st.sampled_from(
        ["", "12", "1,200", "killed", "rt", "Riverton", "2023-05-01", "exact", "range", "all", "-"]
    ),
    st.text(max_size=12),
)


@given(st.dictionaries(st.sampled_from(FIELDS), WORDS, max_size=5))
@settings(max_examples=300, deadline=None)
def test_whatever_is_amended_a_claim_stays_one(given):
    """No words in any fields break the table, the number or the article's words."""
    before = desk(TEXT)
    claim = before.claim("12 people")
    wholes = dict(before.extracted.select("claim_id", "part_of").rows())
    made = amend(Setting(claim, TEXT, wholes), given, known(EVENT, EVENT.actors))
    assert made.by_field.keys() | made.faults.keys() == given.keys()
    row = claim | made.columns
    assert violations(CLAIMS, CLAIMS.frame([row | {"reviewed": None}])) == []
    assert row["modifier"] in MODIFIERS
    assert words.figure(*(row[name] for name in ("modifier", "value", "low", "high", "vague_word")))
    if row["modifier"] == "exact":
        assert row["value"] == row["low"] == row["high"] is not None
    if row["attribution"]:
        assert TEXT[row["attribution_start"] : row["attribution_end"]] == row["attribution"]


ROWS = st.lists(
    st.tuples(
        st.sampled_from(["12 people", "three", "Dozens", "gone"]),
        st.sampled_from(["accept", "reject", "amend", "maybe"]),
        st.sampled_from(["", "value", "part_of", "place_id", "quote"]),
        st.sampled_from(["", "15", "many", "rt"]),
        st.sampled_from(["", "2023-05-11", "2023-05-12", "soon"]),
    ),
    max_size=8,
)


@given(ROWS)
@settings(max_examples=150, deadline=None)
def test_any_rows_give_tables_that_keep_their_promises(rows):
    before = desk(TEXT)
    ids = {quote: before.claim_id(quote) for quote in ("12 people", "three", "Dozens")} | {"gone": "c0"}
    made = before.decide(*(f"{ids[quote]},{','.join(rest[:3])},Ann,{rest[3]}," for quote, *rest in rows))
    for table, frame in ((CLAIMS, made.claims), (REVIEWS, made.reviews), (PROBLEMS, made.problems)):
        assert violations(table, frame) == []
    assert made.reviews.height == len(rows)
    there = set(made.claims["claim_id"])
    assert set(made.claims["part_of"].drop_nulls()) <= there
    gone = set(before.extracted["claim_id"]) - there
    applied = made.reviews.filter(outcome="applied", verdict="reject")
    assert gone == set(applied["claim_id"])
