"""Feeds (RSS and Atom): an article an entry, with as much of its text as the feed gives."""

from __future__ import annotations

import re
from calendar import timegm
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from typing import Any, Final

import feedparser

from pipeline.ingest.dates import Stamp, stamp
from pipeline.ingest.decoding import clean
from pipeline.ingest.html import fragment
from pipeline.ingest.page import Note, Page, UnreadableError
from pipeline.ingest.publishers import host

_ZONE: Final = re.compile(r"\d:\d\d(?::\d\d)?(?:\.\d{1,9})? ?(?:Z|[+-]\d\d:?\d\d|[A-Z]{3,4})\s*$")
_REMEDY: Final = "save the feed again as it was sent"


def read(raw: bytes) -> tuple[Page, ...]:
    """A page an entry. Raises UnreadableError if the file is no feed or has no entry.

    What feedparser is given is a stream, never a string: a string it would take for an address or a path.
    """
    feed = feedparser.parse(BytesIO(raw), resolve_relative_uris=False, sanitize_html=True)
    pages = tuple(page for entry in feed.entries if (page := _page(entry, feed.feed)))
    if not pages:
        reason = str(feed.get("bozo_exception") or "it has no entry with text")
        raise UnreadableError(f"is no feed that can be read: {clean(reason)}", _REMEDY)
    if empty := len(feed.entries) - len(pages):
        note = Note(
            f"{empty} entries of the feed have no text", "add their addresses with `counterclaim add`"
        )
        pages = (replace(pages[0], notes=(*pages[0].notes, note)), *pages[1:])
    return pages


def _page(entry: Any, feed: Any) -> Page | None:
    title = _text(entry.get("title"))
    contents = [one.get("value") for one in entry.get("content", ())] + [entry.get("summary")]
    body = next((text for one in contents if (text := _text(one))), None)
    if not (body or title):
        return None
    whole = any(one.get("value") for one in entry.get("content", ()))
    address = entry.get("link")
    note = Note("the feed gives its summary alone", "add the article itself with `counterclaim add`")
    return Page(
        text=f"{title}\n\n{body}" if title and body and title not in body else body or title or "",
        url=address if host(address) else None,
        outlet=_text(feed.get("title")),
        byline=_text(entry.get("author")),
        title=title,
        published=_moment(entry, "published"),
        updated=_moment(entry, "updated"),
        language=feed.get("language"),
        notes=() if whole else (note,),
    )


def _text(piece: str | None) -> str | None:
    try:
        return fragment(piece) or None if piece and piece.strip() else None
    except UnreadableError:  # a comment alone, say: one entry of many
        return None


def _moment(entry: Any, name: str) -> Stamp | None:
    """The time that feedparser read, in UTC; the day alone if no clock with its zone is printed."""
    # Asked for what an entry has not, feedparser gives "published" for "updated".
    told = dict(entry.items())
    parsed = told.get(f"{name}_parsed")
    if not parsed:
        return None
    zoned = bool(_ZONE.search(told.get(name, "")))
    return stamp(datetime.fromtimestamp(timegm(parsed), UTC), clock=zoned)
