"""What the components of the cascade pass on: a text, its sentences, the numbers in them, and claims.

Positions are of two kinds: offsets count code points of the article's text, indexes count the tokens of one
sentence. `first` and `last` are both inside a stretch of tokens; `end` is one past a stretch of characters.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cached_property

from pipeline.extract.tokens import Token, tokenise

__all__ = ["Document", "Draft", "Mention", "Rejection", "Sentence", "Token"]


@dataclass(frozen=True)
class Sentence:
    """A sentence, headline or list line: text[start:end] of the article's text, which begins and ends with no
    white space. `paragraph` counts lines of the article.
    """

    text: str = field(repr=False)
    start: int
    end: int
    paragraph: int

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """Its tokens, found when they are first asked for: most sentences of news are never read."""
        return tokenise(self.text, self.start, self.end)


@dataclass(frozen=True, slots=True)
class Mention:
    """A number in a sentence: tokens first..last, with its modifier begin..stop.

    `low` and `high` are open (None) where the text leaves them open; a vague word has neither. `fraction` is
    a number that is not whole; no claim has one.
    """

    sentence: int
    first: int
    last: int
    value: int | None
    low: int | None = None
    high: int | None = None
    modifier: str = "exact"
    vague_word: str | None = None
    kind: str = "cardinal"
    begin: int = -1
    stop: int = -1
    fraction: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Rejection:
    """A number that is no claim, and why. `attribution` are the offsets of who gives it."""

    mention: Mention
    reason: str
    attribution: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A claim in the making. Slots that a component has not filled are None.

    `noun` and `trigger` are the token stretches of who is counted and of the word that binds the number to
    its metric. `part_of` is the index of another draft.
    """

    mention: Mention
    metric: str
    rules: tuple[str, ...]
    confidence: str
    noun: tuple[int, int] | None = None
    trigger: tuple[int, int] | None = None
    population: str = "all"
    population_text: str | None = None
    place_text: str | None = None
    place_id: str | None = None
    country: str | None = None
    as_of: tuple[date, date] | None = None
    said_on: date | None = None
    scope: str = "cumulative"
    part_of: int | None = None
    attribution: tuple[int, int] | None = None
    actor_id: str | None = None
    stance: str = "asserted"
    stance_by: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One article on its way through the cascade. `title` is what stands beside the text, not in it;
    `furniture` are stretches of it that make no claims, in order, none overlapping another.
    """

    text: str
    published: date | None
    furniture: tuple[tuple[int, int], ...]
    sentences: tuple[Sentence, ...] = ()
    mentions: tuple[Mention, ...] = ()
    claims: tuple[Draft, ...] = ()
    rejected: tuple[Rejection, ...] = field(default=())
    title: str = ""

    def tokens(self, mention: Mention) -> tuple[Token, ...]:
        """The tokens of the mention's sentence."""
        return self.sentences[mention.sentence].tokens
