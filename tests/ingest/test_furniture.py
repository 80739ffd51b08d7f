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
        ("214 comments", "comment forum"),
        ("Share on Facebook", "share bar"),
        ("Read more: 12 killed in mine fire", "related stories"),
        ("We use cookies and 31 partners do too", "cookie notice"),
        ("Leave a reply 15 − 5 =", "comment forum"),
        ("4 min read", "reading time"),
        ("7 minutes ago", "reading time"),
        ("Story Code : 973897", "story code"),
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
