"""Articles in, claims out: they are cut into batches, which an engine does (pipeline/extract/engines.py).

Each article's claims are its own affair, so that what comes out does not depend on how they are cut, nor on
where they are done.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Generic, Self, TypeVar

import polars as pl

from pipeline.apart import cores
from pipeline.extract import refusals
from pipeline.extract.cascade import Article, Rows, at_home, has_number, read, rows
from pipeline.extract.engines import LONG, Batch, Engine, EngineError, Extraction, Known, Local
from pipeline.extract.lexicon import Lexicon
from pipeline.limits import Limits
from pipeline.schema import EXTRACTED, REJECTED
from pipeline.table import Table

__all__ = [
    "Article", "Extraction", "Extractors", "Group", "Rows",
    "at_home", "extract", "has_number", "read", "rows",
]  # fmt: skip

# Characters of a batch, and articles above which processes are worth their start: as measured (All cores, in
# docs/methods/extraction.md).
_BATCH: Final = 200_000
_MANY: Final = 500

Key = TypeVar("Key")
Nothing = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Group(Generic[Key]):
    """Articles whose claims are wanted together, with their furniture. `key` tells the group."""

    key: Key
    articles: pl.DataFrame
    furniture: pl.DataFrame


def extract(
    articles: pl.DataFrame,
    furniture: pl.DataFrame,
    lexicon: Lexicon,
    on_article: Nothing = lambda: None,
    limits: Limits | None = None,
    *,
    processes: int = 0,
) -> Extraction:
    """The claims of `articles`, whose stretches of `furniture` make none. `on_article` tells progress.

    What an event's articles agree on is in the lexicon (`at_home`). Many articles are extracted in processes:
    a script that calls this does so under `if __name__ == "__main__":`, as multiprocessing asks.
    """
    group = Group(None, articles, furniture)
    with Extractors(lexicon, limits or Limits(), articles.height, processes) as extractors:
        ((_, found),) = extractors.extract([group], on_article)
    return found


class Extractors:
    """What extracts `articles`, so many in all, group after group. It ends with its `with` block.

    `processes`: how many extract, 1 being this one, but for long articles; 0: all cores, if the articles are
    many. `cluster`: address of the scheduler of several machines, which may raise EngineError.
    """

    def __init__(
        self,
        lexicon: Lexicon,
        limits: Limits,
        articles: int,
        processes: int = 0,
        cluster: str | None = None,
    ) -> None:
        self._known = Known(lexicon, limits)
        self._engine = _engine(self._known, articles, processes, cluster)

    def __enter__(self) -> Self:
        self._engine.__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        self._engine.__exit__(*error)

    def extract(
        self, groups: Iterable[Group[Key]], on_article: Nothing = lambda: None
    ) -> Iterator[tuple[Key, Extraction]]:
        """The claims of each group, in the order given. Groups are taken ahead of those that are given back,
        so that no process waits while what came of them is put away.
        """
        keys: deque[Key] = deque()
        parts: list[Extraction] = []
        for batch, found in self._engine.results(self._batches(groups, keys)):
            parts.append(self._again(batch, found) if isinstance(found, Exception) else found)
            for _ in range(batch.passed):
                on_article()
            if batch.ends:
                yield keys.popleft(), _together(parts)
                parts = []

    def _batches(self, groups: Iterable[Group[Key]], keys: deque[Key]) -> Iterator[Batch]:
        for group in groups:
            keys.append(group.key)
            yield from _cut(_with_numbers(group, self._known.lexicon))

    def _again(self, batch: Batch, error: Exception) -> Extraction:
        """What a batch that was not done gives article by article: one that cannot be done is refused."""
        if len(batch.articles) == 1:
            refused = (batch.articles[0].article_id, *refusals.reason(error, self._known.limits))
            return Extraction(EXTRACTED.frame(), REJECTED.frame(), refusals.frame([refused]))
        alone = [Batch((article,)) for article in batch.articles]
        return _together(
            [
                self._again(one, found) if isinstance(found, Exception) else found
                for one, found in self._engine.results(alone)
            ]
        )


def _engine(known: Known, articles: int, processes: int, cluster: str | None) -> Engine:
    if not cluster or not articles:
        return Local(known, apart(processes, articles))
    try:
        from pipeline.extract.cluster import Cluster  # noqa: PLC0415 an extra, which one machine does without
    except ModuleNotFoundError as error:
        raise EngineError(
            "COUNTERCLAIM_CLUSTER needs packages that are not installed: `pip install counterclaim[cluster]`"
        ) from error
    return Cluster(cluster, known)


def apart(processes: int, articles: int) -> int:
    """In how many processes beside this one so many articles are extracted, if `processes` are asked for."""
    if processes:
        return processes if processes > 1 else 0
    return cores() if cores() > 1 and articles > _MANY else 0


def _with_numbers(group: Group[Key], lexicon: Lexicon) -> Iterator[Article | None]:
    """The articles, None for those that have nothing to read."""
    stretches: dict[str, list[tuple[int, int]]] = {}
    for article_id, start, end in group.furniture.select("article_id", "start", "end").sort(pl.all()).rows():
        stretches.setdefault(article_id, []).append((start, end))
    columns = ("article_id", "event_id", "title", "text", "published_at", has_number(lexicon))
    for article_id, event_id, title, text, published, numbered in group.articles.select(columns).rows():
        own = tuple(stretches.get(article_id, ()))
        yield Article(article_id, event_id, title, text, published, own) if numbered else None


def _cut(articles: Iterable[Article | None]) -> Iterator[Batch]:
    """Batches in order, at least one; a long article is one of its own."""
    held: list[Article] = []
    size = passed = 0
    for article in articles:
        if article:
            own = len(article.text) if len(article.text) <= LONG else _BATCH
            if held and size + own > _BATCH:
                yield Batch(tuple(held), passed)
                held, size, passed = [], 0, 0
            held.append(article)
            size += own
        passed += 1
    yield Batch(tuple(held), passed, ends=True)


def _together(parts: list[Extraction]) -> Extraction:
    """One extraction of several, in the order of the tables."""
    if len(parts) == 1:
        return parts[0]
    return Extraction(
        _sorted(EXTRACTED, [part.claims for part in parts]),
        _sorted(REJECTED, [part.rejected for part in parts]),
        pl.concat([part.refused for part in parts]),
    )


def _sorted(table: Table, frames: list[pl.DataFrame]) -> pl.DataFrame:
    return pl.concat(frames).sort(table.key, maintain_order=True)
