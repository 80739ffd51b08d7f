from __future__ import annotations

import pytest

from pipeline.fetch.address import parse
from pipeline.fetch.failure import FetchError


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("https://Example.org", "https://example.org/"),
        ("http://example.org:80/a?b=c#d", "http://example.org/a?b=c"),
        ("https://example.org:443/a b", "https://example.org/a%20b"),
        (
            "https://example.org/новости?x=é",
            "https://example.org/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8?x=%C3%A9",
        ),
        ("https://straße.example/", "https://xn--strae-oqa.example/"),
        ("https://example.org./%7ea", "https://example.org/%7ea"),
        ("http://[2606:2800:21F::1]:8080/", "http://[2606:2800:21f::1]:8080/"),
    ],
)
def test_an_address_is_written_in_one_way(text, url):
    assert parse(text).url == url


@pytest.mark.parametrize(
    "text",
    [
        "file:///etc/passwd",
        "ftp://example.org/",
        "gopher://127.0.0.1:6379/_",
        "javascript:alert(1)",
        "http:///etc/passwd",
        "https://user:word@example.org/",
        "https://@example.org/",
        "http://example.org\\@127.0.0.1/",
        "http://example.org/\r\nHost: other",
        "http://exa mple.org/",
        "http://exa\u202emple.org/",
        "http://[::1/",
        "http://example.org:99999/",
        "http://example.org:0/",
        "http://..example.org/",
        "http://" + "a" * 5000,
    ],
)
def test_other_forms_are_refused_with_a_remedy(text):
    with pytest.raises(FetchError) as refused:
        parse(text)
    assert refused.value.remedy
    assert refused.value.message.isprintable()


def test_a_redirect_is_seen_from_where_it_was_met():
    base = parse("https://example.org/a/b")
    assert parse("../c", base=base).url == "https://example.org/c"
    assert parse("//other.example/x", base=base).url == "https://other.example/x"
