from __future__ import annotations

import pytest
from riverland import claims_in


@pytest.mark.parametrize(
    ("sentence", "metric"),
    [
        ("Twelve people were killed.", "killed"),
        ("The shelling killed 12.", "killed"),
        ("The death toll rose to 12.", "killed"),
        ("Twelve have died.", "killed"),
        ("There were 12 deaths.", "killed"),
        ("Twelve people were wounded.", "injured"),
        ("The blast left 12 people injured.", "injured"),
        ("Police arrested 12 men.", "detained"),
        ("Twelve protesters have been detained.", "detained"),
        ("Twelve people are missing.", "missing"),
        ("The floods displaced 12,000 people.", "displaced"),
        ("Twelve people were taken to hospital.", "hospitalised"),
        ("The alliance sent 12,000 troops.", "troops_deployed"),
    ],
)
def test_verbs_nouns_and_constructions_bind_a_metric(sentence, metric):
    assert [claim["metric"] for claim in claims_in(sentence)] == [metric]


def test_one_sentence_makes_a_claim_a_quantity():
    claims = claims_in("The clashes left 12 people dead, 30 wounded and 200 in custody.")
    assert [(claim["metric"], claim["value"]) for claim in claims[:2]] == [("killed", 12), ("injured", 30)]


def test_the_population_is_that_of_the_noun():
    (claim,) = claims_in("Twelve police officers were killed.")
    assert claim["population"] == "security_forces"


def test_the_quote_is_the_very_characters_and_every_claim_names_its_rule():
    text = "Riverton, quiet.\n\nOfficials said at least twelve people were killed — 3 of them children."
    for claim in claims_in(text):
        assert text[claim["start"] : claim["end"]] == claim["quote"]
        assert claim["rule"]
        assert claim["sentence_start"] <= claim["start"] < claim["end"] <= claim["sentence_end"]
