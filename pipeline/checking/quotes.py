"""Every claim's words stand in its article, where the claim says that they stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import polars as pl

from pipeline.checking.verdict import REBUILD, Broken, Row, Verdict, judge

READ: Final = (
    "claim_id", "article_id", "start", "end", "quote", "sentence_start", "sentence_end",
    "attribution", "attribution_start", "attribution_end",
)  # fmt: skip
_RULES: Final = {
    "quote": "Quotes that do not stand at their place in the article",
    "sentence": "Claims that are not within their sentence",
    "attribution": "Attributions that do not stand at their place in the article",
}
_SHOWN: Final = 60  # characters of a quote
_REMEDY: Final = f"The claims are of another version of the text. {REBUILD} it with the article."


def check(claims: pl.DataFrame, articles: pl.DataFrame) -> Verdict:
    """Whether `text[start:end]` is the quote, whether its sentence encloses it, and whether the attribution
    stands at its own offsets. `articles` needs article_id, raw_path and text. Time is linear in both: a text
    is cut by offsets in constant time, which a column of UTF-8 cannot.
    """
    read = articles.select("article_id", "raw_path", "text")
    files = {article_id: (raw_path, text) for article_id, raw_path, text in read.rows()}
    broken: dict[str, list[Row]] = {name: [] for name in _RULES}
    for row in claims.sort("article_id", "start", "claim_id").select(READ).iter_rows(named=True):
        raw_path, text = files.get(row["article_id"], (None, None))
        for name, detail in _faults(row, text):
            broken[name].append((row["claim_id"], raw_path, detail))
    return judge(
        "every quote and every attribution stands at its offsets",
        [Broken("error", says, tuple(broken[name]), _REMEDY) for name, says in _RULES.items()],
        claims=claims.height,
        misquoted=len(broken["quote"]),
    )


def _faults(row: Mapping[str, Any], text: str | None) -> Iterator[tuple[str, str]]:
    if text is None:
        yield "quote", "its article is not among the articles"
        return
    start, end = row["start"], row["end"]
    if fault := _misquoted(text, start, end, row["quote"]):
        yield "quote", fault
    if not row["sentence_start"] <= start <= end <= row["sentence_end"] <= len(text):
        sentence = f"{row['sentence_start']} to {row['sentence_end']}"
        yield "sentence", f"characters {start} to {end} are not within {sentence}"
    first, last = row["attribution_start"], row["attribution_end"]
    if (first, last) != (None, None) and (fault := _misquoted(text, first, last, row["attribution"])):
        yield "attribution", fault


def _misquoted(text: str, start: int | None, end: int | None, words: str | None) -> str | None:
    there = None
    if start is not None and end is not None and 0 <= start <= end <= len(text):
        there = text[start:end]
    return None if there == words else f"characters {start} to {end} are {_short(there)}, not {_short(words)}"


def _short(words: str | None) -> str:
    return "nothing" if words is None else repr(words if len(words) <= _SHOWN else words[: _SHOWN - 1] + "…")
