"""Markdown with front matter: what is known of the page in YAML, then its text."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import yaml

from pipeline.ingest import plain
from pipeline.ingest.dates import Stamp, date_line, stamp
from pipeline.ingest.decoding import decode
from pipeline.ingest.page import Page, UnreadableError
from pipeline.schema import KINDS

_FENCE: Final = "---\n"
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
    if not text.startswith(_FENCE):
        return {}, text
    front, fence, body = text[len(_FENCE) :].partition("\n" + _FENCE)
    if len(front) > _LONGEST:
        raise UnreadableError(f"the front matter is longer than {_LONGEST} characters", _REMEDY)
    if not fence:
        raise UnreadableError("the front matter has no closing ---", _REMEDY)
    try:
        values = yaml.load(front, Loader=_FrontMatter)  # noqa: S506 a SafeLoader that allows less
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise UnreadableError(f"the front matter is not YAML: {reason}", _REMEDY) from error
    if not isinstance(values, dict):
        raise UnreadableError("the front matter is not a list of `name: value` lines", _REMEDY)
    return values, body


def _string(front: dict[str, Any], name: str) -> str | None:
    value = front.get(name)
    if value is None:
        return None
    if isinstance(value, list | dict):
        raise UnreadableError(f"{name} is not a text", _REMEDY)
    return str(value).strip() or None


def _moment(front: dict[str, Any], name: str) -> Stamp | None:
    value = front.get(name)
    if value is None:
        return None
    if isinstance(value, date):
        return stamp(value)
    if found := date_line(str(value)):
        return found
    raise UnreadableError(f"{name}: {str(value)[:40]!r} is not a date", _REMEDY)
