from __future__ import annotations

import polars as pl

SAID = "The Health Ministry said at least 164 people were killed."


def by_number(tables):
    joined = tables["statements"].join(tables["claims"].select("claim_id", "value"), on="claim_id")
    return {row["value"]: row for row in joined.iter_rows(named=True)}


def test_a_city_is_not_its_country_and_officers_are_not_all(compared):
    tables = compared(
        ("Post", 9, "Twelve people were killed in Riverton."),
        ("News", 9, "Twenty people were killed in Riverland."),
        ("Wire", 9, "Five police officers were killed in Riverland."),
    )
    assert tables["series"].height == 3
    assert tables["pairs"].is_empty()


def test_a_place_not_stated_is_the_events_own(compared):
    tables = compared(
        ("Post", 9, "Twelve people were killed."), ("News", 9, "Twenty people were killed in Riverland.")
    )
    assert tables["series"]["place"].to_list() == ["Riverland"]


def test_a_later_figure_of_the_same_source_replaces_the_earlier(compared):
    tables = compared(
        ("Post", 9, "The Health Ministry said 12 people were killed."),
        ("News", 10, "The Health Ministry said 20 people were killed."),
    )
    found = by_number(tables)
    assert (found[12]["status"], found[20]["status"]) == ("superseded", "standing")
    assert found[12]["ended_by"] == found[20]["claim_id"]
    assert found[12]["stood_until"] == found[20]["stated_on"]


def test_a_withdrawal_ends_every_printing_of_the_figure(compared):
    tables = compared(
        ("Post", 9, SAID),
        ("News", 11, "The Health Ministry withdrew its report that 164 people had been killed."),
        ("Late", 13, "The unrest left 164 people dead."),
    )
    assert tables["statements"]["status"].unique().to_list() == ["withdrawn"]
    (reported,) = tables["claims"].filter(pl.col("stance") == "retracted")["claim_id"]
    assert tables["statements"]["ended_by"].unique().to_list() == [reported]


def test_a_withdrawal_of_one_figure_leaves_another_standing(compared):
    tables = compared(
        ("Post", 9, SAID),
        ("News", 11, "The Health Ministry withdrew its report that 164 people had been killed."),
        ("Late", 13, "Riverland police said 40 people were killed."),
    )
    assert by_number(tables)[40]["status"] == "standing"


def relation(compared, first: str, second: str, days: tuple[int, int] = (9, 9)) -> tuple[str, str]:
    tables = compared(("Post", days[0], first), ("News", days[1], second))
    (row,) = tables["pairs"].iter_rows(named=True)
    return row["relation"], row["reason"]


def test_pairs_say_how_two_statements_stand_to_each_other_and_why(compared):
    police = "Riverland police said {} people were killed."
    ministry = "The Health Ministry said {} people were killed."
    assert relation(compared, ministry.format("12"), police.format("13"))[0] == "conflict"


def test_at_least_is_compatible_with_more(compared):
    police, ministry = (
        "Riverland police said 13 people were killed.",
        "The Health Ministry said at least 12 people were killed.",
    )
    assert relation(compared, ministry, police)[0] == "compatible"


def test_a_word_without_a_number_contradicts_nothing(compared):
    police, ministry = (
        "Riverland police said 3 people were killed.",
        "The Health Ministry said dozens of people were killed.",
    )
    assert relation(compared, ministry, police) == (
        "compatible",
        "a word without a number contradicts nothing",
    )


def test_figures_of_different_days_are_no_disagreement(compared):
    police, ministry = (
        "Riverland police said 13 people were killed.",
        "The Health Ministry said 12 people were killed.",
    )
    assert relation(compared, ministry, police, (9, 12))[0] == "different question"


def test_held_and_in_custody_are_two_questions(compared):
    tables = compared(
        ("Post", 9, "Riverland police said 900 people were arrested."),
        ("News", 9, "Riverland police said 70 people are in custody."),
    )
    assert sorted(tables["series"]["definition"].to_list(), key=str) == [None, "in custody"]
    assert tables["pairs"].is_empty()
