"""The cascade: one article's text goes through the components below, in this order, and comes out as claims.

Each component takes a Document and the Lexicon and gives a Document back. A claim's `rule` names the
constructions that made it, in the order in which they were found. Its confidence is high where the word
that binds the number stands beside it, medium where it stands further off, low where the number borrows
its metric from another claim.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any, Final, NamedTuple

import polars as pl

from pipeline import __version__
from pipeline.extract import (
    attribution,
    carried,
    metrics,
    modifiers,
    numbers,
    parts,
    places,
    populations,
    rejections,
    sentences,
    stance,
    tables,
    times,
)
from pipeline.extract.document import Document, Draft, Rejection
from pipeline.extract.lexicon import Lexicon
from pipeline.extract.refusals import TooManyError

EXTRACTOR: Final = f"counterclaim-cascade {__version__}"

Component = Callable[[Document, Lexicon], Document]

CASCADE: Final[tuple[Component, ...]] = (
    sentences.split,  # text → sentences with offsets
    numbers.find,  # every number in them
    modifiers.bound,  # at least, about, up to …
    rejections.reject,  # money, dates, ages, things
    tables.tabulate,  # cells of a table, by the heads of column and row
    metrics.bind,  # killed, detained …, by verb, noun and construction
    carried.carry,  # "and two soldiers", "of them 19", lists
    populations.name,  # whose, where no noun follows the number
    metrics.close,  # what no component could bind
    parts.link,  # part of which whole; subset, change
    places.locate,  # where
    parts.nest,  # what lies within a total by its place or people
    attribution.attribute,  # who says so
    times.time,  # said when, holds for when
    stance.judge,  # asserted, retracted, superseded …
)


class Article(NamedTuple):
    """What the cascade reads of one article. `furniture`: stretches that make no claims, in order, none
    overlapping another.
    """

    article_id: str
    event_id: str
    title: str | None
    text: str
    published: datetime | None
    furniture: tuple[tuple[int, int], ...]


class Rows(NamedTuple):
    """Rows of the tables extracted and rejected."""

    claims: list[dict[str, Any]]
    rejected: list[dict[str, Any]]


def rows(article: Article, lexicon: Lexicon, most: int) -> Rows:
    """The rows of one article. Raises TooManyError if it holds more than `most` numbers."""
    text, published, title = article.text, article.published, article.title or ""
    document = read(text, published, article.furniture, lexicon, title, most=most)
    keys = {"article_id": article.article_id, "event_id": article.event_id}
    return Rows(
        [{**keys, **row} for row in _claim_rows(document, article.article_id)],
        [{**keys, **_rejected_row(document, one)} for one in document.rejected],
    )


def at_home(lexicon: Lexicon, articles: pl.DataFrame) -> Lexicon:
    """The lexicon for an event that need not say where it is: there where its `articles` (text) agree."""
    return lexicon if lexicon.settled else replace(lexicon, home=places.home_of(articles, lexicon))


def has_number(lexicon: Lexicon) -> pl.Expr:
    """Whether the column `text` holds a digit or a word for a number: other articles have nothing to read.

    One scan of the column in Rust, where the cascade takes a thousand times as long.
    """
    return pl.col("text").str.contains(number_pattern(lexicon)).alias("numbered")


def number_pattern(lexicon: Lexicon) -> str:
    """What is in every text that holds a number, for the regex crate. Words end where letters of ASCII do:
    ends in the sense of Unicode make it a hundred times slower on a text with curly quotes.
    """
    words = "|".join(sorted(lexicon.numbers.words))
    return rf"(?i)\d|(?-u:\b)(?:{words})(?-u:\b)"


def read(
    text: str,
    published: datetime | None,
    furniture: tuple[tuple[int, int], ...],
    lexicon: Lexicon,
    title: str = "",
    *,
    most: int | None = None,
) -> Document:
    """One text through the whole cascade. Raises TooManyError if it holds more than `most` numbers."""
    document = Document(text, published.date() if published else None, furniture, title=title)
    for component in CASCADE:
        document = component(document, lexicon)
        if most is not None and len(document.mentions) > most:
            raise TooManyError(len(document.mentions))
    return document


def _claim_rows(document: Document, article_id: str) -> list[dict[str, Any]]:
    spans = [_quote(document, draft) for draft in document.claims]
    seen: Counter[tuple[str, str]] = Counter()
    ids = []
    for draft, (start, end) in zip(document.claims, spans, strict=True):
        quote = document.text[start:end]
        seen[quote, draft.metric] += 1
        identity = "\0".join((article_id, quote, str(seen[quote, draft.metric]), draft.metric))
        ids.append("c" + hashlib.sha256(identity.encode()).hexdigest()[:12])
    return [
        _claim_row(document, draft, claim_id, span, ids)
        for draft, claim_id, span in zip(document.claims, ids, spans, strict=True)
    ]


def _quote(document: Document, draft: Draft) -> tuple[int, int]:
    """Offsets of the words that make the claim: modifier, number, noun and the word that binds them."""
    tokens = document.tokens(draft.mention)
    stretches = [(draft.mention.begin, draft.mention.stop), draft.noun, draft.trigger]
    indexes = [index for stretch in stretches if stretch is not None for index in stretch]
    return tokens[min(indexes)].start, tokens[max(indexes)].end


def _claim_row(
    document: Document, draft: Draft, claim_id: str, span: tuple[int, int], ids: list[str]
) -> dict[str, Any]:
    mention, (start, end) = draft.mention, span
    sentence, tokens = document.sentences[mention.sentence], document.tokens(mention)
    said = draft.attribution
    return {
        "claim_id": claim_id,
        "start": start,
        "end": end,
        "quote": document.text[start:end],
        "sentence_start": sentence.start,
        "sentence_end": sentence.end,
        "metric": draft.metric,
        "value": mention.value,
        "low": mention.low,
        "high": mention.high,
        "modifier": mention.modifier,
        "vague_word": mention.vague_word,
        "population": draft.population,
        "population_text": document.text[tokens[draft.noun[0]].start : tokens[draft.noun[1]].end]
        if draft.noun
        else None,
        "place_text": draft.place_text,
        "place_id": draft.place_id,
        "country": draft.country,
        "as_of_start": draft.as_of[0] if draft.as_of else None,
        "as_of_end": draft.as_of[1] if draft.as_of else None,
        "said_on": draft.said_on,
        "scope": draft.scope,
        "incident": None,
        "part_of": ids[draft.part_of] if draft.part_of is not None else None,
        "attribution": document.text[said[0] : said[1]] if said else None,
        "attribution_start": said[0] if said else None,
        "attribution_end": said[1] if said else None,
        "actor_id": draft.actor_id,
        "stance": draft.stance,
        "stance_by": draft.stance_by,
        "extractor": EXTRACTOR,
        "rule": " > ".join(draft.rules),
        "confidence": draft.confidence,
    }


def _rejected_row(document: Document, rejection: Rejection) -> dict[str, Any]:
    tokens = document.tokens(rejection.mention)
    mention, said = rejection.mention, rejection.attribution
    start, end = tokens[mention.first].start, tokens[mention.last].end
    value = mention.value if mention.fraction is None else mention.fraction
    return {
        "start": start,
        "end": end,
        "text": document.text[start:end],
        "reason": rejection.reason,
        "value": None if value is None else float(value),
        "low": None if mention.low is None else float(mention.low),
        "high": None if mention.high is None else float(mention.high),
        "modifier": mention.modifier,
        "attribution": document.text[said[0] : said[1]] if said else None,
        "attribution_start": said[0] if said else None,
        "attribution_end": said[1] if said else None,
    }
