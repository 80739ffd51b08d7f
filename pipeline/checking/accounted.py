"""Every number of every article is accounted for: in a claim, in a rejected number, or in page furniture.

Counted here anew, from the texts: runs of digits, and words for numbers by lexicon/numbers.toml. How the
cascade reads numbers takes no part, so that an article which was never extracted, or was extracted from
another text, is found as well as a number that the cascade passed over.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import polars as pl

from pipeline.checking.verdict import REBUILD, Broken, Row, Verdict, judge

_KNOWN: Final = tomllib.loads(
    (Path(__file__).parent.parent / "lexicon" / "numbers.toml").read_text(encoding="utf-8")
)
_OTHER_SENSES: Final = frozenset({"score"})  # of a match
_AROUND: Final = 30  # characters shown on either side of a number

Spans = Sequence[tuple[int, int]]


class _Kind:
    """Numbers of one kind: `each` finds them; `anywhere` tells polars whether there may be one.

    The latter takes ASCII for letters, which makes it fifty times as fast and finds more, never less.
    """

    def __init__(self, words: Iterable[str], digits: str = "") -> None:
        listed = "|".join(words)
        self.anywhere = rf"{digits}(?i-u:\b(?:{listed})\b)"
        self.each = re.compile(rf"{digits}\b(?:{listed})\b", re.IGNORECASE)


_FIGURES: Final = _Kind(_KNOWN["cardinals"], digits=r"\d+|")
_UNITS: Final = _Kind(f"{word}s?" for word in _KNOWN["multipliers"] if word not in _OTHER_SENSES)


def check(articles: pl.DataFrame, accounted: Iterable[pl.DataFrame]) -> Verdict:
    """Whether each number of `articles` (article_id, raw_path, kind, text) lies in one of the stretches
    `accounted` (frames with article_id, start, end: claims, rejected numbers, furniture).

    Articles that are rows of coded tables have no numbers of their own. Time is linear in the texts: only
    articles of which something is left over, when the stretches are cut out, are read number by number.
    """
    written = articles.filter(pl.col("kind") != "coded").sort("article_id")
    spans = _spans(accounted)
    texts = written.select("article_id", "raw_path", "text").rows()
    left = pl.Series([_left(text, spans.get(one, ())) for one, _, text in texts], dtype=pl.String)
    figures, units = (
        tuple(
            row
            for (one, raw_path, text), odd in zip(texts, left.str.contains(kind.anywhere), strict=True)
            if odd
            for row in _passed_over(one, raw_path, text, spans.get(one, ()), kind.each)
        )
        for kind in (_FIGURES, _UNITS)
    )
    return judge(
        "every number is in a claim, in a rejected number or in page furniture",
        [
            Broken(
                "error",
                "Numbers that are neither in a claim nor rejected",
                figures,
                f"Their articles were not extracted as they are now. {REBUILD} it with the sentence.",
            ),
            Broken(
                "warning",
                "Words for numbers that were not read as numbers",
                units,
                "See whether a figure of people is missing from the claims; the extractor does not know the "
                "construction: report it with the sentence.",
            ),
        ],
        articles=written.height,
        numbers_passed_over=len(figures) + len(units),
    )


def _spans(accounted: Iterable[pl.DataFrame]) -> Mapping[str, Spans]:
    """Each article's stretches in order of place, those that overlap or touch as one."""
    found: dict[str, list[tuple[int, int]]] = {}
    every = pl.concat([frame.select("article_id", "start", "end") for frame in accounted])
    for article_id, start, end in every.sort("article_id", "start", "end").rows():
        own = found.setdefault(article_id, [])
        if own and start <= own[-1][1]:
            own[-1] = (own[-1][0], max(end, own[-1][1]))
        else:
            own.append((start, end))
    return found


def _left(text: str, spans: Spans) -> str:
    """`text` without the stretches, in their place the end of a line."""
    starts = (0, *(end for _, end in spans))
    ends = (*(start for start, _ in spans), len(text))
    return "\n".join([text[start:end] for start, end in zip(starts, ends, strict=True)])


def _passed_over(
    article_id: str, raw_path: str, text: str, spans: Spans, each: re.Pattern[str]
) -> Iterator[Row]:
    """The numbers of one text that are not whole in one of its stretches, with the words around them."""
    ahead = iter((*spans, (len(text), len(text))))
    start, end = next(ahead)
    for match in each.finditer(text):
        while end < match.end() and start < len(text):
            start, end = next(ahead)
        if match.start() < start or end < match.end():
            around = text[max(0, match.start() - _AROUND) : match.end() + _AROUND]
            yield article_id, raw_path, f"{match[0]!r} at character {match.start()}, in {around!r}"
