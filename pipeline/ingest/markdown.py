"""Markdown with front matter: what is known of the page in YAML, then its text."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, Final

import yaml

from pipeline.ingest import plain
from pipeline.ingest.dates import Stamp, date_line, stamp
from pipeline.ingest.decoding import clean, decode
from pipeline.ingest.page import Page, UnreadableError
from pipeline.schema import KINDS

_FENCE: Final = re.compile(r"^---[ \t]*(?:\n|\Z)", re.MULTILINE)
# What yaml raises, and what its constructors let through: of !!int "", !!bool x, !!timestamp x.
_FAULTS: Final = (
    *(yaml.YAMLError, ValueError, ArithmeticError, LookupError),
    *(AttributeError, RecursionError),
)
_REASON: Final = 200  # characters of what a parser says
_LONGEST: Final = 20_000  # characters of front matter
_REMEDY: Final = "correct the front matter between the two lines of --- and run again"


class _FrontMatter(yaml.SafeLoader):
    """YAML without references: a few lines of them stand for more than any memory holds."""

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("it has references (*name), which are not read")
        return super().compose_node(parent, index)


def read(raw: bytes) -> tuple[Page, ...]:
    """The page with front matter; what that lacks comes from the text. Raises UnreadableError."""
    decoded, notes = decode(raw)
    front, text = _split(decoded)
    text = text.rstrip("\n")
    if not text.strip():
        raise UnreadableError("no text after the front matter", "put the article's text below it")
    kind = _string(front, "kind") or "article"
    if kind not in KINDS:
        raise UnreadableError(f"kind {kind!r} is not one of {', '.join(KINDS)}", _REMEDY)
    retrieved = _moment(front, "retrieved")
    page = Page(
        text=text,
        url=_string(front, "url"),
        outlet=_string(front, "outlet"),
        byline=_string(front, "byline"),
        wire=_string(front, "wire"),
        title=_string(front, "title") or plain.title(text),
        published=_moment(front, "published") or plain.published(text),
        updated=_moment(front, "updated"),
        retrieved_at=retrieved[0] if retrieved else None,
        language=_string(front, "language"),
        kind=kind,
        notes=notes,
    )
    return (page,)


def _split(text: str) -> tuple[dict[str, Any], str]:
    opening = _FENCE.match(text)
    if opening is None:
        return {}, text
    closing = _FENCE.search(text, opening.end())
    if closing is None:
        raise UnreadableError("the front matter has no closing ---", _REMEDY)
    front, body = text[opening.end() : closing.start()], text[closing.end() :]
    if len(front) > _LONGEST:
        raise UnreadableError(f"the front matter is longer than {_LONGEST} characters", _REMEDY)
    try:
        values = yaml.load(front, Loader=_FrontMatter)  # noqa: S506 a SafeLoader that allows less
    except _FAULTS as error:
        reason = " ".join(str(error).split())[:_REASON] or type(error).__name__
        raise UnreadableError(f"the front matter is not YAML: {reason}", _REMEDY) from error
    if values is None:
        return {}, body
    if not isinstance(values, dict):
        raise UnreadableError("the front matter is not a list of `name: value` lines", _REMEDY)
    return values, body


def _string(front: dict[str, Any], name: str) -> str | None:
    value = front.get(name)
    if value is None:
        return None
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        value = ", ".join(value)
    if not isinstance(value, str | int | float | date):
        raise UnreadableError(f"{name} is not a text", _REMEDY)
    try:
        told = str(value)
    except ValueError as error:  # a number of more digits than Python writes
        raise UnreadableError(f"{name} is not a text", _REMEDY) from error
    # JSON writes a sign beyond the first 65,536 as two halves.
    whole = told.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return " ".join(clean(whole).split()) or None


def _moment(front: dict[str, Any], name: str) -> Stamp | None:
    value = front.get(name)
    if value is None:
        return None
    if found := stamp(value) if isinstance(value, date) else date_line(str(value)):
        return found
    raise UnreadableError(f"{name}: {str(value)[:40]!r} is not a date", _REMEDY)
