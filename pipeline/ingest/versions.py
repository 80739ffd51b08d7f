"""Versions of one page: captures of one address whose text changed. The same text again is no version."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final
from urllib.parse import urlsplit

from courlan import normalize_url

_WHOLE_SITE: Final = ("", "/")
_LAST: Final = "~"  # after every date


def address(url: str | None) -> str | None:
    """The address by which captures are of one page: without scheme, "www." and marks of advertising.

    None if there is none, or if it is that of a whole site, which carries another story every hour.
    """
    try:
        parts = urlsplit(normalize_url(url or "", trailing_slash=False))
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or (parts.path in _WHOLE_SITE and not parts.query):
        return None
    query = f"?{parts.query}" if parts.query else ""
    return f"{(parts.hostname or '').removeprefix('www.')}{parts.path}{query}"


def versions(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows of the table `articles` with `version_of` filled; captures of a text that is there already go.

    Captures of one address are in order of when they were fetched, else changed, else published.
    """
    kept: list[dict[str, Any]] = []
    earlier: dict[str, dict[str, dict[str, Any]]] = {}  # by address and text
    for row in sorted(rows, key=_order):
        page = address(row["url"])
        if page is None:
            kept.append(row)
            continue
        known = earlier.setdefault(page, {})
        if row["text_sha256"] in known:
            continue
        last = next(reversed(known.values()), None)
        known[row["text_sha256"]] = row
        kept.append({**row, "version_of": last["article_id"] if last else None})
    return kept


def _order(row: dict[str, Any]) -> tuple[str, str]:
    moment = row["retrieved_at"] or row["updated_at"] or row["published_at"]
    return moment.isoformat() if moment else _LAST, str(row["raw_path"])
