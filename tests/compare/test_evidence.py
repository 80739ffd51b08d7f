from __future__ import annotations

import pytest
from claimed import claim, compare
from riverland import EVENT

from pipeline.compare.evidence import evidence

SAID = "The Health Ministry said on Tuesday that 26 people were killed in Riverton."


def groups(tables) -> int:
    return tables["evidence"]["group_id"].n_unique()


def test_outlets_that_quote_one_statement_are_one_piece_of_evidence(compared):
    tables = compared(
        ("Post", 9, SAID),
        ("News", 10, "Twenty-six were killed in Riverton, according to the Health Ministry."),
    )
    assert groups(tables) == 1
    assert tables["evidence"]["link"].unique().to_list() == ["same statement"]
    assert tables["evidence"]["originator"].unique().to_list() == ["Riverland Health Ministry"]
    assert all("Health Ministry" in text for text in tables["evidence"]["evidence_text"])


def test_copies_of_a_wire_are_one_piece_of_evidence(compared):
    copy = "RIVERTON (AP) - Twenty-six people were killed in Riverton."
    tables = compared(("Post", 9, copy), ("News", 9, copy))
    assert groups(tables) == 1
    assert tables["evidence"]["link"].unique().to_list() == ["same wire"]


def test_the_same_number_for_other_people_is_another_fact(compared):
    tables = compared(
        ("Post", 9, "The Health Ministry said 18 police officers were killed."),
        ("News", 9, "The Health Ministry said 18 civilians were killed."),
    )
    assert groups(tables) == 2


def test_two_sources_with_one_number_are_two_pieces_of_evidence(compared):
    tables = compared(("Post", 9, SAID), ("News", 9, SAID.replace("The Health Ministry", "Riverland police")))
    assert groups(tables) == 2


def test_a_statement_repeated_weeks_later_is_another_statement(compared):
    tables = compared(
        ("Post", 1, "The Health Ministry said 26 people were killed."),
        ("News", 29, "The Health Ministry said 26 people were killed."),
    )
    assert groups(tables) == 2


def test_the_order_of_the_rows_changes_nothing(compared):
    tables = compared(
        ("Post", 9, SAID), ("News", 9, SAID), ("Wire", 10, "RIVERTON (AP) - Nine people were killed.")
    )
    claims, articles, copies = tables["claims"], tables["articles"], tables["copies"]
    turned = evidence(claims.reverse(), articles.reverse(), copies.reverse(), [])
    assert turned.equals(evidence(claims, articles, copies, []))


HEALTH = {"actor_id": "rl-health", "attribution": "the Health Ministry"}


def group_ids(*claims):
    return compare(EVENT, list(claims))["evidence"].sort("claim_id")["group_id"].to_list()


def test_the_same_figure_in_other_words_is_the_same_statement():
    exact = claim("Post", "2023-05-09", 1678, "detained", **HEALTH)
    nearly = claim("News", "2023-05-10", 1700, "detained", modifier="about", **HEALTH)
    over = claim("Wire", "2023-05-09", 1600, "detained", modifier="more_than", **HEALTH)
    assert group_ids(exact, nearly, over) == ["c00000"] * 3
    links = compare(EVENT, [exact, nearly])["evidence"].sort("claim_id")
    assert links["link"].to_list() == ["other words"] * 2
    assert links["evidence_text"][1] == "the Health Ministry"


@pytest.mark.parametrize(
    "other",
    [
        {"value": 2500, "modifier": "about"},  # too far
        {"value": 1700, "modifier": "more_than"},  # excludes it
        {"value": 1700, "modifier": "about", "actor_id": "rl-police"},  # another source
        {"value": 1700, "modifier": "about", "population": "militants"},  # other people
        {"value": 1700, "modifier": "about", "published": "2023-05-14"},  # another time
    ],
)
def test_what_is_not_the_same_figure_in_other_words_stays_apart(other):
    plain = {"outlet": "News", "published": "2023-05-09", "metric": "detained", **HEALTH}
    assert group_ids(claim("Post", "2023-05-09", 1678, "detained", **HEALTH), claim(**(plain | other))) == [
        "c00000",
        "c00001",
    ]


BODY = {"article": "a1", "outlet": "News", "published": "2023-05-09", "metric": "detained"}


@pytest.mark.parametrize(
    ("word", "links"),
    [
        ({"vague_word": "hundreds"}, True),
        ({"vague_word": "dozens"}, False),  # nobody calls 1,678 dozens
        ({"vague_word": "thousands"}, False),  # more than there were
        ({"vague_word": "hundreds", "population": "militants"}, False),
        ({"vague_word": "hundreds", "scope": "cumulative"}, False),
        ({"vague_word": "hundreds", "place_text": "Otherton"}, False),
        ({"vague_word": "hundreds", "actor_id": "rl-health"}, False),  # a source of its own
        ({"value": 1700, "modifier": "about"}, True),
        ({"value": 2500, "modifier": "about"}, False),
    ],
)
def test_a_headline_tells_the_figure_of_its_article_in_other_words(word, links):
    headline = {"value": None, "modifier": "vague", "scope": "change", **BODY, **word}
    figure = claim(**BODY, value=1678, scope="change", actor_id="rl-police", place_text="Riverton")
    assert len(set(group_ids(claim(**headline), figure))) == (1 if links else 2)


def test_a_word_that_could_mean_two_figures_means_neither():
    headline = claim(**BODY, value=None, modifier="vague", vague_word="hundreds")
    small, middle, large = (claim(**BODY, value=value, actor_id="rl-police") for value in (6, 232, 612))
    assert len(set(group_ids(headline, small, middle))) == 2
    assert len(set(group_ids(headline, middle, large))) == 3


def test_a_series_counts_articles_outlets_wires_and_originators():
    claims = [
        claim("Post", "2023-05-09", 12, wire="AP", **HEALTH),
        claim("News", "2023-05-09", 12, wire="AP", **HEALTH),
        claim("News", "2023-05-09", 13, actor_id="rl-police"),
    ]
    (row,) = compare(EVENT, claims)["series"].to_dicts()
    assert [row[name] for name in ("articles", "outlets", "wires", "originators", "groups")] == [
        3,
        2,
        1,
        2,
        2,
    ]


def test_an_odd_figure_without_a_source_in_several_outlets_is_a_suspicion_and_no_merge():
    tables = compare(EVENT, [claim("Post", "2023-05-09", 137), claim("News", "2023-05-11", 137)])
    kinds = [row["kind"] for row in tables["findings"].to_dicts()]
    assert "suspected_copying" in kinds
    assert tables["evidence"]["group_id"].n_unique() == 2
    round_figures = compare(EVENT, [claim("Post", "2023-05-09", 100), claim("News", "2023-05-11", 100)])
    assert "suspected_copying" not in round_figures["findings"]["kind"].to_list()


TOLD = (
    "Shops in the old town of Riverton stayed shut on Tuesday morning while soldiers stood at the bridges "
    "and the trams did not run. In the market hall 26 people were killed when the roof came down."
)


def test_one_figure_in_a_copied_text_is_one_piece_of_evidence(compared):
    other = "Firemen in Riverton counted and counted again all night. At dawn 26 people were dead."
    tables = compared(("Post", 9, TOLD), ("News", 20, f"News desk. {TOLD}"), ("Wire", 20, other))
    assert groups(tables) == 2
    rows = tables["evidence"].filter(link="near-duplicate text")
    assert rows.height == 2
    assert rows["originator"].unique().to_list() == ["Post"]
    assert all("five-word runs" in text and "articles/a0" in text for text in rows["evidence_text"])


def test_copied_texts_with_another_figure_are_two_pieces_of_evidence(compared):
    assert groups(compared(("Post", 9, TOLD), ("News", 9, TOLD.replace("26", "62")))) == 2
