from __future__ import annotations

import pytest

from pipeline.events import load
from pipeline.ingest.articles import ingest
from pipeline.ingest.versions import address


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.org/a", "http://www.example.org/a/"),
        ("https://example.org/a?utm_source=feed&id=3", "https://example.org/a?id=3"),
        ("https://example.org/a#comments", "https://example.org/a"),
    ],
)
def test_one_page_has_one_address(one, other):
    assert address(one) == address(other) is not None


def test_another_page_has_another_address():
    assert address("https://example.org/a?id=3") != address("https://example.org/a?id=4")


@pytest.mark.parametrize("url", [None, "", "https://example.org/", "ftp://example.org/a", "http://[", "a/b"])
def test_what_is_no_address_of_one_page_has_no_versions(url):
    assert address(url) is None


@pytest.fixture
def versions(make_event, article):
    """For each file that became an article the file it is a version of."""

    def links(**texts: tuple[str, str]) -> dict[str, str | None]:
        files = {
            name: article(text, published=published, url="https://example.org/flood")
            for name, (text, published) in texts.items()
        }
        found = ingest(load(make_event(**files))).articles
        names = {row["article_id"]: row["raw_path"][9:-3] for row in found.to_dicts()}
        return {names[row["article_id"]]: names.get(row["version_of"]) for row in found.to_dicts()}

    return links


def test_a_changed_text_is_a_version_of_the_text_before_it(versions):
    found = versions(
        b=("Twelve people died.", "2023-05-04"),
        a=("Forty people died.", "2023-05-06"),
        c=("Thirty people died.", "2023-05-05"),
    )
    assert found == {"b": None, "c": "b", "a": "c"}


def test_the_same_text_again_is_no_version(versions):
    found = versions(a=("Twelve people died.", "2023-05-04"), b=("Twelve people died.", "2023-05-05"))
    assert found == {"a": None}


def test_an_old_text_that_comes_back_is_not_told_twice(versions):
    found = versions(
        a=("Twelve people died.", "2023-05-04"),
        b=("Forty people died.", "2023-05-05"),
        c=("Twelve people died.", "2023-05-06"),
    )
    assert found == {"a": None, "b": "a"}
