"""Words, numbers and marks of a text, with their offsets."""

from __future__ import annotations

import re
from typing import Final, NamedTuple


class Token(NamedTuple):
    """A word, a number or a mark. `lower` is what lexicons are matched with."""

    text: str
    lower: str
    start: int
    end: int


# No alternative goes back by more than it took itself, so the scan is linear.
_TOKEN: Final = re.compile(
    "|".join(
        (
            # thousands apart: by a space only in round numbers and before a word, as columns have spaces too
            r"(?<!\d )\d{1,3}(?:(?: 000)+(?! ?\d)|(?: \d{3})+(?= [^\W\d_]))",
            r"\d{1,3}(?:[,\u00a0\u202f]\d{3})+(?!\d)(?:\.\d+)?",
            # digits, between which characters of no width may stand in text copied from pages
            r"\d+(?:[\u200b-\u200d\u2060\ufeff]+\d+)*(?:[.,]\d+)?",
            r"[^\W\d_](?:\.[^\W\d_](?![^\W\d_]))+\.?",  # initials: "U.N."
            r"[^\W\d_]+(?:['’][^\W\d_]+)*",  # words, with inner apostrophes
            r"[^\w\s]|_",  # any other mark alone
        )
    )
)
_new: Final = tuple.__new__  # half the time of Token(…)


def tokenise(text: str, start: int, end: int) -> tuple[Token, ...]:
    """The tokens of text[start:end]; their offsets count from the beginning of `text`."""
    found, last = [], start
    for word in _TOKEN.findall(text, start, end):
        first = text.find(word, last)  # between two tokens there is nothing but white space
        last = first + len(word)
        found.append(_new(Token, (word, word.lower().replace("’", "'"), first, last)))
    return tuple(found)


def words(phrase: str) -> tuple[str, ...]:
    """A phrase of a lexicon as the lower-case tokens it is matched with. Raises ValueError if it has none."""
    found = tuple(token.lower for token in tokenise(phrase, 0, len(phrase)))
    if not found:
        raise ValueError(f"an entry of the lexicon has no words: {phrase!r}")
    return found
