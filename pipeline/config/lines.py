"""Where things stand in a TOML file, and what its grammar wants: the parser itself forgets the lines."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from pipeline.config.keys import EVENT

_HEADING: Final = re.compile(r"\s*\[\[?\s*([A-Za-z0-9_.-]+)\s*\]")
_KEY: Final = re.compile(r"\s*([A-Za-z0-9_-]+)\s*=")
_LONG: Final = re.compile(r'"""|\'\'\'')
_AT: Final = re.compile(r"(.*) \(at (?:line (\d+), column (\d+)|end of document)\)", re.DOTALL)
_CURLY: Final = frozenset("“”„‟‘’‚‛«»")
# What a person must do, by what the parser of Python says.
_REMEDIES: Final[Mapping[str, str]] = {
    "Invalid value": "texts stand in quotation marks, days and numbers without",
    "Expected newline": 'one thing a line; texts stand in quotation marks, within a text write \\" for one; '
    "numbers have no commas",
    "Unclosed array": "part the items of a list by commas and close it with ]",
    "Unclosed inline table": "part what stands in braces by commas and close them with }",
    "Unterminated": "close the quotation mark",
    "Illegal character": "close the quotation mark on the line where it opens",
    "Expected '\"": "close the quotation mark",
    'Expected "': "close the quotation mark",
    "Cannot overwrite": "the key or heading is there twice: keep one",
    "Cannot declare": "the heading is there twice: write it in double brackets, [[…]], each time",
    "Unescaped": "write \\\\ for each \\ in a text",
    "Expected ']": "close the heading with as many brackets as it opens with",
}
_ELSE: Final = 'a line is key = "value", a heading in double brackets, or begins with #'


@dataclass
class Lines:
    """The lines of headings and keys, as far as they can be told: text of many lines is passed over."""

    headings: dict[str, list[int]] = field(default_factory=lambda: {EVENT: [0]})
    keys: dict[tuple[str, int, str], int] = field(default_factory=dict)

    def of(self, heading: str, index: int, key: str | None = None) -> int | None:
        """The line, from 1, of a key of the entry `index` (from 0) under `heading`, or of the entry itself.

        None if it cannot be told.
        """
        entries = self.headings.get(heading, ())
        if index >= len(entries):
            return None
        return self.keys.get((heading, index, key or ""), entries[index] or None)


def lines(text: str, values: Mapping[str, Any]) -> Lines:
    """Where the headings and keys of `text` stand. Headings that do not agree with `values` are left out."""
    found, heading, inside = Lines(), EVENT, False
    for number, line in enumerate(text.split("\n"), start=1):
        if not inside and (match := _HEADING.match(line)):
            heading = match.group(1)
            found.headings.setdefault(heading, []).append(number)
        elif not inside and (match := _KEY.match(line)):
            place = (heading, len(found.headings[heading]) - 1, match.group(1))
            found.keys.setdefault(place, number)
        inside ^= len(_LONG.findall(line)) % 2 == 1 and not line.lstrip().startswith("#")
    found.headings = {name: at for name, at in found.headings.items() if _agrees(name, len(at), values)}
    return found


def _agrees(heading: str, count: int, values: Mapping[str, Any]) -> bool:
    value: object = values
    for part in heading.split(".") if heading else ():
        value = value.get(part) if isinstance(value, Mapping) else None
    return count == (len(value) if isinstance(value, list) else 1)


def ungrammatical(text: str, message: str) -> tuple[int | None, str, str]:
    """What the parser says of `text`: the line, if it tells one, what is wrong there, and what to do."""
    match = _AT.fullmatch(message)
    said = match[1] if match else message
    remedy = next((told for start, told in _REMEDIES.items() if said.startswith(start)), _ELSE)
    told = f"is no TOML: {said[:1].lower()}{said[1:]}"
    if match is None or match[2] is None:
        return None, told, remedy
    line, column = int(match[2]), int(match[3])
    if _CURLY.intersection(text.split("\n")[line - 1][max(column - 2, 0) : column]):
        remedy = 'quotation marks must be straight ones: "…"'
    return line, told, remedy
