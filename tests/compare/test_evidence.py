from __future__ import annotations

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
    claims, articles = tables["claims"], tables["articles"]
    turned = evidence(claims.reverse(), articles.reverse(), [])
    assert turned.equals(evidence(claims, articles, []))
