"""Lexicon: what the TOML files of words, actors and formats hold, each kind of entry with an example."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Sized
from itertools import islice
from pathlib import Path
from typing import Any, Final

from pipeline.documenting.markup import code, grid, number, toml
from pipeline.events import LEXICONS

_PIPELINE: Final = Path(__file__).parent.parent
_SHOWN: Final = 3  # words of a list that are printed as an example
_LONGEST: Final = 60  # characters of a word that are
_HEAD: Final = """# Lexicon

What the program knows of words, people and formats is data: TOML files, each entry or file with its source, a
codebook, a glossary or a dictionary. What stands below each file's name are its own first comments.

An event adds entries of the kinds {kinds} in its `event.toml`, in the same form, as `[[lexicon.{first}]]`;
there an entry without `source` is refused. An entry with the name of one that is there adds words to it,
another name adds one more ([how](../how-to/own-metric.md)). This page is made from `pipeline/lexicon/` and
`pipeline/codebooks/` by `make reference`.
"""


def markdown() -> str:
    """The page, one section a file; files of codebooks have a page of their own."""
    files = [
        path for folder in ("lexicon", "codebooks") for path in sorted((_PIPELINE / folder).glob("*.toml"))
    ]
    parts = [_HEAD.format(kinds=code(*LEXICONS), first=LEXICONS[0])]
    for path in files:
        text = path.read_text(encoding="utf-8")
        values = tomllib.loads(text)
        if "rule" not in values:
            name = path.relative_to(_PIPELINE).as_posix()
            parts.append("\n".join([f"## {name}\n", *_comments(text), *_contents(values)]))
    return "\n".join(parts)


def _comments(text: str) -> Iterator[str]:
    """The comments that open a file: paragraphs, and a table where they say what each key means."""
    prose: list[str] = []
    keys: list[list[str]] = []
    for line in text.splitlines():
        if not line.startswith("#"):
            if keys or prose or line:
                break
            continue
        told = line.removeprefix("#")
        key = re.match(r" {1,3}([a-z_]+(?:, [a-z_]+)*)  +(\S.*)", told)
        if key:
            keys.append([code(*key[1].split(", ")), key[2]])
        elif keys:
            keys[-1][1] += f" {told.strip()}"
        else:
            prose.append(told.strip())
    if prose:
        yield f"{' '.join(prose)}\n"
    if keys:
        yield grid(("key", "meaning"), keys)


def _contents(values: Mapping[str, Any]) -> Iterator[str]:
    """Kinds of entries first, then lists and small tables of words."""
    for name, value in values.items():
        if _entries(value):
            yield from _kind(name, value)
    listed = [(f"`{name}`", *_told(value)) for name, value in values.items() if not _entries(value)]
    if listed:
        yield grid(("name", "holds", "for example"), listed)


def _entries(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], Mapping)


def _kind(name: str, entries: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """How many entries of a kind there are, their keys, and the shortest of them."""
    keys = Counter(key for entry in entries for key in entry)
    always = [key for key, count in keys.items() if count == len(entries)]
    others = [key for key in keys if key not in always]
    some = f"; some with {code(*others)}" if others else ""
    yield f"`[[{name}]]`: {number(len(entries))} entries, each with {code(*always)}{some}. For example:\n"
    yield f"```toml\n{min((toml(entry, f'[[{name}]]') for entry in entries), key=len)}\n```\n"


def _told(value: Any) -> tuple[str, str]:
    """What a name holds, and the first of it."""
    if isinstance(value, Mapping):
        shown = (
            f"`{key}`: {_some(one) if isinstance(one, list) else _word(one)}" for key, one in value.items()
        )
        return _count(value, "name"), "; ".join(islice(shown, _SHOWN))
    if isinstance(value, list):
        return _count(value, "word"), _some(value)
    return ("a text", value) if isinstance(value, str) else ("a number", _word(value))


def _count(items: Sized, what: str) -> str:
    return f"{number(len(items))} {what}{'s' if len(items) > 1 else ''}"


def _some(words: Sequence[Any]) -> str:
    return ", ".join(_word(one) for one in words[:_SHOWN])


def _word(value: Any) -> str:
    text = str(value)
    return f"`{text if len(text) <= _LONGEST else text[:_LONGEST] + '…'}`"
