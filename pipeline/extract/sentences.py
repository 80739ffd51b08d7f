"""Sentences with exact offsets. A line break ends a sentence: headlines and list lines stand alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from pipeline.extract.document import Document, Sentence
from pipeline.extract.lexicon import Lexicon
from pipeline.extract.tokens import tokenise

# An end mark with the closing marks that belong to it, before white space and a new beginning.
_END: Final = re.compile(r"[.!?…][\"'”’)\]]{0,3}(?=[ \t\u00a0]{1,3}[\"'“‘(\[–—-]{0,3}\s{0,1}[^\W_a-z])")
_LAST_WORD: Final = re.compile(r"([^\W\d_](?:\.?[^\W\d_]){0,15})$")
_LINE: Final = re.compile(r"[^\n]+")
# Tokens; no sentence of news is so long, and what is (a table, an attack) is read in pieces.
LONGEST: Final = 300


def split(document: Document, lexicon: Lexicon) -> Document:
    """Fill `sentences`: in order, none overlapping, white space at their ends left out."""
    return replace(document, sentences=tuple(_sentences(document.text, lexicon.abbreviations)))


def _sentences(text: str, abbreviations: frozenset[str]) -> Iterator[Sentence]:
    for number, line in enumerate(_LINE.finditer(text)):
        start = line.start()
        for mark in _END.finditer(text, line.start(), line.end()):
            if mark.group()[0] == "." and _abbreviates(text, start, mark.start(), abbreviations):
                continue
            yield from _sentence(text, start, mark.end(), number)
            start = mark.end()
        yield from _sentence(text, start, line.end(), number)


def _sentence(text: str, start: int, end: int, paragraph: int) -> Iterator[Sentence]:
    tokens = tokenise(text, start, end)
    for first in range(0, len(tokens), LONGEST):
        piece = tokens[first : first + LONGEST]
        yield Sentence(piece[0].start, piece[-1].end, paragraph, piece)


def _abbreviates(text: str, start: int, stop: int, abbreviations: frozenset[str]) -> bool:
    """Whether the word before the full stop at `stop` is an abbreviation or an initial."""
    found = _LAST_WORD.search(text, max(start, stop - 16), stop)
    if found is None:
        return False
    word = found.group().lower()
    return word in abbreviations or (len(word) == 1 and found.group().isupper())
