"""Sentences with exact offsets.

A line break ends a sentence: headlines and list lines stand alone. Only in text that was filled to a width,
as wires and mails are, does a sentence go on over the break.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise, takewhile
from typing import Final

from pipeline.extract.document import Document, Sentence, Token
from pipeline.extract.lexicon import Lexicon
from pipeline.extract.tokens import tokenise

# An end mark with the closing marks that belong to it, before white space and a new beginning.
_END: Final = re.compile(r"[.!?…][\"'”’)\]]{0,3}(?=[ \t\n\u00a0]{1,3}[\"'“‘(\[–—-]{0,3}\s{0,1}[^\W_a-z])")
_LAST_WORD: Final = re.compile(r"([^\W\d_](?:\.?[^\W\d_]){0,15})$")
_LINE: Final = re.compile(r"[^\n]+")
# Tokens; no sentence of news is so long, and what is (a table, an attack) is read in pieces.
LONGEST: Final = 300
WIDEST: Final = 10_000  # characters: each claim may quote the sentence that takes it back

# A block is filled if it has this many characters a line and nearly every line ends where no word more fits.
_NARROWEST: Final = 45
_FILLED: Final = 0.8


def split(document: Document, lexicon: Lexicon) -> Document:
    """Fill `sentences`: in order, none overlapping, white space at their ends left out."""
    return replace(document, sentences=tuple(_sentences(document.text, lexicon.abbreviations)))


def _sentences(text: str, abbreviations: frozenset[str]) -> Iterator[Sentence]:
    for number, (first, end) in enumerate(_paragraphs(text)):
        start = first
        for mark in _END.finditer(text, first, end):
            if mark.group()[0] == "." and _abbreviates(text, start, mark.start(), abbreviations):
                continue
            yield from _sentence(text, start, mark.end(), number)
            start = mark.end()
        yield from _sentence(text, start, end, number)


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Stretches of text that a sentence may not leave: filled blocks whole, other lines each alone."""
    block: list[tuple[int, int]] = []
    for line in _LINE.finditer(text):
        if block and (text.count("\n", block[-1][1], line.start()) > 1 or not line.group().strip()):
            yield from _block(text, block)
            block = []
        if line.group().strip():
            block.append(line.span())
    yield from _block(text, block)


def _block(text: str, lines: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    width = max((end - start for start, end in lines), default=0)
    full = 0
    for (start, end), (following, stop) in pairwise(lines):
        word = text[following:stop].split(maxsplit=1)[0]
        full += end - start + 1 + len(word) >= width
    table = any(text.find("\t", start, end) >= 0 or text.count("|", start, end) > 1 for start, end in lines)
    if not table and len(lines) > 1 and width >= _NARROWEST and full >= _FILLED * (len(lines) - 1):
        yield lines[0][0], lines[-1][1]
    else:
        yield from lines


def _sentence(text: str, start: int, end: int, paragraph: int) -> Iterator[Sentence]:
    own = text[start:end].strip()
    if len(own) <= LONGEST:  # which cannot be more tokens
        if own:
            first = text.find(own, start)
            yield Sentence(text, first, first + len(own), paragraph)
        return
    tokens = tokenise(text, start, end)
    while tokens:
        piece = _piece(tokens[:LONGEST])
        sentence = Sentence(text, piece[0].start, piece[-1].end, paragraph)
        vars(sentence)["tokens"] = piece  # found in the whole, whose context they may depend on
        yield sentence
        tokens = tokens[len(piece) :]


def _piece(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """As many of the tokens as are no wider than a sentence may be; one at least."""
    end = tokens[0].start + WIDEST
    if tokens[-1].end <= end:
        return tokens
    return tuple(takewhile(lambda token: token.end <= end, tokens)) or tokens[:1]


def _abbreviates(text: str, start: int, stop: int, abbreviations: frozenset[str]) -> bool:
    """Whether the word before the full stop at `stop` is an abbreviation or an initial."""
    found = _LAST_WORD.search(text, max(start, stop - 16), stop)
    if found is None:
        return False
    word = found.group().lower()
    return word in abbreviations or (len(word) == 1 and found.group().isupper())
