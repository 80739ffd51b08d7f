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


def test_files_without_a_date_are_versions_in_their_order(make_event):
    lines = "".join(
        f'{{"text": "{n} people died.", "url": "https://example.org/flood"}}\n' for n in range(11)
    )
    folder = make_event()
    (folder / "articles" / "all.jsonl").write_text(lines)
    found = ingest(load(folder)).articles
    after = {row["version_of"]: row for row in found.to_dicts()}
    chain, last = [], None
    while last in after:
        chain.append(int(after[last]["text"].split()[0]))
        last = after[last]["article_id"]
    assert chain == list(range(11))


def test_a_digest_and_an_entry_of_a_feed_are_no_versions_of_their_page(make_event, article):
    url = "https://example.org/flood"
    digest = article("Twelve died.", url=url).replace("---\n", "---\nkind: digest\n", 1)
    folder = make_event(page=article("Twelve people died in the flood.", url=url), digest=digest)
    item = f"<item><title>Flood</title><link>{url}</link><description>Many died.</description></item>"
    (folder / "articles" / "feed.xml").write_text(f"<rss version='2.0'><channel>{item}</channel></rss>")
    found = ingest(load(folder)).articles
    assert found["version_of"].null_count() == found.height == 3


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
