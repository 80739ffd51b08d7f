"""Engines do batches of articles: in this process or in processes of this machine. The work is the function
`extracted`, which wants what it knows beside the articles; whatever hands a batch to it and brings back what
it gives, in the order of the batches, is an Engine.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final, Protocol, Self

import polars as pl

from pipeline.apart import Task, Workers
from pipeline.extract import cascade, refusals
from pipeline.extract.cascade import Article
from pipeline.extract.lexicon import Lexicon
from pipeline.limits import Limits
from pipeline.schema import EXTRACTED, REJECTED

# Characters of a text that may be extracted in this process. News is shorter: live pages and reports are not.
LONG: Final = 50_000


@dataclass(frozen=True, slots=True)
class Extraction:
    """Frames of the tables extracted, rejected and, of the articles that have neither, refused."""

    claims: pl.DataFrame
    rejected: pl.DataFrame
    refused: pl.DataFrame


@dataclass(frozen=True, slots=True)
class Batch:
    """Articles that are extracted together. `passed`: how many of their group they stand for, with those that
    have nothing to read; `ends`: whether the group ends with them. An engine reads `articles` alone.
    """

    articles: tuple[Article, ...]
    passed: int = 0
    ends: bool = False

    @property
    def size(self) -> int:
        """Characters of their texts."""
        return sum(len(article.text) for article in self.articles)


@dataclass(frozen=True, slots=True)
class Known:
    """What extraction knows beside the articles."""

    lexicon: Lexicon
    limits: Limits


class EngineError(RuntimeError):
    """An engine cannot work; the message says what to do."""


class Engine(Protocol):
    """Does batches until its `with` block ends."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *error: object) -> None: ...

    def results(self, batches: Iterable[Batch]) -> Iterator[tuple[Batch, Extraction | Exception]]:
        """Each batch with what `extracted` gives of it, in the order given. It may take batches ahead, as
        many as it holds in bounded memory.

        A batch that could not be done comes with the reason: TimeoutError, MemoryError, DiedError if the
        process that had it ended. The articles of such a batch come again, one a batch.
        """
        ...


class Local:
    """The engine of one machine. With `processes` all batches are done in so many, without (0) in this
    process but for long articles, which may take for ever: for them a process starts with the first.
    """

    def __init__(self, known: Known, processes: int = 0) -> None:
        self._known, self._apart, limits = known, processes > 0, known.limits
        self._workers = Workers(
            limits.article_seconds,
            limits.worker_bytes,
            __name__,
            _know,
            known,
            processes=processes,
        )

    def __enter__(self) -> Self:
        self._workers.__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        self._workers.__exit__(*error)

    def results(self, batches: Iterable[Batch]) -> Iterator[tuple[Batch, Extraction | Exception]]:
        """Each batch with what came of it; those ahead are held as `Workers` holds tasks."""
        for task, found in self._workers.results(map(self._task, batches)):
            yield task.item, found

    def _task(self, batch: Batch) -> Task[Batch, Extraction]:
        size = batch.size
        if batch.articles and (self._apart or (size > LONG and len(batch.articles) == 1)):
            return Task(batch, _extracted_apart, (batch.articles,), size, apart=True)
        return Task(batch, extracted, (batch.articles, self._known), size, apart=False)


def extracted(articles: Iterable[Article], known: Known) -> Extraction:
    """What the articles hold. Raises MemoryError; any other fault refuses the article that shows it."""
    claims: list[dict[str, Any]] = []
    rejected: list[dict[str, Any]] = []
    refused = []
    for article in articles:
        try:
            found = cascade.rows(article, known.lexicon, known.limits.article_numbers)
        except MemoryError:
            raise
        except Exception as error:
            refused.append((article.article_id, *refusals.reason(error, known.limits)))
        else:
            claims += found.claims
            rejected += found.rejected
    return Extraction(EXTRACTED.frame(claims), REJECTED.frame(rejected), refusals.frame(refused))


_KNOWN: Final[list[Known]] = []  # in a process that extracts: what it knows


def one_thread() -> None:
    """In a process that extracts: it has one core. To be called before polars first computes."""
    os.environ["POLARS_MAX_THREADS"] = "1"
    pl.Config.reload_env_vars()


def _know(known: Known) -> None:
    one_thread()
    _KNOWN[:] = [known]


def _extracted_apart(articles: tuple[Article, ...]) -> Extraction:
    return extracted(articles, _KNOWN[0])
