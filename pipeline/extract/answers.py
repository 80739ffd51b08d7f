"""Numbers whose metric was said before: answers to a question, and "the official count was 164"."""

from __future__ import annotations

from fractions import Fraction
from itertools import takewhile
from typing import Final

from pipeline.extract.document import Document, Draft, Mention, Token
from pipeline.extract.lexicon import Lexicon
from pipeline.extract.nouns import Noun

_COUNT: Final = 10  # tokens between "count" and its number
_COUNT_SENTENCES: Final = 3  # sentences back in which it is said what is counted
_ANSWERS: Final = 4  # sentences after a question that answer it
_ASKS: Final = frozenset({"how", "who", "what"})


def anaphoric(
    tokens: tuple[Token, ...], earlier: list[Draft], mention: Mention, noun: Noun | None, lexicon: Lexicon
) -> Draft | None:
    """The claim whose count is meant: "the official count was 164", "had put it at 11", "police said 20"."""
    if not earlier or not _is_bare(noun):
        return None
    here = earlier[-1].mention.sentence == mention.sentence
    if not counts(tokens, mention, lexicon) and not (here and _is_said(tokens, mention, lexicon)):
        return None
    first = mention.sentence - _COUNT_SENTENCES
    near = takewhile(lambda one: one.mention.sentence >= first, reversed(earlier))
    return min(near, key=lambda one: _ratio(one.mention, mention), default=None)


def _ratio(one: Mention, other: Mention) -> Fraction:
    """How many times the larger number is the smaller: a count that is given anew is near the old one."""
    first, second = (
        1 + (mention.value if mention.value is not None else mention.low or 0) for mention in (one, other)
    )
    return Fraction(max(first, second), min(first, second))


def counts(tokens: tuple[Token, ...], mention: Mention, lexicon: Lexicon) -> bool:
    """Whether a word for a count, or "it", is said to be the number."""
    begin = mention.begin
    if begin < 2 or tokens[begin - 1].lower not in lexicon.grammar.links:
        return False
    before = tokens[max(0, begin - _COUNT) : begin - 1]
    pronoun = tokens[begin - 2].lower in ("it", "that", "this")
    return pronoun or any(token.lower in lexicon.grammar.sizes for token in before)


def asked(
    document: Document, tokens: tuple[Token, ...], mention: Mention, noun: Noun | None, lexicon: Lexicon
) -> str | None:
    """The metric that a question just before asks for: "How many died? The official count was 268"."""
    if not _is_bare(noun):
        return None
    first = max(0, mention.sentence - _ANSWERS)
    for index in range(mention.sentence - 1, first - 1, -1):
        question = document.sentences[index].tokens
        if question and question[-1].text == "?":
            return _metric_asked(question, lexicon) if _answers(tokens, mention, lexicon) else None
    return None


def _is_bare(noun: Noun | None) -> bool:
    return noun is None or (noun.kind == "people" and noun.name == "all")


def _answers(tokens: tuple[Token, ...], mention: Mention, lexicon: Lexicon) -> bool:
    """Whether the number is all that is said, or is said to be the count, or is what someone says."""
    if mention.begin == 0 or counts(tokens, mention, lexicon):
        return True
    return _is_said(tokens, mention, lexicon)


def _is_said(tokens: tuple[Token, ...], mention: Mention, lexicon: Lexicon) -> bool:
    """Whether the number is all that someone says: "organisers claimed 200,000"."""
    ends = mention.stop + 1 >= len(tokens) or tokens[mention.stop + 1].text in ",.;:"
    said = any(lexicon.say.at(tokens, index) for index in range(max(0, mention.begin - 3), mention.begin))
    return ends and said


def _metric_asked(question: tuple[Token, ...], lexicon: Lexicon) -> str | None:
    if not any(token.lower in _ASKS for token in question):
        return None
    return next(
        (entry.name for index in range(len(question)) for entry in lexicon.triggers.at(question, index)), None
    )
