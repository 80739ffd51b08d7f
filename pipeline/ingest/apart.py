"""Pages read in processes of their own, which can be stopped: a page may be made to take all time or memory.

Trafilatura takes time that grows with the square of some pages' size: 78 seconds for 1.7 MB of nested <span>.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from contextlib import suppress
from typing import Final, Self

from pebble import ProcessExpired, ProcessPool

from pipeline.ingest.limits import Limits
from pipeline.ingest.page import ExhaustedError, Page, Source, UnreadableError

Found = tuple[Source, tuple[Page, ...] | UnreadableError]
_MOST_WORKERS: Final = 8
# What waits its turn: enough to keep the processes busy, few enough to hold.
_AHEAD: Final = 64
_AHEAD_BYTES: Final = 100_000_000
_OUT_OF_TIME: Final = "takes longer to read than it may"
_OUT_OF_MEMORY: Final = "asks for more memory than it may"
_DIED: Final = "ends the process that reads it: it asks for too much memory, or meets a fault in a library"
_Waiting = tuple[Source, Future[tuple[Page, ...]] | None]


def pages(sources: Iterable[Source], limits: Limits) -> Iterator[Found]:
    """Each source with its pages, or the error that says why it has none; in the order given."""
    with Readers(limits) as readers:
        yield from readers.pages(sources)


class Readers:
    """Processes that read pages, started with the first page that needs one, ended with the `with` block."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._pool: ProcessPool | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool:
            self._pool.stop()  # type: ignore[no-untyped-call]
            self._pool.join()

    def pages(self, sources: Iterable[Source]) -> Iterator[Found]:
        """Each source with its pages, or the error that says why it has none; in the order given.

        Sources that need no process of their own are read in this one.
        """
        waiting: deque[_Waiting] = deque()
        held = 0
        for source in sources:
            waiting.append((source, self._begin(source) if source.apart else None))
            held += len(source.raw)
            while waiting and (waiting[0][1] is None or len(waiting) > _AHEAD or held > _AHEAD_BYTES):
                first = waiting.popleft()
                held -= len(first[0].raw)
                yield _found(*first, self._limits)
        while waiting:
            yield _found(*waiting.popleft(), self._limits)

    def _begin(self, source: Source) -> Future[tuple[Page, ...]]:
        self._pool = self._pool or _pool(self._limits)
        return self._pool.schedule(source.read, args=[source.raw], timeout=self._limits.page_seconds)


def _pool(limits: Limits) -> ProcessPool:
    # A process that is forked from one with threads may hang; one that is spawned reads everything anew.
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["pipeline.ingest.html"])
    workers = min(os.cpu_count() or 1, _MOST_WORKERS)
    return ProcessPool(workers, initializer=_limit, initargs=[limits.worker_bytes], context=context)


def _limit(most: int) -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    with suppress(ValueError, OSError, OverflowError):  # not every system can; the limit of time stays
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))


def _found(source: Source, future: Future[tuple[Page, ...]] | None, limits: Limits) -> Found:
    try:
        return source, source.read(source.raw) if future is None else future.result()
    except UnreadableError as error:
        return source, error
    except TimeoutError:
        return source, ExhaustedError(_OUT_OF_TIME, limits.remedy("page_seconds"))
    except MemoryError:
        return source, ExhaustedError(_OUT_OF_MEMORY, limits.remedy("worker_bytes"))
    except ProcessExpired:
        return source, ExhaustedError(_DIED, limits.remedy("worker_bytes"))
    except Exception as error:
        reason = f"cannot be read: {type(error).__name__}: {str(error)[:200]}"
        return source, UnreadableError(reason, "save the article's text as .txt or .md")
