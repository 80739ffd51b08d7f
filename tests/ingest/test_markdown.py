from __future__ import annotations

from datetime import datetime

import pytest

from pipeline.ingest import markdown
from pipeline.ingest.page import UnreadableError


def test_front_matter_becomes_what_is_known_of_the_page():
    (page,) = markdown.read(
        b'---\nurl: "https://example.org/1"\noutlet: "Riverton Post"\npublished: 2023-05-04\n'
        b'title: "Flood kills three"\nkind: digest\n---\nThree people died.\n'
    )
    assert page.text == "Three people died."
    assert (page.url, page.outlet, page.title) == (
        "https://example.org/1",
        "Riverton Post",
        "Flood kills three",
    )
    assert (page.published, page.kind) == ((datetime(2023, 5, 4), "day"), "digest")


def test_what_front_matter_lacks_comes_from_the_text():
    (page,) = markdown.read(b"---\ntitle: null\n---\nFlood kills three\n\n4 May 2023\n\nThree people died.\n")
    assert (page.title, page.published) == ("Flood kills three", (datetime(2023, 5, 4), "day"))


@pytest.mark.parametrize(
    ("raw", "title", "byline"),
    [
        (b"--- \ntitle: Flood\n--- \nText.\n", "Flood", None),
        (b'---\ntitle: "Flood \\ud83d\\ude22 \\e[31m"\n---\nText.\n', "Flood 😢 [31m", None),
        (b"---\ntitle: Flood\nbyline: [Jo Writer, Ann Other]\n---\nText.\n", "Flood", "Jo Writer, Ann Other"),
    ],
)
def test_front_matter_as_tools_write_it(raw, title, byline):
    (page,) = markdown.read(raw)
    assert (page.title, page.byline, page.text) == (title, byline, "Text.")


def test_without_front_matter_all_is_text():
    assert markdown.read(b"Three people died.\n")[0].text == "Three people died."


def test_a_time_with_its_zone_is_kept_in_utc():
    (page,) = markdown.read(b"---\npublished: 2023-05-04T08:30:00+02:00\n---\nText.\n")
    assert page.published == (datetime(2023, 5, 4, 6, 30), "minute")


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"---\ntitle: x\nThree people died.\n", "no closing ---"),
        (b"---\ntitle: [x\n---\nText.\n", "not YAML"),
        (b"---\njust words\n---\nText.\n", "not a list"),
        (b"---\ntitle: x\n---\n\n", "no text"),
        (b"---\nkind: rumour\n---\nText.\n", "kind 'rumour' is not one of"),
        (b"---\npublished: soon\n---\nText.\n", "'soon' is not a date"),
        (b"---\nx: !!python/object/apply:os.getcwd []\n---\nText.\n", "not YAML"),
    ],
)
def test_what_cannot_be_read_says_why_and_what_to_do(raw, said):
    with pytest.raises(UnreadableError, match=said) as caught:
        markdown.read(raw)
    assert caught.value.remedy
