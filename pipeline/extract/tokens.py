"""Words, numbers and marks of a text, with their offsets."""

from __future__ import annotations

import re
from typing import Final

from pipeline.extract.document import Token

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


def tokenise(text: str, start: int, end: int) -> tuple[Token, ...]:
    """The tokens of text[start:end]; their offsets count from the beginning of `text`."""
    return tuple(
        [Token(match[0], _lower(match[0]), *match.span()) for match in _TOKEN.finditer(text, start, end)]
    )


def words(phrase: str) -> tuple[str, ...]:
    """A phrase of a lexicon as the lower-case tokens it is matched with. Raises ValueError if it has none."""
    found = tuple(token.lower for token in tokenise(phrase, 0, len(phrase)))
    if not found:
        raise ValueError(f"an entry of the lexicon has no words: {phrase!r}")
    return found


def _lower(text: str) -> str:
    lower = text.lower()
    return lower.replace("’", "'") if "’" in lower else lower
