"""Markdown that a code host and the site show alike."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pipeline import words


def grid(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table. A bar in a cell is escaped; a cell is one line."""
    lines = [f"| {' | '.join(head)} |", f"|{' --- |' * len(head)}"]
    lines += [f"| {' | '.join(_cell(one) for one in row)} |" for row in rows]
    return "\n".join(lines) + "\n"


def code(*names: str) -> str:
    """Names as code, in a list."""
    return ", ".join(f"`{name}`" for name in names)


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a docstring, each on one line."""
    return [" ".join(part.split()) for part in re.split(r"\n\s*\n", text.strip())]


def explained(text: str, values: Mapping[str, object]) -> str:
    """`text`, in which each constant of `values` that it names is followed by its value: "NEAR (7)"."""

    def valued(match: re.Match[str]) -> str:
        value = values.get(match[0])
        return f"{match[0]} ({value})" if isinstance(value, int | float) else match[0]

    return re.sub(r"\b[A-Z]{3,}\b", valued, text)


def toml(values: Mapping[str, Any], head: str) -> str:
    """An entry as it stands in a TOML file, below its `head`."""
    return "\n".join([head, *(f"{_key(name)} = {_value(value)}" for name, value in values.items())])


def number(value: float) -> str:
    """A default as text: "20,000,000", "1.0"."""
    return words.number(value) if isinstance(value, int) else str(value)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", r"\|")


def _key(name: str) -> str:
    return name if re.fullmatch(r"[\w-]+", name, re.ASCII) else json.dumps(name, ensure_ascii=False)


def _value(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_key(name)} = {_value(one)}" for name, one in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(_value(one) for one in value) + "]"
    literal = isinstance(value, str) and "\\" in value and "'" not in value
    return f"'{value}'" if literal else json.dumps(value, ensure_ascii=False)
