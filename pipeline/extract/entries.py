"""Entries: a label and its number, as bulletins and tables give them: "Deaths: 58", "Missing – 44"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pipeline.extract.binding import Binding
from pipeline.extract.document import Mention, Token
from pipeline.extract.lexicon import Lexicon

_LABEL: Final = 8  # tokens of a label
_MARKS: Final = frozenset("-–—*•·>|#")
_COLONS: Final = frozenset(":–—-=")


def entry_value(tokens: tuple[Token, ...], mention: Mention, lexicon: Lexicon) -> Iterator[Binding]:
    """As in "- Injured: 204", "KILLED – at least 12": the whole label is a word of a metric."""
    colon = mention.begin - 1
    if colon < 1 or tokens[colon].text not in _COLONS:
        return
    first = next((index for index in range(colon) if tokens[index].text not in _MARKS), colon)
    while colon > first and tokens[colon - 1].text in _MARKS:
        colon -= 1
    if colon - first > _LABEL:
        return
    if any(token.text[0].isdecimal() for token in tokens[first:colon]):
        return
    for index in range(first, colon):
        for entry in lexicon.triggers.at(tokens, index):
            last = index + len(entry.words) - 1
            describes = index == first or last == colon - 1
            if last < colon and describes and entry.role != "subject":
                yield Binding(entry.name, index, last, "entry", 0 if index == first else 1)
