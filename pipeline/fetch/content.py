"""What an answer holds: a page, a feed or neither."""

from __future__ import annotations

from functools import partial
from io import BytesIO
from typing import Final

import feedparser

from pipeline.fetch.address import parse
from pipeline.fetch.connection import Exchange
from pipeline.fetch.failure import SAVE, FetchError
from pipeline.ingest import apart, unpacking
from pipeline.ingest.page import Page, Source, UnreadableError
from pipeline.limits import Limits

PAGES: Final = ("text/html", "application/xhtml+xml")  # what is read of a web archive
_FEEDS: Final = ("application/rss+xml", "application/atom+xml", "application/xml", "text/xml")
_STEP: Final = 1 << 16  # bytes


def unpacked(exchange: Exchange, most: int) -> bytes:
    """The body as it was before it was packed. Raises FetchError if it cannot be, or is over `most` bytes."""
    encoding = exchange.header("content-encoding").strip().lower()
    if encoding not in ("", "identity", "gzip", "x-gzip"):
        raise FetchError(f"is packed as {encoding[:40]!a}, which we did not ask for", SAVE)
    try:
        raw = unpacking.unpacked(exchange.body, encoding, most)
    except unpacking.PackedError as error:
        raise FetchError(f"cannot be unpacked: {error}", "try again later", again=True) from error
    if len(raw) > most:
        raise FetchError("is too large, unpacked", Limits(page_bytes=most).remedy("page_bytes"))
    return raw


def is_feed(exchange: Exchange, raw: bytes) -> bool:
    """Whether the answer is a feed, and not a page. Raises FetchError if it is neither."""
    kind = exchange.header("content-type").split(";")[0].strip().lower()
    if kind in PAGES:
        return False
    if kind in _FEEDS and _names_a_feed(raw):
        return True
    what = ascii(kind[:60]) if kind else "without a type"
    raise FetchError(f"is {what}: no page and no feed", "save its text as .txt or .md and add the file")


def _names_a_feed(raw: bytes) -> bool:
    head = raw[:_STEP].lower()
    return any(mark in head for mark in (b"<rss", b"<feed", b"<rdf:rdf"))


def links(exchange: Exchange, raw: bytes, most: Limits) -> tuple[str, ...]:
    """The addresses of a feed's entries, in its order, each once. Raises FetchError if it has none.

    The feed is read in a process of its own, within the limits of a page.
    """
    source = Source(raw, partial(_entries, base=exchange.url), apart=True)
    ((_, found),) = apart.pages([source], most)
    if isinstance(found, UnreadableError):
        raise FetchError(found.message, found.remedy)
    return tuple(dict.fromkeys(page.url for page in found if page.url))


def _entries(raw: bytes, base: str) -> tuple[Page, ...]:
    feed = feedparser.parse(BytesIO(raw), resolve_relative_uris=False, sanitize_html=False)
    given = [str(entry.link) for entry in feed.entries if entry.get("link")]
    if not given:
        raise UnreadableError("is a feed whose entries have no address", "give the articles' addresses")
    return tuple(Page(text="", url=url) for link in given if (url := _seen_from(base, link)))


def _seen_from(base: str, link: str) -> str | None:
    try:
        return parse(link, base=parse(base)).url
    except FetchError:
        return None
