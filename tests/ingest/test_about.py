from __future__ import annotations

import pytest
from saved import LEAD, MORE, URL, page
from trafilatura.metadata import extract_metadata

from pipeline.ingest.about import about
from pipeline.ingest.html import parse

READ = ("title", "author", "url", "sitename", "date")
DATES = {"extensive_search": False, "original_date": True, "max_date": "2100-01-01"}
AUTHOR = '{"@context": "https://schema.org", "@type": "NewsArticle", "author": {"name": "Jo Writer"}}'


def bare(body: str, head: str = "") -> bytes:
    return f"<html><head>{head}</head><body><h1>Flood in Riverton</h1>{body}</body></html>".encode()


@pytest.mark.parametrize(
    "raw",
    [
        page(),
        page(head=f'<script type="application/ld+json">{AUTHOR}</script>'),
        page(head='<script type="application/ld+json">[1, {"author": </script>'),
        page(head='<meta name="author" content="Jo Writer"><meta name="date" content="2023-05-04">'),
        page(head='<meta name="author" content="admin">'),
        bare(f'<p class="byline">By Jo Writer</p><time datetime="2023-05-04">May 4</time><p>{LEAD}</p>'),
        bare(f"<p>{LEAD}</p>", head='<meta name="twitter:site" content="@riverton">'),
        bare(f"<p>{LEAD}</p>", head='<meta name="twitter:site" content="@">'),
        bare(f"<p>{LEAD}</p>", head="<title>Flood in Riverton — the harborport post</title>"),
        bare(f"<p>{MORE}</p>", head='<link rel="canonical" href="https://news.example.net/flood?a=1">'),
        bare(""),
    ],
)
@pytest.mark.parametrize("address", [URL, None])
def test_it_is_what_trafilatura_finds(raw, address):
    expected = extract_metadata(parse(raw.decode()), address, DATES)
    found = about(parse(raw.decode()), address, dated=True)
    assert {name: getattr(found, name) for name in READ} == {name: getattr(expected, name) for name in READ}


def test_no_day_is_guessed_that_is_not_asked_for():
    raw = page(head='<meta name="date" content="2023-05-04">').decode()
    assert about(parse(raw), URL, dated=True).date == "2023-05-04"
    assert about(parse(raw), URL, dated=False).date is None
