"""What a page says of itself in tags and JSON-LD: when it was published and changed, in which language."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from lxml import html

from pipeline.ingest.dates import Stamp, moment

# Names of the field, most telling first; the Open Graph names, then those of schema.org and Dublin Core.
_PUBLISHED: Final = ("article:published_time", "datepublished", "dc.date.issued", "date", "pubdate")
_UPDATED: Final = ("article:modified_time", "og:updated_time", "datemodified", "dc.date.modified", "lastmod")
_DEEPEST: Final = 6  # levels of JSON-LD that are looked into
_CODE: Final = 2  # letters of a language


@dataclass(frozen=True, slots=True)
class Stamps:
    """When a page says it was published and last changed, each with its precision."""

    published: Stamp | None
    updated: Stamp | None


def stamps(tree: html.HtmlElement) -> Stamps:
    """The dates that the page declares."""
    fields: dict[str, str] = {}
    for name, value in (*_tags(tree), *_json_ld(tree)):
        fields.setdefault(name.lower(), value)
    published, updated = (
        next((found for name in names if (found := moment(fields.get(name)))), None)
        for names in (_PUBLISHED, _UPDATED)
    )
    return Stamps(published, updated)


def language(tree: html.HtmlElement) -> str | None:
    """The language that the page declares, as two letters: "en" of "en-GB"."""
    declared = str(tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or "")
    code = declared.replace("_", "-").partition("-")[0].strip().lower()
    return code if len(code) == _CODE and code.isalpha() and code.isascii() else None


def _tags(tree: html.HtmlElement) -> Iterator[tuple[str, str]]:
    for tag in tree.iter("meta"):
        name = tag.get("property") or tag.get("name") or tag.get("itemprop")
        if name and (value := tag.get("content")):
            yield name, value
    for tag in tree.iter("time"):
        if (name := tag.get("itemprop")) and (value := tag.get("datetime")):
            yield name, value


def _json_ld(tree: html.HtmlElement) -> Iterator[tuple[str, str]]:
    for tag in tree.iter("script"):
        if tag.get("type") == "application/ld+json" and tag.text:
            try:
                yield from _dates(json.loads(tag.text), _DEEPEST)
            except (ValueError, RecursionError):
                continue


def _dates(value: Any, deepest: int) -> Iterator[tuple[str, str]]:
    inner = value if isinstance(value, list) else value.values() if isinstance(value, dict) else ()
    if isinstance(value, dict):
        yield from ((name, text) for name, text in value.items() if isinstance(text, str))
    if deepest:
        for one in inner:
            yield from _dates(one, deepest - 1)
