"""Pages that a browser saved as one file (MHTML, RFC 2557): the HTML in it, where and when it was saved."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from email import message_from_bytes, policy
from email.utils import parsedate_to_datetime
from typing import Final

from pipeline.ingest import html
from pipeline.ingest.dates import stamp
from pipeline.ingest.page import Page, UnreadableError
from pipeline.ingest.publishers import host

_REMEDY: Final = "save the page again, as HTML"


def read(raw: bytes) -> tuple[Page, ...]:
    """The first HTML page in the file. Raises UnreadableError if it has none."""
    message = message_from_bytes(raw, policy=policy.compat32)
    part = next((one for one in message.walk() if one.get_content_type() == "text/html"), None)
    body = part.get_payload(decode=True) if part else None
    if part is None or not isinstance(body, bytes):
        raise UnreadableError("is no saved page: it holds no HTML", _REMEDY)
    address = str(message["Snapshot-Content-Location"] or part["Content-Location"] or "")
    saved = _saved(str(message["Date"]))
    pages = html.read(body, part.get_content_charset(), address if host(address) else None)
    return tuple(replace(page, retrieved_at=saved) for page in pages)


def _saved(date: str) -> datetime | None:
    """When the page was saved. "-0000" is UTC of which the place is not told (RFC 5322 §3.3)."""
    try:
        found = stamp(parsedate_to_datetime(date.replace("-0000", "+0000")))
    except (ValueError, OverflowError):
        return None
    return found[0] if found else None
