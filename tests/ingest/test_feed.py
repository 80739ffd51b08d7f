from __future__ import annotations

from datetime import datetime

import pytest

from pipeline.ingest import feed
from pipeline.ingest.html import fragment
from pipeline.ingest.page import UnreadableError

RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>Riverton Post</title><link>https://example.org/</link><language>en-GB</language>
<item><title>Flood kills 12</title><link>https://example.org/1</link><author>Jo Writer</author>
<pubDate>Thu, 04 May 2023 08:30:00 +0200</pubDate>
<content:encoded><![CDATA[<p>Twelve people died.</p><p>27 are missing.</p><script>99</script>]]>
</content:encoded></item>
<item><title>Fire hurts 3</title><link>https://example.org/2</link>
<description>Three people were hurt.</description>
<pubDate>Fri, 05 May 2023 08:30:00 GMT</pubDate></item></channel></rss>"""
ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Valley News</title>
<entry><title>Flood kills 12</title><link href="https://example.net/1"/><published>2023-05-04T06:30:00Z</published>
<updated>2023-05-05T10:00:00Z</updated><content type="html">&lt;p&gt;Twelve people died.&lt;/p&gt;</content>
</entry></feed>"""


def test_each_entry_is_a_page_with_its_text():
    first, second = feed.read(RSS.encode())
    assert first.text == "Flood kills 12\n\nTwelve people died.\n27 are missing."
    assert (first.url, first.outlet, first.byline) == ("https://example.org/1", "Riverton Post", "Jo Writer")
    assert first.published == (datetime(2023, 5, 4, 6, 30), "minute")
    assert (first.updated, first.notes) == (None, ())
    assert second.text == "Fire hurts 3\n\nThree people were hurt."


def test_a_summary_is_said_to_be_one():
    _, second = feed.read(RSS.encode())
    assert second.notes[0].message == "the feed gives its summary alone"


def test_atom_tells_when_an_entry_was_changed():
    (entry,) = feed.read(ATOM.encode())
    assert entry.published == (datetime(2023, 5, 4, 6, 30), "minute")
    assert entry.updated == (datetime(2023, 5, 5, 10), "minute")


def test_a_feed_that_is_cut_short_gives_what_it_has():
    assert len(feed.read(RSS.encode()[: RSS.index("<item><title>Fire") + 30])) >= 1


def what_comes_of(raw: str) -> str:
    """All text of a feed, or why there is none."""
    try:
        return " ".join(page.text for page in feed.read(raw.encode()))
    except UnreadableError as error:
        return str(error)


BOMB = "<!DOCTYPE r [<!ENTITY a 'aaaaaaaaaa'>" + "".join(
    f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(12)
)


def test_an_entity_bomb_does_not_grow():
    raw = f'<?xml version="1.0"?>{BOMB}]><rss><channel><item><title>&m;</title></item></channel></rss>'
    assert len(what_comes_of(raw)) < 10_000


def test_an_entity_reads_no_file(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("classified 1234")
    raw = f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file://{secret}">]>'
    raw += "<rss><channel><item><title>Title &x;</title><description>&x;</description></item></channel></rss>"
    assert "classified" not in what_comes_of(raw)


@pytest.mark.parametrize("raw", [b"", b"hello", b"<html><body>12 died</body></html>", b"\x00\x01", b"<rss/>"])
def test_what_is_no_feed_is_unreadable(raw):
    with pytest.raises(UnreadableError, match="is no feed"):
        feed.read(raw)


def test_bytes_that_name_a_file_or_an_address_open_neither(tmp_path):
    path = tmp_path / "feed.xml"
    path.write_text(RSS)
    for name in (str(path), f"file://{path}"):
        with pytest.raises(UnreadableError, match="is no feed"):
            feed.read(name.encode())


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("rose to 12<p>34 people were hurt</p>", "rose to 12\n34 people were hurt"),
        ("<table><tr><td>Killed: 12</td><td>34 hurt</td></tr></table>", "Killed: 12 34 hurt"),
        ("<ul><li>12 dead</li><li>34 hurt</li></ul>", "12 dead\n34 hurt"),
    ],
)
def test_figures_of_two_cells_or_lines_do_not_run_together(markup, text):
    assert fragment(markup) == text


def test_an_entry_that_cannot_be_read_costs_no_other_and_is_told():
    item = "<item><title>&lt;!-- --&gt;</title><link>https://example.org/3</link></item></channel>"
    pages = feed.read(RSS.replace("</channel>", item).encode())
    assert len(pages) == 2
    assert "1 entries of the feed have no text" in pages[0].notes[0].message


def test_a_time_without_its_zone_is_a_day():
    pages = feed.read(RSS.replace("Fri, 05 May 2023 08:30:00 GMT", "2023-05-05 08:30:00").encode())
    assert pages[1].published == (datetime(2023, 5, 5), "day")
