"""Versions of one page: captures of one address whose text changed. The same text again is no version."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlsplit

from courlan import normalize_url

_ENGLISH: Final = "en"  # of a text too short to tell
_WHOLE_SITE: Final = ("", "/")


def address(url: str | None) -> str | None:
    """The address by which captures are of one page: without scheme, "www." and marks of advertising.

    None if there is none, or if it is that of a whole site, which carries another story every hour.
    """
    try:
        parts = urlsplit(normalize_url(url or "", trailing_slash=False))
        port = f":{parts.port}" if parts.port else ""
    except ValueError:  # of a port too, if it is no number
        return None
    if parts.scheme not in ("http", "https") or (parts.path in _WHOLE_SITE and not parts.query):
        return None
    query = f"?{parts.query}" if parts.query else ""
    return f"{(parts.hostname or '').removeprefix('www.')}{port}{parts.path}{query}"


def versions(rows: Iterable[dict[str, Any]], entries: Collection[str]) -> Iterator[dict[str, Any]]:
    """Rows of the table `articles` with `version_of` filled. A row whose text is there already has `twin`,
    the file that it was first read from, and is none of the table.

    Captures of one address are in order of when they were fetched, else changed, else published, else read.
    Only pages of one kind and language are versions of one another: a digest or a translation is not. Nor is
    an entry of a feed (`entries`, by id), which tells a page in short.
    """
    earlier: dict[tuple[str, ...], dict[str, dict[str, Any]]] = {}  # by page, then by text
    for row in sorted(rows, key=_moment):
        page = address(row["url"])
        if page is None or row["article_id"] in entries:
            yield row
            continue
        known = earlier.setdefault((page, row["kind"], row["language"] or _ENGLISH), {})
        if twin := known.get(row["text_sha256"]):
            yield {**row, "twin": twin["raw_path"]}
            continue
        last = next(reversed(known.values()), None)
        known[row["text_sha256"]] = row
        yield {**row, "version_of": last["article_id"] if last else None}


def _moment(row: dict[str, Any]) -> datetime:
    found = row["retrieved_at"] or row["updated_at"] or row["published_at"]
    return found if isinstance(found, datetime) else datetime.max
