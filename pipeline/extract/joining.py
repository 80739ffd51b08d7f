"""Lists of people: what may stand between two nouns that share a verb."""

from __future__ import annotations

from typing import Final

from pipeline.extract.document import Token
from pipeline.extract.lexicon import Lexicon
from pipeline.extract.nouns import QUOTES

_BRACKETS: Final = {"(": ")", "[": "]", "–": "–", "—": "—"}


def joins(tokens: tuple[Token, ...], start: int, end: int, lexicon: Lexicon) -> bool:
    """Whether tokens start..end join two nouns: "and", ", along with the", "(five Spaniards) and"."""
    index, joined = start, False
    while index < end:
        token = tokens[index]
        if token.text in _BRACKETS:
            close = _BRACKETS[token.text]
            index = next((step for step in range(index + 1, end) if tokens[step].text == close), end)
        elif joining := lexicon.grammar.joining.at(tokens, index):
            joined, index = True, index + len(joining[0].words) - 1
        elif token.text == ",":
            joined = True
        elif token.text in QUOTES:
            pass
        elif token.lower == "of" or token.lower not in lexicon.grammar.determiners:
            return False
        index += 1
    return joined
