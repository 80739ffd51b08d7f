"""Which articles' claims must be extracted again: what extraction of one article depends on, in a hash."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from pipeline.fingerprint import fingerprint
from pipeline.schema import EXTRACTIONS

# What extraction reads of an article, its text by the hash.
ARTICLE: Final = ("article_id", "event_id", "kind", "raw_path", "title", "text_sha256", "published_at")


@dataclass(frozen=True, slots=True)
class Changes:
    """`extractions` is a frame of the table extractions as it must be if no article is refused. `to_extract`
    are ids of articles that are new or changed, `gone` of those that are no more.
    """

    extractions: pl.DataFrame
    to_extract: tuple[str, ...]
    gone: tuple[str, ...]


def changes(articles: pl.DataFrame, furniture: pl.DataFrame, known: pl.DataFrame, extractor: str) -> Changes:
    """What is to be extracted of `articles` (columns ARTICLE), of which `known` (table extractions) were
    before. `extractor` tells the extractor's version and all it knows of the event.
    """
    stretches: dict[str, list[str]] = {}
    for article_id, start, end in furniture.select("article_id", "start", "end").iter_rows():
        stretches.setdefault(article_id, []).append(f"{start}-{end}")
    rows = [
        (event_id, article_id, _key(extractor, stretches.get(article_id, ()), kind, path, read))
        for article_id, event_id, kind, path, *read in articles.select(ARTICLE).iter_rows()
    ]
    now = EXTRACTIONS.frame([(*row, None, None) for row in rows])
    changed = now.join(known, on=["article_id", "extraction"], how="anti").get_column("article_id")
    gone = known.join(now, on="article_id", how="anti").get_column("article_id")
    return Changes(now, tuple(changed), tuple(gone))


def _key(extractor: str, stretches: Sequence[str], kind: str, path: str, read: Sequence[object]) -> str:
    # Of a row of a table the path says which table's columns it is read by; of a page nothing.
    table = path if kind == "coded" else ""
    return fingerprint(extractor, kind, table, *read, *stretches)
