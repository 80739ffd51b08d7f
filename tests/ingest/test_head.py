from __future__ import annotations

import pytest

from pipeline.ingest.head import head


def stretches(text: str) -> list[tuple[str, str]]:
    return [(text[one.start : one.end], one.pattern) for one in head(text).stretches]


def test_byline_date_and_dateline_are_metadata():
    text = (
        "Flood in Riverton kills 12\n\nBy Jo Writer and Ann Other\nMay 4, 2023\n\n"
        "RIVERTON, Riverland, May 4 (AP) — Twelve people died."
    )
    assert stretches(text) == [
        ("By Jo Writer and Ann Other", "byline"),
        ("May 4, 2023", "date line"),
        ("RIVERTON, Riverland, May 4 (AP) —", "dateline"),
    ]
    found = head(text)
    assert (found.byline, found.dateline) == ("Jo Writer and Ann Other", "RIVERTON, Riverland, May 4 (AP)")


@pytest.mark.parametrize(
    ("line", "byline"),
    [
        ("By Jo Writer", "Jo Writer"),
        ("BY JO WRITER, RIVERTON POST", "JO WRITER, RIVERTON POST"),
        ("By Jo de la Writer in Harborport", "Jo de la Writer in Harborport"),
        ("By Jo Writer | May 4, 2023", "Jo Writer"),
        ("By Tuesday 12 people had died", None),
        ("By the mayor's count 12 people died.", None),
        ("By President Writer's words the army has 2,300 soldiers there, the agency writes.", None),
    ],
)
def test_a_line_is_a_byline_only_if_it_holds_nothing_but_names(line, byline):
    assert head(f"Flood in Riverton\n{line}\nTwelve people died.").byline == byline


def test_names_above_the_date_are_the_byline():
    assert head("Flood in Riverton\nJo Writer\nThursday 4 May 2023 09:54 GMT\nText.").byline == "Jo Writer"
    assert head("Flood in Riverton\nJo Writer\nTwelve people died.").byline is None


@pytest.mark.parametrize(
    ("text", "dateline"),
    [
        ("RIVERTON — Twelve people died.", "RIVERTON"),
        ("HARBORPORT, Riverland – Twelve people died.", "HARBORPORT, Riverland"),
        ("URGENT - Twelve people died.", None),
        ("UN - Twelve people died.", None),
        ("Riverton-based rescuers found twelve bodies.", None),
    ],
)
def test_a_place_in_capitals_before_a_dash_is_a_dateline(text, dateline):
    assert head(text).dateline == dateline


def test_a_headline_whose_every_word_has_a_capital_is_no_byline():
    assert head("Twelve Killed In Riverton Blast\n4 May 2024\nThe mayor said so.").byline is None


def test_a_long_run_of_spaces_is_read_at_once():
    assert head(" " * 2_000_000 + "\nBy Jo Writer").byline == "Jo Writer"


def test_what_stands_further_down_is_the_article():
    text = "\n".join(["Twelve people died."] * 12 + ["By Jo Writer", "May 4, 2023"])
    assert head(text).stretches == ()
