"""Sheets with HXL tags: a row of hashtags with attributes in any order says which column is what.

Source: HXL 1.1, tagging conventions and hashtag dictionary (hxlstandard.org).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from pipeline.coded.layout import Coded, knowledge, layout

_TAG: Final = re.compile(r"#\w{1,80}(?:\s{0,4}\+\s{0,4}\w{1,80}){0,20}")
_LANGUAGES: Final = ("i_", "v_")
_ROLES: Final = ("outlet", "published", "start", "end", "incident", "place", "country")


@dataclass(frozen=True, slots=True)
class Tag:
    """A hashtag and its attributes, in lower case: "#Affected +f+killed" is #affected with f and killed."""

    hashtag: str
    attributes: frozenset[str]


def tags(cells: Sequence[str]) -> tuple[Tag | None, ...] | None:
    """The tags of a row, None for a column without one; None if the row is no row of tags."""
    filled = [cell.strip() for cell in cells]
    if not any(filled) or not all(_TAG.fullmatch(cell) for cell in filled if cell):
        return None
    return tuple(_tag(cell) if cell else None for cell in filled)


def known(file: str, header: tuple[str, ...], row: Sequence[Tag | None]) -> Coded:
    """The table as its tags tell it; without figures if none of its tags is of a metric that is compared."""
    hxl = knowledge()["hxl"]
    plain = [tag and Tag(tag.hashtag, _telling(tag, hxl)) for tag in row]
    by_tag: dict[Tag, str] = {}
    for label, tag in zip(header, plain, strict=False):
        if tag:
            by_tag.setdefault(tag, label)
    roles: dict[str, Any] = {role: list(_named(by_tag, hxl[role])) for role in _ROLES}
    table = layout(roles | {"figures": list(_figures(by_tag, hxl))}, file, header, hxl["name"])
    used = {column for figure in table.figures for column in figure.columns}
    metrics = {_tag(text) for text in hxl["metrics"]}
    unread = tuple(
        label
        for tag, label in by_tag.items()
        if label not in used and any(_is_of(tag, metric) for metric in metrics)
    )
    return replace(table, unread=unread)


def _tag(text: str) -> Tag:
    hashtag, *attributes = re.split(r"\s*\+\s*", text.strip().lower())
    return Tag(hashtag, frozenset(attributes))


def _telling(tag: Tag, hxl: Mapping[str, Any]) -> frozenset[str]:
    """The attributes that change what a column is."""
    words = (word.removeprefix("v_") if word == "v_iso2" else word for word in tag.attributes)
    return frozenset(word for word in words if word not in hxl["neutral"] and not word.startswith(_LANGUAGES))


def _is_of(tag: Tag, metric: Tag) -> bool:
    return tag.hashtag == metric.hashtag and metric.attributes <= tag.attributes


def _named(by_tag: Mapping[Tag, str], wanted: Sequence[str]) -> Iterator[str]:
    for text in wanted:
        if (tag := _tag(text)) in by_tag:
            yield by_tag[tag]


def _figures(by_tag: Mapping[Tag, str], hxl: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """One figure a column of a metric, of all people or of a population that is known, with its ends."""
    populations = {frozenset[str](): "all"} | {
        frozenset({word}): name for word, name in hxl["populations"].items()
    }
    for tag, label in by_tag.items():
        for text, metric in hxl["metrics"].items():
            of = _tag(text)
            whose = tag.attributes - of.attributes - {hxl["change"]}
            if _is_of(tag, of) and whose in populations:
                ends = {
                    end: by_tag.get(Tag(tag.hashtag, tag.attributes | {hxl[end]})) for end in ("low", "high")
                }
                change, people = hxl["change"] in tag.attributes, populations[whose]
                yield {"metric": metric, "best": label, **ends, "population": people, "change": change}
