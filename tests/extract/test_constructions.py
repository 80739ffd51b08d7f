"""Constructions beyond verb and object: each sentence, and what must come out of it."""

from __future__ import annotations

import pytest
from riverland import claims_in, rejected_in


def figures(text: str) -> list[tuple[str, int | None]]:
    return [(claim["metric"], claim["value"]) for claim in claims_in(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rebels took 14 employees hostage.", [("abducted", 14)]),
        ("The landslide cost nine farmers and two guides their lives.", [("killed", 2), ("killed", 9)]),
        ("The army pulled some 5,000 troops back.", [("troops_withdrawn", 5000)]),
        ("Three rebels, identified as A and B of Harborport, were arrested.", [("detained", 3)]),
        ("Of the deaths, 40 of the deaths were in Riverton.", [("killed", 40)]),
        ("The force will number 4,200 soldiers.", [("troops_present", 4200)]),
        ("The number of recovered bodies rose by seven to 39.", [("killed", 7), ("killed", 39)]),
        ("Five of the wounded remain hospitalised.", [("hospitalised", 5)]),
        ("The militia freed 63 prisoners.", [("released", 63)]),
        ("The militia freed 24 hostages.", [("released", 24)]),
        ("A bomber struck, killing himself and four guards.", [("killed", 4)]),
        ("Of 112 passengers, 98 were killed.", [("killed", 98)]),
        ("The outbreak has infected 4,200 people and killed 61.", [("killed", 61)]),
        ("The toll, first given as 18, was raised to 25.", [("killed", 18), ("killed", 25)]),
        ("The unit lost 12 of its 40 fighters.", [("killed", 12)]),
        ("Miners were found: 17 have been brought out alive and 12 remain trapped.", [("missing", 12)]),
        ("Crews rushed 22 people to hospital.", [("hospitalised", 22)]),
        ("Six of the hurt were taken to a nearby military hospital.", [("hospitalised", 6)]),
        ("A mortar killed the mayor and his two drivers.", [("killed", 2)]),
        ("A mortar killed a guard and 300 villagers escaped.", []),
        ("Of those at the border, 2,400 are refugees.", [("displaced", 2400)]),
        ("Of the dead, 12 were children.", [("killed", 12)]),
        (
            "Of the 45 killed, 30 were women and 15 were men.",
            [("killed", 15), ("killed", 30), ("killed", 45)],
        ),
        (
            "Dozens were left dead, perhaps as many as 73, and 40 hurt.",
            [("injured", 40), ("killed", None), ("killed", 73)],
        ),
        ("The bodies of 12 soldiers killed at Harborport were handed over.", [("killed", 12)]),
        ("The bodies of 12 soldiers and nine wounded were flown out.", [("injured", 9), ("killed", 12)]),
        ("The number of protesters killed rose to 31.", [("killed", 31)]),
        ("The toll has exceeded 950.", [("killed", 950)]),
        ("The toll was heavy: 1,000 people fled.", [("displaced", 1000)]),
        (
            "Six others – three women and three boys – remain unaccounted for.",
            [("missing", 3), ("missing", 3), ("missing", 6)],
        ),
        (
            "The army cut its garrison from 12,000 soldiers to 8,500.",
            [("troops_present", 8500), ("troops_present", 12000)],
        ),
        ("Gunmen killed or wounded 40 people.", [("casualties", 40)]),
        ("At least 300 000 people were displaced.", [("displaced", 300000)]),
        (
            "Troops under the U.N. flag lost four men; six U.N. soldiers were hurt.",
            [("injured", 6), ("killed", 4)],
        ),
    ],
)
def test_verbs_bind_the_number_they_are_about(text, expected):
    assert sorted(figures(text), key=lambda one: (one[0], one[1] or 0)) == expected


@pytest.mark.parametrize("text", ["No one was killed.", "Nobody died.", "There were no deaths."])
def test_a_denied_death_is_a_claim_of_none(text):
    (claim,) = claims_in(text)
    assert (claim["metric"], claim["value"], claim["low"], claim["high"]) == ("killed", 0, 0, 0)


@pytest.mark.parametrize(
    "text",
    [
        "None of the 12 was hurt.",
        "Police did not kill 12 people.",
        "All but six were killed.",
        "No date was set for the talks.",
        "That is three fewer than were killed.",
        "The suspect, 16, was arrested.",
        "A child of four was hurt.",
        "One third of the dead were children.",
        "Nearly half of the dead were under 18.",
        "One of the ten was lucky.",
        "Fighting went on in 2010 and 2011, killing many.",
        "They got away with weapons, including six R4 rifles.",
    ],
)
def test_what_is_denied_or_only_described_is_no_claim(text):
    assert claims_in(text) == []


def test_a_label_and_its_number_are_a_claim():
    claims = claims_in("Deaths: 58\n- Injured: 204, of whom 37 in hospital\n- Missing: 44")
    assert [(one["metric"], one["value"]) for one in claims] == [
        ("killed", 58),
        ("injured", 204),
        ("hospitalised", 37),
        ("missing", 44),
    ]
    assert claims[2]["part_of"] == claims[1]["claim_id"]


def test_a_table_counts_what_heads_its_columns_where_its_rows_say():
    claims = claims_in("| Town | Dead | Hurt |\n|---|---|---|\n| Riverton | 9 | 51 |\n| Lower Mill | 3 | 7 |")
    assert [(one["metric"], one["value"], one["place_text"], one["place_id"]) for one in claims] == [
        ("killed", 9, "Riverton", "rt"),
        ("injured", 51, "Riverton", "rt"),
        ("killed", 3, "Lower Mill", None),
        ("injured", 7, "Lower Mill", None),
    ]


def test_rows_may_head_what_is_counted():
    claims = claims_in("| | Riverton |\n| Killed | 9 |\n| Vehicles | 4 |")
    assert [(one["metric"], one["value"]) for one in claims] == [("killed", 9)]


def test_shares_of_a_count_keep_its_metric_and_lie_within_it():
    whole, first, second = claims_in("The dead number 45: 40 in Riverton and five in Harborport.")
    assert [one["part_of"] for one in (first, second)] == [whole["claim_id"]] * 2
    assert [one["place_id"] for one in (first, second)] == ["rt", "hp"]


def test_two_places_side_by_side_are_not_parts_of_each_other():
    first, second = claims_in("Soldiers killed 20 people in Riverton and 12 in Harborport.")
    assert (first["value"], second["value"]) == (20, 12)
    assert first["part_of"] is second["part_of"] is None


def test_the_verb_may_be_left_out():
    text = "Veria is sending 1,800 soldiers, Sahil 1,200 and Morra 850."
    assert figures(text) == [("troops_deployed", value) for value in (1800, 1200, 850)]


def test_what_is_planned_for_one_is_planned_for_all_that_share_the_verb():
    assert {one["stance"] for one in claims_in("Veria will send 1,800 soldiers, Sahil 1,200.")} == {
        "hypothetical"
    }


def test_families_in_brackets_count_the_same_people_again():
    _, families = claims_in("The flood displaced 6,214 people (1,188 families).")
    assert (families["metric"], families["value"], families["population"]) == ("displaced", 1188, "families")
    assert families["part_of"] is None


def test_a_question_tells_what_the_answer_counts():
    assert figures("How many people died? The official count is 268.") == [("killed", 268)]


def test_a_count_said_again_is_of_what_is_nearest_in_size():
    claims = claims_in("A fire killed 291 people. Nine are missing. Before that the count had stood at 268.")
    assert [(one["metric"], one["value"]) for one in claims][-1] == ("killed", 268)


@pytest.mark.parametrize(
    ("text", "value", "stance"),
    [
        ("The death toll rose to 225 from 164.", 164, "superseded"),
        ("The death toll goes from eight to 37.", 8, "superseded"),
        ("So far 77 people were killed, as against 140 in 2021.", 140, "asserted"),
        ("Police said 17 people were killed, not 26.", 26, "denied"),
        ("The ministry said 37 people died, not 39 as it had reported.", 39, "retracted"),
    ],
)
def test_what_a_number_is_set_against_has_a_stance_of_its_own(text, value, stance):
    found = {one["value"]: one["stance"] for one in claims_in(text)}
    assert found[value] == stance
    assert {other for other in found if other != value}
    assert all(other == "asserted" for number, other in found.items() if number != value)


def test_a_range_is_in_the_unit_of_its_upper_end():
    (claim,) = claims_in("Between ten and thirteen thousand soldiers were killed.")
    assert (claim["low"], claim["high"], claim["modifier"]) == (10_000, 13_000, "range")


def test_where_a_toll_has_got_to_is_no_upper_bound():
    (claim,) = claims_in("The death toll has gone up to 51.")
    assert (claim["value"], claim["modifier"]) == (51, "exact")


@pytest.mark.parametrize(
    ("text", "number", "reason"),
    [
        ("In Game 2 they won.", "2", "label"),
        ("The 1988 revolt began here.", "1988", "date"),
        ("Between 2014 and 2017 it was quiet.", "Between 2014 and 2017", "date"),
        ("The flat has 32m2.", "32", "no people"),
        ("It grew by 2.5 million.", "2.5", "no people"),
        ("9" * 60, "9" * 60, "unreadable"),
    ],
)
def test_other_numbers_say_what_they_are(text, number, reason):
    found = rejected_in(text)
    assert any(key.startswith(number) and value == reason for key, value in found.items()), found


@pytest.mark.parametrize("written", ["٣٥", "３５", "3\u200b5"])
def test_digits_of_any_script_and_with_nothing_between_them_are_read(written):
    (claim,) = claims_in(f"{written} people were killed.")
    assert claim["value"] == 35
    assert claim["quote"].startswith(written)


@pytest.mark.parametrize(
    "text",
    [
        "Seven children were among 23 people killed.",
        "Among the 23 dead are seven children.",
        "The fire killed 23 people, seven of them children.",
    ],
)
def test_a_part_may_stand_before_its_whole(text):
    found = {one["value"]: one for one in claims_in(text)}
    assert found[7]["part_of"] == found[23]["claim_id"]
    assert found[23]["part_of"] is None


def test_an_adverb_alone_tells_a_part():
    whole, part = claims_in("The blast hurt eight people, two seriously.")
    assert (part["metric"], part["value"], part["part_of"]) == ("injured", 2, whole["claim_id"])


def test_what_each_side_says_of_one_thing_is_a_claim_of_its_own():
    assert figures("The opposition counts 37 dead; police said 9.") == [("killed", 37), ("killed", 9)]


def test_a_part_lies_in_what_is_large_enough_to_hold_it():
    claims = claims_in("The blast left 15 people dead and two hurt, including three teachers.")
    assert [(one["metric"], one["value"]) for one in claims] == [
        ("killed", 15),
        ("injured", 2),
        ("killed", 3),
    ]
    assert claims[2]["part_of"] == claims[0]["claim_id"]


def test_an_adverb_makes_a_part_only_of_a_count_beside_it():
    whole, part = claims_in("The blast hurt 25 people, four seriously.")
    assert part["part_of"] == whole["claim_id"]
    _, other = claims_in("The blast hurt 25 people. A fire left three others seriously injured.")
    assert other["part_of"] is None


def test_earlier_is_said_of_the_number_behind_it():
    claims = claims_in("Police raised the toll to 12 dead, after earlier reporting 11 dead.")
    assert [(one["value"], one["stance"]) for one in claims] == [(12, "asserted"), (11, "superseded")]


def test_a_time_before_makes_no_figure_older():
    claims = claims_in("Police held 983 people this year and 561 people in the previous 12 months.")
    assert {one["stance"] for one in claims} == {"asserted"}


def test_rows_of_a_list_in_one_line_are_no_parts_of_its_first():
    rows = "Upper Veria: 93 people; Morra: 15 people; Sahil: 12 people."
    text = f"The toll rose to 120.\nThe group listed the dead: {rows}"
    claims = claims_in(text)
    assert [one["value"] for one in claims] == [120, 93, 15, 12]
    assert claims[1]["claim_id"] not in {one["part_of"] for one in claims}
