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
        ("Three people died, officials said. (AFP)", "AFP", "(AFP)"),
        ("RIVERTON, Jan 6 (PTI) Three people died.", "PTI", "RIVERTON, Jan 6 (PTI)"),
        (
            "RIVERTON (Valley News / Sputnik - 4 May) Three died.",
            "Sputnik",
            "RIVERTON (Valley News / Sputnik - 4 May)",
        ),
        ("Tehran, Jan 6, IRNA – Three people died.", "IRNA", "Tehran, Jan 6, IRNA –"),
        (
            "Flood in Riverton\n\nBy Jo Writer, Associated Press\n\nThree died.",
            "AP",
            "By Jo Writer, Associated Press",
        ),
        ("Flood in Riverton\n\nThree died.\n\n© 2023 AFP", "AFP", "© 2023 AFP"),
        (
            "Three died.\n\n(Reporting by Jo Writer; Editing by Ann Other)",
            "Reuters",
            "(Reporting by Jo Writer; Editing by Ann Other)",
        ),
        ("Three died, police said.\n\nSource: Xinhua", "Xinhua", "Source: Xinhua"),
        ("Three died.\n\n(With inputs from ANI)", "ANI", "(With inputs from ANI)"),
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
        "Three people died, AFP reported.\nThe mayor spoke to The Associated Press by telephone.",
        "Flood in Riverton\n\n© 2023 AP Photo/Jo Writer\n\nThree people died.",
        "RIVERTON (WABC) - Three people died.",
        "The Communist Party (CP) – long in opposition – said three people died.",
    ],
)
def test_a_source_a_station_and_a_photo_credit_are_no_wire(text):
    assert wire(text) is None


def test_the_agencys_own_page_is_told_by_its_address():
    found = wire("Three people died.", url="https://www.reuters.com/world/riverton")
    assert (found.agency, found.mark, found.evidence) == ("Reuters", "own page", "reuters.com")
    assert wire("Three people died.", outlet_name="Reuters", url="https://copied.example.org/1") is None


@pytest.mark.parametrize(
    ("known", "agency"),
    [
        ({"byline": "Jo Writer, The Associated Press"}, "AP"),
        ({"byline": "Reuters Staff"}, "Reuters"),
        ({"byline": "Jo Writer"}, None),
        ({"declared": "AP"}, "AP"),
        ({"declared": "reuters"}, "Reuters"),
        ({"declared": "Riverland Press Agency"}, "Riverland Press Agency"),
        ({"outlet_name": "Valley News (AP copy)"}, "AP"),
        ({"outlet_name": "Valley News (online)"}, None),
    ],
)
def test_what_is_known_beside_the_text_counts(known, agency):
    found = wire("Three people died.", **known)
    assert (found.agency if found else None) == agency
