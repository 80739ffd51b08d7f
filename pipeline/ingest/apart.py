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
from typing import Final

from pebble import ProcessExpired, ProcessPool

from pipeline.ingest.limits import Limits
from pipeline.ingest.page import Page, Source, UnreadableError

Found = tuple[Source, tuple[Page, ...] | UnreadableError]
_AHEAD: Final = 8  # pages a process that wait their turn: enough to keep it busy, few enough to hold
_OUT_OF_TIME: Final = "takes longer to read than it may"
_OUT_OF_MEMORY: Final = "asks for more memory than it may"


def pages(sources: Iterable[Source], limits: Limits) -> Iterator[Found]:
    """Each source with its pages, or the error that says why it has none; in the order given.

    Sources that need no process of their own are read in this one. Processes start with the first that does.
    """
    workers = max(1, len(os.sched_getaffinity(0)))
    pool: ProcessPool | None = None
    waiting: deque[tuple[Source, Future[tuple[Page, ...]] | None]] = deque()
    try:
        for source in sources:
            future = None
            if source.apart:
                pool = pool or _pool(workers, limits)
                future = pool.schedule(source.read, args=[source.raw], timeout=limits.page_seconds)
            waiting.append((source, future))
            while len(waiting) > workers * _AHEAD or (waiting and waiting[0][1] is None):
                yield _found(*waiting.popleft(), limits)
        while waiting:
            yield _found(*waiting.popleft(), limits)
    finally:
        if pool:
            pool.stop()  # type: ignore[no-untyped-call]
            pool.join()


def _pool(workers: int, limits: Limits) -> ProcessPool:
    # A process that is forked from one with threads may hang; one that is spawned reads everything anew.
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["pipeline.ingest.html"])
    return ProcessPool(workers, initializer=_limit, initargs=[limits.worker_bytes], context=context)


def _limit(most: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _found(source: Source, future: Future[tuple[Page, ...]] | None, limits: Limits) -> Found:
    try:
        return source, source.read(source.raw) if future is None else future.result()
    except UnreadableError as error:
        return source, error
    except TimeoutError:
        return source, UnreadableError(_OUT_OF_TIME, limits.remedy("page_seconds"))
    except (MemoryError, ProcessExpired):
        return source, UnreadableError(_OUT_OF_MEMORY, limits.remedy("worker_bytes"))
    except Exception as error:
        reason = f"cannot be read: {type(error).__name__}: {str(error)[:200]}"
        return source, UnreadableError(reason, "save the article's text as .txt or .md")
