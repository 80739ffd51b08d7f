"""JSON lines: an article a line, its text and what is known of it under one of the names that tools use."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from pipeline.ingest.dates import Stamp, date_line, moment
from pipeline.ingest.decoding import clean, decode
from pipeline.ingest.page import Page, Source, UnreadableError, headed
from pipeline.limits import Limits

# A field of Page and the names it goes by, most exact first: those of news-please, GDELT and trafilatura too.
NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "text": ("text", "maintext", "body", "content", "raw_text"),
    "title": ("title", "headline"),
    "url": ("url", "source_url", "link"),
    "outlet": (
        "outlet",
        "source_name",
        "sitename",
        "site_name",
        "source",
        "source_domain",
        "domain",
        "hostname",
    ),
    "byline": ("byline", "author", "authors"),
    "wire": ("wire", "agency"),
    "published": (
        "published",
        "published_at",
        "date_publish",
        "datePublished",
        "publishedAt",
        "date",
        "seendate",
    ),
    "updated": ("updated", "updated_at", "date_modify", "dateModified"),
    "retrieved": ("retrieved", "retrieved_at", "date_download", "filedate"),
    "language": ("language", "lang"),
}
_REMEDY: Final = 'give a line like {"text": "…", "title": "…", "url": "…", "published": "2024-05-31"}'


def sources(path: Path, limits: Limits) -> Iterator[Source | UnreadableError]:
    """Every line that is not empty; an error if all are."""
    with path.open("rb") as lines:
        number, empty = 0, True
        while line := lines.readline(limits.page_bytes + 1):
            number += 1
            part = f"#{number}"
            empty = empty and not line.strip()
            if len(line) > limits.page_bytes:
                while line and not line.endswith(b"\n"):
                    line = lines.readline(limits.page_bytes)
                yield UnreadableError(f"line {part} is too large", limits.remedy("page_bytes"))
            elif line.strip():
                yield Source(line.rstrip(b"\r\n"), read, part)
    if empty:
        yield UnreadableError("holds no line with an article", _REMEDY)


def read(raw: bytes) -> tuple[Page, ...]:
    """The page of one line. Raises UnreadableError."""
    text, notes = decode(raw)
    try:
        values = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableError(f"is no JSON: {str(error)[:80]}", _REMEDY) from error
    if not isinstance(values, dict):
        raise UnreadableError("is no JSON object", _REMEDY)
    body = _string(values, "text")
    if not body:
        raise UnreadableError(f"has no text under any of {', '.join(NAMES['text'])}", _REMEDY)
    retrieved = _moment(values, "retrieved")
    title = _string(values, "title")
    return (
        Page(
            text=headed(body, title),
            url=_string(values, "url"),
            outlet=_string(values, "outlet"),
            byline=_string(values, "byline"),
            wire=_string(values, "wire"),
            title=title,
            published=_moment(values, "published"),
            updated=_moment(values, "updated"),
            retrieved_at=retrieved[0] if retrieved else None,
            language=_string(values, "language"),
            notes=notes,
        ),
    )


def _string(values: Mapping[str, Any], field: str) -> str | None:
    for name in NAMES[field]:
        value = values.get(name)
        if isinstance(value, dict):
            value = value.get("name")
        if isinstance(value, list):
            value = ", ".join(one for one in value if isinstance(one, str))
        if isinstance(value, str) and value.strip():
            return clean(value).strip()
    return None


def _moment(values: Mapping[str, Any], field: str) -> Stamp | None:
    text = _string(values, field)
    return (moment(text) or date_line(text)) if text else None
