"""Claims of articles in Riverland, and what becomes of them when people decide."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import polars as pl
from riverland import EVENT, PUBLISHED

from pipeline.extract.claims import at_home, extract
from pipeline.extract.lexicon import load_lexicon
from pipeline.review.anchoring import anchor
from pipeline.review.applying import Reviewed, apply
from pipeline.review.decisions import Anchor
from pipeline.review.reading import decided
from pipeline.review.sheet import parse
from pipeline.schema import ARTICLES, FURNITURE

_LEXICON = load_lexicon(EVENT)
HEADER = "claim_id,verdict,field,value,reviewer,date,reason"


@dataclass(frozen=True)
class Desk:
    """Articles and what extraction gives of them."""

    articles: pl.DataFrame
    extracted: pl.DataFrame

    def claim(self, quote: str) -> dict[str, Any]:
        """The claim whose quote begins with some words."""
        return self.extracted.filter(pl.col("quote").str.starts_with(quote)).row(0, named=True)

    def claim_id(self, quote: str) -> str:
        """Its id."""
        return self.claim(quote)["claim_id"]

    def anchor(self, quote: str) -> Anchor:
        """Its anchor."""
        claim = self.claim(quote)
        return anchor(
            claim, self.articles.row(by_predicate=pl.col("article_id") == claim["article_id"], named=True)
        )

    def decide(self, *rows: str, header: str = HEADER) -> Reviewed:
        """What becomes of them by the rows of a reviews.csv."""
        sheet = parse("\n".join((header, *rows, "")).encode())
        return apply(self.extracted, self.articles, decided(sheet), EVENT, EVENT.actors)


def desk(*texts: str, version: str = "", urls: bool = True) -> Desk:
    """A desk of articles a0.md, a1.md …; another `version` of them has other ids."""
    rows = [
        dict.fromkeys(ARTICLES.names)
        | {
            "article_id": f"a{number}{version}",
            "event_id": EVENT.event_id,
            "url": f"https://example.org/{number}" if urls else None,
            "outlet": "Riverton Post",
            "published_at": PUBLISHED,
            "kind": "article",
            "text": text,
            "text_sha256": "",
            "raw_path": f"articles/a{number}.md",
            "raw_sha256": "",
        }
        for number, text in enumerate(texts)
    ]
    articles = ARTICLES.frame(rows)
    return Desk(articles, extract(articles, FURNITURE.frame(), at_home(_LEXICON, articles)).claims)


def only(frame: pl.DataFrame) -> dict[str, Any]:
    """The only row of a frame."""
    (row,) = frame.to_dicts()
    return row
