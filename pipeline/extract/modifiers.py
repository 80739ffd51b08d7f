"""How the text bounds a number: "at least", "nearly", "or more". Open ends stay open."""

from __future__ import annotations

from dataclasses import replace

from pipeline.extract.document import Document, Mention, Token
from pipeline.extract.lexicon import Lexicon


def bound(document: Document, lexicon: Lexicon) -> Document:
    """Give each mention its modifier and interval, and the stretch of tokens that says so."""
    mentions = tuple(_bounded(mention, document.tokens(mention), lexicon) for mention in document.mentions)
    return replace(document, mentions=mentions)


def _bounded(mention: Mention, tokens: tuple[Token, ...], lexicon: Lexicon) -> Mention:
    begin, stop, name = mention.first, mention.last, None
    found = lexicon.modifiers_before.before(tokens, mention.first)
    while found is not None and not _is_destination(tokens, found[0], lexicon):
        begin, entry = found
        name = entry.name if name in (None, "exact") else name
        found = lexicon.modifiers_before.before(tokens, begin)
    if name is None and stop + 1 < len(tokens):
        for entry in lexicon.modifiers_after.at(tokens, stop + 1):
            name, stop = entry.name, stop + len(entry.words)
            break
    mention = replace(mention, begin=begin, stop=stop)
    return mention if name is None else _opened(mention, name)


def _is_destination(tokens: tuple[Token, ...], begin: int, lexicon: Lexicon) -> bool:
    """Whether "up to" says where a count got to: "the toll has gone up to 51"."""
    up = [token.lower for token in tokens[begin : begin + 2]] == ["up", "to"]
    return up and begin > 0 and tokens[begin - 1].lower in lexicon.grammar.moving


def _opened(mention: Mention, name: str) -> Mention:
    """The mention under modifier `name`: an end that the words leave open is None, and none is invented."""
    if mention.kind == "fraction":
        return replace(mention, modifier=name)
    if mention.kind != "cardinal":
        return mention
    value = mention.value
    low = value if name in ("exact", "at_least", "more_than") else None
    high = value if name in ("exact", "up_to", "less_than") else None
    return replace(mention, modifier=name, low=low, high=high)
