from __future__ import annotations

import pytest

from pipeline.ingest.publishers import host, outlet


@pytest.mark.parametrize(
    ("url", "publisher"),
    [
        ("https://www.westport-news.com/world/article/1.php", "Hearst"),
        ("https://malaysia.news.yahoo.com/x", "Apollo Global Management"),
        ("http://TASS.com:443/politics/1", "Government of Russia"),
    ],
)
def test_an_address_tells_the_outlet_and_its_owner(url, publisher):
    found = outlet(None, url)
    assert found is not None
    assert found.publisher == publisher


@pytest.mark.parametrize("url", ["https://nottass.com/1", "https://tass.com.example.org/1", "https://com/1"])
def test_an_address_that_only_looks_like_it_does_not(url):
    assert outlet("TASS", url) is None


def test_a_name_tells_the_owner_only_where_there_is_no_address():
    found = outlet("associated press", None)
    assert found is not None
    assert found.publisher == "Associated Press"
    assert outlet("Riverton Post", None) is None


@pytest.mark.parametrize("url", [None, "", "javascript:alert(1)", "http://[", "file:///etc/passwd"])
def test_what_is_no_address_has_no_host(url):
    assert host(url) is None
