"""Claims found again: by id, else by the words that made them and what stands around those.

A claim_id changes when the bytes of its article do, or the words that the extractor takes for the claim. The
quote is then looked for with its prefix and suffix, in the article if that is here, else among the claims
of all articles. White space is not compared. A place whose surroundings changed, or two claims that fit
equally well, are no match: nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Any, Final

import polars as pl

from pipeline import words
from pipeline.review.decisions import ACCEPT, REJECT, Anchor, Decision
from pipeline.review.frames import among
from pipeline.review.sheet import CELL

# Characters of context on each side: as many as the Hypothesis client keeps of the pages it annotates.
CONTEXT: Final = 32
_SPACES: Final = r"\s+"
_WINDOW: Final = 400  # characters that hold CONTEXT of them once runs of spaces are one
_WORD: Final = re.compile(r"\S+")

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Found:
    """What a decision is on: a row of `extracted`, or None; `note` says how it was found, or why not."""

    claim: Row | None
    note: str = ""


def figure(claim: Row) -> str:
    """The number of a claim as its text bounds it."""
    return words.figure(claim["modifier"], claim["value"], claim["low"], claim["high"], claim["vague_word"])


def anchor(claim: Row, article: Row, *, shared: bool = False) -> Anchor:
    """The anchor of a claim in its article. `shared`: whether another article has the same URL.

    A quote that is longer than a cell may be is left out.
    """
    where = article["raw_path"] if shared or not article["url"] else article["url"]
    quote = _squeezed(claim["quote"]).strip()
    prefix, suffix = _around(claim, article["text"])
    found = Anchor(where, claim["metric"], figure(claim), quote, prefix, suffix)
    return found if len(quote) <= CELL else replace(found, quote="", prefix="", suffix="")


def _around(claim: Row, text: str) -> tuple[str, str]:
    """What stands before and after a claim, without the spaces between."""
    before = _squeezed(text[max(0, claim["start"] - _WINDOW) : claim["start"]])
    after = _squeezed(text[claim["end"] : claim["end"] + _WINDOW])
    return before[-CONTEXT:].strip(), after[:CONTEXT].strip()


def find(decisions: Sequence[Decision], extracted: pl.DataFrame, articles: pl.DataFrame) -> dict[int, Found]:
    """What each decision is on, by its line. Articles: article_id, raw_path, url and text are read."""
    named = extracted.filter(among("claim_id", {one.claim_id for one in decisions}))
    here = {row["claim_id"]: row for row in named.iter_rows(named=True)}
    lost = [one for one in decisions if one.claim_id not in here]
    found = {one.line: _by_id(one, here[one.claim_id]) for one in decisions if one.claim_id in here}
    if lost:
        candidates = _Candidates.of(lost, extracted, articles)
        found |= {one.line: _by_words(one, candidates) for one in lost}
    return found


def _by_id(decision: Decision, claim: Row) -> Found:
    """The claim that has the id, unless it was judged when it had another number."""
    seen = decision.anchor.figure
    if decision.verdict in (ACCEPT, REJECT) and seen and _number(seen) != _number(figure(claim)):
        return Found(None, f"it was {seen} when this was decided, and is {figure(claim)} now: decide again")
    return Found(claim)


def _by_words(decision: Decision, candidates: _Candidates) -> Found:
    wanted = decision.anchor
    if not wanted.quote:
        return Found(None, "no claim has this id, and the row has no quote to find it by")
    fitting = candidates.of_decision(wanted)
    if len(fitting) == 1:
        return Found(fitting[0], f"found again by its words: its id was {decision.claim_id or 'not given'}")
    if fitting:
        named = words.listing([claim["claim_id"] for claim in fitting[:3]])
        return Found(None, f"{len(fitting)} claims fit its words equally well: {named}")
    return Found(None, "no claim has this id, and none stands in these words and surroundings")


@dataclass(frozen=True, slots=True)
class _Candidates:
    """Claims that may be those of lost decisions: by article, and of others by words and surroundings."""

    articles: Mapping[str, Sequence[str]]  # URL or file → article_ids
    texts: Mapping[str, str]
    by_article: Mapping[str, Sequence[Row]]
    by_words: Mapping[tuple[str, ...], Sequence[Row]]

    @classmethod
    def of(cls, lost: Sequence[Decision], extracted: pl.DataFrame, articles: pl.DataFrame) -> _Candidates:
        named = {one.anchor.article for one in lost if one.anchor.article}
        where: dict[str, list[str]] = {}
        for article_id, path, url in articles.select("article_id", "raw_path", "url").rows():
            for name in {path, url} & named:
                where.setdefault(name, []).append(article_id)
        inside = extracted.filter(among("article_id", {one for found in where.values() for one in found}))
        squeezed = pl.col("quote").str.replace_all(_SPACES, " ").str.strip_chars().alias("words")
        quotes = {one.anchor.quote for one in lost if one.anchor.article not in where}
        anywhere = extracted.with_columns(squeezed).filter(among("words", quotes))
        read = {*inside["article_id"], *anywhere["article_id"]}
        texts = dict(articles.filter(among("article_id", read)).select("article_id", "text").rows())
        by_article: dict[str, list[Row]] = {}
        for row in inside.iter_rows(named=True):
            by_article.setdefault(row["article_id"], []).append(row)
        by_words: dict[tuple[str, ...], list[Row]] = {}
        for row in anywhere.iter_rows(named=True):
            by_words.setdefault((row["words"], *_around(row, texts[row["article_id"]])), []).append(row)
        return cls(where, texts, by_article, by_words)

    def of_decision(self, wanted: Anchor) -> list[Row]:
        """The claims that fit equally well: those of the article if it is here, else those anywhere that have
        the same words and, on both sides, the same surroundings.
        """
        if wanted.article not in self.articles:
            whole = (wanted.quote, wanted.prefix, wanted.suffix)
            known = wanted.prefix and wanted.suffix
            return [one for one in self.by_words.get(whole, ()) if _counts(one, wanted)] if known else []
        same: list[Row] = []
        near: list[Row] = []
        for article_id in self.articles[wanted.article]:
            for claim in self.by_article.get(article_id, ()):
                exact = _fit(claim, self.texts[article_id], wanted) if _counts(claim, wanted) else None
                if exact is not None:
                    (same if exact else near).append(claim)
        # Other words around the same number are the same claim only if metric and number were seen.
        return same or (near if wanted.metric and wanted.figure else [])


def _counts(claim: Row, wanted: Anchor) -> bool:
    """Whether a claim counts what the person saw, and has the same number."""
    return (not wanted.metric or claim["metric"] == wanted.metric) and (
        not wanted.figure or _number(wanted.figure) == _number(figure(claim))
    )


def _fit(claim: Row, text: str, wanted: Anchor) -> bool | None:
    """Whether the quote, where it stands in its surroundings, is the claim's own; None if it is elsewhere."""
    reach = _WINDOW + len(wanted.quote)
    first = max(0, claim["start"] - reach)
    squeezed, offsets = _squeezed_with_offsets(text[first : claim["end"] + reach], first)
    fits = None
    for start, end in _occurrences(squeezed, wanted):
        begin, stop = offsets[start], offsets[end - 1] + 1
        if (begin, stop) == (claim["start"], claim["end"]):
            return True
        if begin < claim["end"] and stop > claim["start"]:
            fits = False
    return fits


def _occurrences(squeezed: str, wanted: Anchor) -> Iterator[tuple[int, int]]:
    """Where the quote stands with its prefix before it and its suffix after it."""
    prefix, quote, suffix = wanted.prefix, wanted.quote, wanted.suffix
    for before, after in product(("", " ") if prefix else ("",), ("", " ") if suffix else ("",)):
        lead = prefix + before
        whole = lead + quote + after + suffix
        at = squeezed.find(whole)
        while at >= 0:
            yield at + len(lead), at + len(lead) + len(quote)
            at = squeezed.find(whole, at + 1)


def _squeezed(text: str) -> str:
    return re.sub(_SPACES, " ", text)


def _squeezed_with_offsets(text: str, first: int) -> tuple[str, list[int]]:
    """`text` with one space between words, and where in the article each of its characters stands."""
    pieces: list[str] = []
    offsets: list[int] = []
    for match in _WORD.finditer(text):
        if pieces:
            pieces.append(" ")
            offsets.append(first + match.start() - 1)
        pieces.append(match.group())
        offsets.extend(range(first + match.start(), first + match.end()))
    return "".join(pieces), offsets


def _number(told: str) -> tuple[str, ...]:
    """The numbers that a figure prints; of a vague word the word."""
    return tuple(number.replace(",", "") for number in words.numbers_in(told)) or (told.casefold(),)
