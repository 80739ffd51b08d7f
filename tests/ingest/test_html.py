from __future__ import annotations

from datetime import datetime

import pytest
from saved import LEAD, MORE, URL, page

from pipeline.ingest import html
from pipeline.ingest.page import Page, UnreadableError


def read(raw: bytes, **about: str) -> Page:
    (found,) = html.read(raw, **about)
    return found


def json_ld(fields: str) -> str:
    return f'<script type="application/ld+json">{{"@type": "NewsArticle", {fields}}}</script>'


def test_the_article_is_kept_and_what_surrounds_it_is_not():
    found = read(page())
    assert found.text.splitlines() == ["Flood in Riverton kills 12", LEAD, MORE]
    assert (found.title, found.outlet, found.language) == (
        "Flood in Riverton kills 12",
        "Riverton Post",
        "en",
    )


def test_a_table_is_part_of_the_article():
    table = "<table><tr><th>Town</th><th>Dead</th></tr><tr><td>Harborport</td><td>3</td></tr></table>"
    assert "| Harborport | 3 |" in read(page(LEAD, table, MORE)).text


@pytest.mark.parametrize(
    ("head", "published"),
    [
        (json_ld('"datePublished": "2023-05-04T08:30:00+02:00"'), (datetime(2023, 5, 4, 6, 30), "minute")),
        (json_ld('"datePublished": "2023-05-04T08:30"'), (datetime(2023, 5, 4), "day")),
        (
            '<meta property="article:published_time" content="2023-05-04T08:30:15Z">',
            (datetime(2023, 5, 4, 8, 30, 15), "second"),
        ),
        ('<meta name="date" content="2023-05-04">', (datetime(2023, 5, 4), "day")),
        ('<meta name="date" content="2023">', None),
        ("", None),
    ],
)
def test_a_date_is_as_exact_as_the_page_says(head, published):
    assert read(page(head=head)).published == published


def test_a_date_printed_under_the_headline_counts_but_a_copyright_year_does_not():
    assert read(page("May 4, 2023", LEAD, MORE)).published == (datetime(2023, 5, 4), "day")
    assert read(page(LEAD, MORE)).published is None


def test_a_day_in_the_address_is_the_day_of_publication():
    found = read(page(), address="https://example.org/2023/05/04/flood")
    assert found.published == (datetime(2023, 5, 4), "day")


def test_the_page_says_when_it_was_changed():
    head = json_ld('"datePublished": "2023-05-04", "dateModified": "2023-05-06T10:00:00Z"')
    assert read(page(head=head)).updated == (datetime(2023, 5, 6, 10), "minute")


@pytest.mark.parametrize(
    ("canonical", "address", "url"),
    [
        ("https://www.example.org/flood", URL, "https://www.example.org/flood"),
        ("https://copied.example.net/flood", URL, URL),
        ("https://example.org/flood", None, "https://example.org/flood"),
        ("javascript:alert(1)", URL, URL),
    ],
)
def test_a_page_may_name_its_own_address_but_not_that_of_another_host(canonical, address, url):
    found = read(page(head=f'<link rel="canonical" href="{canonical}">'), address=address)
    assert found.url == url


def test_what_the_server_says_of_the_encoding_counts_before_what_the_page_says():
    raw = page("Le maire a dit : « douze morts à Évreux ».", MORE).decode()
    assert "Évreux" in read(raw.encode("cp1252"), charset="windows-1252").text


def test_a_page_that_is_declared_in_the_wrong_encoding_is_read_by_its_bytes():
    russian = "Двенадцать человек погибли в Ривертоне, сообщил мэр города. " * 4
    raw = page(russian, title="Наводнение").decode().replace('charset="utf-8"', 'charset="iso-8859-1"')
    found = read(raw.encode("cp1251"))
    assert "Двенадцать человек погибли" in found.text
    assert found.notes[0].message == "not UTF-8: read as cp1251, by its bytes"


def test_what_lies_deep_is_read_and_what_lies_too_deep_is_said():
    deep = page("<div>" * 1000 + LEAD + MORE + "</div>" * 1000)
    assert LEAD in read(deep).text
    with pytest.raises(UnreadableError, match="nested too deep"):
        read(page("<div>" * 5000 + LEAD + "</div>" * 5000))


@pytest.mark.parametrize(
    "raw", [b"", b"<html></html>", b"<html><body><script>12 died</script></body></html>"]
)
def test_a_page_without_an_article_is_unreadable(raw):
    with pytest.raises(UnreadableError) as caught:
        html.read(raw)
    assert caught.value.remedy


def test_markup_in_the_text_stays_text():
    found = read(page("The mayor wrote &lt;script&gt;alert(12)&lt;/script&gt; on Tuesday. " + LEAD, MORE))
    assert "<script>alert(12)</script>" in found.text
