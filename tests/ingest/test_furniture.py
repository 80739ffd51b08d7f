from __future__ import annotations

import pytest

from pipeline.ingest.furniture import furniture, patterns


def found(text: str) -> list[tuple[str, str]]:
    return [(text[stretch.start : stretch.end], stretch.pattern) for stretch in furniture(text, patterns())]


@pytest.mark.parametrize(
    ("line", "pattern"),
    [
        ("Whether $5 or $50, every contribution counts.", "donation appeal"),
        ("Sign up for our newsletter, 120,000 readers did", "subscription"),
        ("214 comments", "comments"),
        ("Share on Facebook", "share bar"),
        ("Read more: 12 killed in mine fire", "related stories"),
        ("We use cookies and 31 partners do too", "cookie notice"),
        ("Leave a reply 15 − 5 =", "comment forum"),
        ("4 min read", "reading time"),
        ("7 minutes ago", "reading time"),
        ("Story Code : 973897", "story code"),
        ("• See also: 200 held after rallies", "related stories"),
        ("May 4, 2023 at 10:15 AM", "time stamp"),
        ("Updated: May 4, 2023", "day alone"),
        ("3 / 12", "counter"),
        ("© 2023 Riverton Post", "usage restriction"),
        ("Cancel any time: $1 a week for 12 weeks", "subscription"),
        ("Riverton 14°C, partly cloudy", "weather box"),
    ],
)
def test_a_line_of_the_page_is_furniture(line, pattern):
    text = f"Three people died.\n{line}\nTwo more are missing."
    assert found(text) == [(line, pattern)]


@pytest.mark.parametrize(
    "line",
    [
        "At least 15 people died, the ministry said.",
        "The government will support 300 families and fund their journeys.",
        "Police read more than 200 names to the crowd.",
        "Two minutes later shots killed 4 people.",
        "More on this than on 30 other days.",
    ],
)
def test_a_line_of_the_article_is_not(line):
    assert found(line) == []


def test_every_pattern_has_a_name_of_its_own():
    names = [pattern.name for pattern in patterns()]
    assert len(names) == len(set(names)) > 0


def test_headlines_below_the_heading_of_a_box_are_furniture_until_the_first_sentence():
    text = "Three died.\nMost read\nMine fire kills 12\n33 officers held\nThe mayor said 4 are missing.\nEnd"
    assert [line for line, _ in found(text)] == ["Most read", "Mine fire kills 12", "33 officers held"]


def test_a_caption_that_is_printed_again_is_furniture_the_second_time():
    caption = "Soldiers guard a bridge over the Riven, where 12 people died, on May 3."
    text = f"{caption}\n{caption} (AP)\nThree people died."
    assert found(text) == [(f"{caption} (AP)", "repeated line")]


def test_a_whole_article_in_one_line_is_not_furniture():
    assert found("Three people died. " * 15 + "All rights reserved.") == []


def test_what_follows_the_heading_of_comments_is_no_article():
    article = [
        f"{town} lost {n} people in the flood, and rescuers went on searching the banks of the Riven."
        for n, town in enumerate(("Riverton", "Harborport", "Westmark"), 3)
    ]
    comments = ["User1: I heard that 400 people were killed there.", "User2: it was 500."]
    text = "\n".join([*article, "Comments (2)", *comments])
    assert [line for line, _ in found(text)] == ["Comments (2)", *comments]
    assert [line for line, _ in found("\n".join(["Comments (2)", *article]))] == ["Comments (2)"]
