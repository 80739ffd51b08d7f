from __future__ import annotations

import pytest

from pipeline.ingest.wires import wire


@pytest.mark.parametrize(
    ("text", "agency", "evidence"),
    [
        ("Riverton floods\n\nRIVERTON (AP) — Three people died.", "AP", "RIVERTON (AP) —"),
        ("RIVERTON, May 4 (Reuters) - Three people died.", "Reuters", "RIVERTON, May 4 (Reuters) -"),
        ("RIVERTON, May 4. /TASS/. Three people died.", "TASS", "RIVERTON, May 4. /TASS/"),
        ("Three people died, officials said.\n\n(dpa)", "dpa", "(dpa)"),
    ],
)
def test_a_mark_of_copy_names_the_wire(text, agency, evidence):
    found = wire(text)
    assert found is not None
    assert (found.agency, found.evidence) == (agency, evidence)


@pytest.mark.parametrize(
    "text",
    [
        "Three people died, the mayor told Reuters.",
        "RIVERTON (KMIZ) — Three people died.",
        "A boat on the Riven, May 3, 2023. (AP)\n\nThree people died.",
        "The Associated Press (AP) reports three deaths.",
    ],
)
def test_a_source_a_station_and_a_photo_credit_are_no_wire(text):
    assert wire(text) is None
