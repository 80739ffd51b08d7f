"""The language of an article's text, by its words: templates of pages declare the wrong one."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Final

_LEXICON: Final = Path(__file__).parent.parent / "lexicon" / "languages.toml"
_SAMPLE: Final = 5_000  # characters that are enough to tell
_CODE: Final = 2  # letters of an ISO 639-1 code; rarer languages have none
_FEWEST: Final = 10  # words, or letters of a script without spaces, below which nothing can be told
_WORD: Final = re.compile(r"[^\W\d_]+")


def language(text: str, declared: str | None = None) -> str | None:
    """The ISO 639-1 code; of a text too short to tell, the one that is declared."""
    words = list(map(str.lower, _WORD.findall(text[:_SAMPLE])))
    if len(words) < _FEWEST and sum(len(word) for word in words if not word.isascii()) < _FEWEST:
        return _code(declared)
    common, share = _english()
    if sum(map(common.__contains__, words)) >= share * len(words):
        return "en"
    from py3langid import rank  # noqa: PLC0415 loads half a second, and English needs none of it

    return next(str(code) for code, _ in rank(text[:_SAMPLE]) if len(code) == _CODE)


def _code(declared: str | None) -> str | None:
    """The two letters of "en-GB"; None of what is no code."""
    code = re.split(r"[-_]", (declared or "").strip().lower())[0]
    return code if len(code) == _CODE and code.isascii() and code.isalpha() else None


@cache
def _english(path: Path = _LEXICON) -> tuple[frozenset[str], float]:
    entry = tomllib.loads(path.read_text(encoding="utf-8"))
    return frozenset(entry["words"]), entry["share"]
