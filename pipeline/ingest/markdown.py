"""Markdown with front matter: what is known of the page in YAML, then its text."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

import yaml

from pipeline.ingest import plain
from pipeline.ingest.dates import date_line, stamp
from pipeline.ingest.page import Page, UnreadableError, decode
from pipeline.schema import KINDS

_FENCE: Final = "---\n"
_REMEDY: Final = "correct the front matter between the two lines of --- and run again"


def read(raw: bytes) -> Page:
    """A page with front matter; what that lacks comes from the text. Raises UnreadableError."""
    front, text = _split(decode(raw))
    text = text.rstrip("\n")
    if not text.strip():
        raise UnreadableError("no text after the front matter", "put the article's text below it")
    kind = front.get("kind") or "article"
    if kind not in KINDS:
        raise UnreadableError(f"kind {kind!r} is not one of {', '.join(KINDS)}", _REMEDY)
    published_at, precision = _moment(front, "published")
    if published_at is None:
        published_at, precision = plain.published(text)
    return Page(
        text=text,
        url=_string(front, "url"),
        outlet=_string(front, "outlet"),
        byline=_string(front, "byline"),
        title=_string(front, "title") or plain.title(text),
        published_at=published_at,
        precision=precision,
        retrieved_at=_moment(front, "retrieved")[0],
        language=_string(front, "language"),
        kind=kind,
    )


def _split(text: str) -> tuple[dict[str, Any], str]:
    if not text.startswith(_FENCE):
        return {}, text
    front, fence, body = text[len(_FENCE) :].partition("\n" + _FENCE)
    if not fence:
        raise UnreadableError("the front matter has no closing ---", _REMEDY)
    try:
        values = yaml.safe_load(front)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise UnreadableError(f"the front matter is not YAML: {reason}", _REMEDY) from error
    if not isinstance(values, dict):
        raise UnreadableError("the front matter is not a list of `name: value` lines", _REMEDY)
    return values, body


def _string(front: dict[str, Any], name: str) -> str | None:
    value = front.get(name)
    return str(value).strip() or None if value is not None else None


def _moment(front: dict[str, Any], name: str) -> tuple[datetime | None, str | None]:
    value = front.get(name)
    if value is None:
        return None, None
    if isinstance(value, date):
        return stamp(value)
    if found := date_line(str(value)):
        return found
    raise UnreadableError(f"{name}: {value!r} is not a date", _REMEDY)
