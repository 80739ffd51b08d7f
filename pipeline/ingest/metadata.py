"""What a page says of itself in tags and JSON-LD: when it was published and changed, in which language."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

from lxml import html

from pipeline.ingest.dates import Stamp, moment

# Names of the field, most telling first; the Open Graph names, then those of schema.org and Dublin Core.
_PUBLISHED: Final = ("article:published_time", "datepublished", "dc.date.issued", "date", "pubdate")
_UPDATED: Final = ("article:modified_time", "og:updated_time", "datemodified", "dc.date.modified", "lastmod")
_ARTICLE: Final = re.compile(r"Article|Posting|Report")  # types of schema.org
_DEEPEST: Final = 6  # levels of JSON-LD that are looked into


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
    """The language that the page declares: "en-GB"."""
    return tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang")


def _tags(tree: html.HtmlElement) -> Iterator[tuple[str, str]]:
    for tag in tree.iter("meta"):
        name = tag.get("property") or tag.get("name") or tag.get("itemprop")
        if name and (value := tag.get("content")):
            yield name, value
    for tag in tree.iter("time"):
        if (name := tag.get("itemprop")) and (value := tag.get("datetime")):
            yield name, value


def _json_ld(tree: html.HtmlElement) -> Iterator[tuple[str, str]]:
    """Names and texts of the page's JSON-LD: of the article it is about, then of the page."""
    found: list[Mapping[str, Any]] = []
    for tag in tree.iter("script"):
        if tag.get("type") == "application/ld+json" and tag.text:
            with suppress(ValueError, RecursionError):
                found += _things(json.loads(tag.text), _DEEPEST)
    for thing in sorted(found, key=lambda thing: not _ARTICLE.search(str(thing.get("@type", "")))):
        yield from ((name, text) for name, text in thing.items() if isinstance(text, str))


def _things(value: Any, deepest: int) -> Iterator[Mapping[str, Any]]:
    """What the JSON-LD is about; what it only mentions or lists, as other stories, is left out."""
    if isinstance(value, list):
        for one in value:
            yield from _things(one, deepest - 1) if deepest else ()
    elif isinstance(value, dict):
        yield value
        for name in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _things(value.get(name), deepest - 1) if deepest else ()
