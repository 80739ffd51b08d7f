"""The unit of work that each engine is given: a batch of articles in, the rows of their claims out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from functools import cache

from pipeline.extract.cascade import Article, Rows, rows
from pipeline.extract.lexicon import Lexicon, load_lexicon
from pipeline.limits import Limits

BATCH = 100  # articles


def batches(texts: Sequence[str]) -> list[tuple[Article, ...]]:
    """The texts as articles, BATCH together."""
    articles = [Article(f"a{number}", "newswire", None, text, None, ()) for number, text in enumerate(texts)]
    return [tuple(articles[begin : begin + BATCH]) for begin in range(0, len(articles), BATCH)]


@cache
def _known() -> Lexicon:
    return load_lexicon()


def extracted(batch: Sequence[Article]) -> list[Rows]:
    """The rows of a batch. A process loads what it knows of words once."""
    most = Limits().article_numbers
    return [rows(article, _known(), most) for article in batch]


def digest(results: Iterable[list[Rows]]) -> str:
    """A hash of all rows in their order: the same for every engine."""
    told = hashlib.sha256()
    for batch in results:
        told.update(repr(batch).encode())
    return told.hexdigest()[:16]
