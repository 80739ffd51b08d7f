from __future__ import annotations

import json
from datetime import datetime

import pytest

from pipeline.ingest import jsonl
from pipeline.ingest.page import Page, UnreadableError
from pipeline.limits import Limits


def line(**fields: object) -> bytes:
    return json.dumps(fields).encode()


def read(raw: bytes) -> Page:
    (page,) = jsonl.read(raw)
    return page


def test_a_line_is_an_article():
    page = read(
        line(
            text="Twelve people died.",
            title="Flood in Riverton",
            url="https://example.org/1",
            outlet="Riverton Post",
            author=["Jo Writer", "Ann Other"],
            published="2023-05-04T08:30:00+02:00",
            language="en",
        )
    )
    assert page.text == "Flood in Riverton\n\nTwelve people died."
    assert (page.byline, page.outlet) == ("Jo Writer, Ann Other", "Riverton Post")
    assert page.published == (datetime(2023, 5, 4, 6, 30), "minute")


@pytest.mark.parametrize(
    "fields", [{"maintext": "Twelve died."}, {"body": "Twelve died."}, {"content": "Twelve died."}]
)
def test_other_tools_names_are_known(fields):
    assert read(line(**fields)).text == "Twelve died."


def test_a_headline_that_the_text_begins_with_is_not_said_twice():
    assert read(line(title="Flood kills 12", text="Flood kills 12\nThe river rose.")).text.count("12") == 1


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"{", "is no JSON"),
        (b"[1]", "is no JSON object"),
        (b'{"title": "x"}', "has no text"),
        (b'{"text": 12}', "has no text"),
        (b'{"text": ""}', "has no text"),
        (b"[" * 100_000, "is no JSON"),
        (b'{"text": ' + b"9" * 10_000 + b"}", "is no JSON"),
    ],
)
def test_a_line_that_is_no_article_says_why(raw, said):
    with pytest.raises(UnreadableError, match=said) as caught:
        jsonl.read(raw)
    assert caught.value.remedy


def test_a_surrogate_in_an_escape_becomes_a_space():
    assert read(b'{"text": "Twelve\\ud800 died."}').text == "Twelve  died."


def test_a_line_that_is_too_long_stops_none_after_it(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes(line(text="One died.") + b"\n" + b"x" * 5_000 + b"\n\n" + line(text="Two died.") + b"\n")
    first, error, last = jsonl.sources(path, Limits(page_bytes=1_000))
    assert (first.part, last.part) == ("#1", "#4")
    assert str(error) == "line #2 is too large"
    assert "COUNTERCLAIM_PAGE_BYTES" in error.remedy
