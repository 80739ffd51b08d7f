"""Who says so: which phrases name a source, and how far one speaks."""

from __future__ import annotations

import pytest
from riverland import cascade, claims_in


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("A neighbour said 12 people were killed.", "A neighbour said"),
        (
            "Doctors at the clinic, who asked not to be named, say 12 people were killed.",
            "Doctors at the clinic",
        ),
        ("12 people were killed, the police chief wrote on Telegram.", "the police chief wrote"),
        ("12 people were killed, said a resident.", "said a resident"),
        ("Four deaths were reported by partners.", "by partners"),
        ("The government's official toll is 12 dead.", "The government's"),
        ("The rebels' health office counts 12 dead.", "The rebels' health office counts"),
        ("TOLL CLIMBS TO 12 DEAD - POLICE", "POLICE"),
        ("Police: 12 dead", "Police"),
        ('"We counted 12 bodies," the mayor said.', "the mayor said"),
        ("Citing the police, the paper wrote that 12 people were killed.", "Citing the police"),
        ("The ministry initially said 12 people were killed.", "The ministry initially said"),
    ],
)
def test_the_phrase_that_names_the_source_is_found(text, source):
    (claim,) = claims_in(text)
    assert claim["attribution"] is not None
    assert claim["attribution"].startswith(source)


@pytest.mark.parametrize(
    "text",
    [
        "12 people were killed, while police said they held talks.",
        "After 12 people were killed, the mayor said that schools would close.",
        "The official count on Friday was 12 dead.",
        "No group has claimed the attack that killed 12 people.",
        "An estimated 12 people were killed.",
        "Riverton blast: 12 dead",
    ],
)
def test_nobody_is_made_to_say_what_he_does_not(text):
    (claim,) = claims_in(text)
    assert claim["attribution"] is None


def test_a_number_that_is_no_claim_has_its_source_too():
    (row,) = cascade("The mayor said 40 houses were flooded.").rejected.to_dicts()
    assert (row["value"], row["attribution"]) == (40.0, "The mayor said")


def test_the_age_of_who_speaks_is_not_what_he_says():
    rows = cascade('"It was dark," said Ann Lee, 67.').rejected.to_dicts()
    assert [(row["text"], row["attribution"]) for row in rows] == [("67", None)]
