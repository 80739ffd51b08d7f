"""Work on what others wrote, in processes that can be stopped: it may be made to take all time or memory."""

from __future__ import annotations

import multiprocessing
import os
import resource
import tempfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final, Generic, Self, TypeVar

from pebble import ProcessExpired, ProcessPool

_MOST_WORKERS: Final = 8
# What waits its turn: enough to keep the processes busy, few enough to hold.
_AHEAD: Final = 64
_AHEAD_BYTES: Final = 100_000_000
_LONGEST_FOLDER: Final = 70  # bytes: 104 of a socket's name on macOS, less "/pymp-…/listener-…"

Item = TypeVar("Item")
Result = TypeVar("Result")


class DiedError(Exception):
    """A process ended at its work: it asked for too much memory, or met a fault in a library."""


@dataclass(frozen=True, slots=True)
class Task(Generic[Item, Result]):
    """The work on one `item`: `work(*given)`. `size`: bytes that it holds while it waits. `apart`: whether it
    may take for ever, and must be done in another process.
    """

    item: Item
    work: Callable[..., Result]
    given: tuple[Any, ...]
    size: int
    apart: bool


class Workers:
    """Processes that start with the first task that needs one, and end with the `with` block.

    A task may take `seconds` and a process `most` bytes. `preload` names the module that each process begins
    with; there `begin(*given)` is called once.
    """

    def __init__(
        self, seconds: int, most: int, preload: str, begin: Callable[..., None] | None = None, *given: Any
    ) -> None:
        self._seconds, self._most, self._preload = seconds, most, preload
        self._begin, self._given = begin, given
        self._pool: ProcessPool | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool:
            self._pool.stop()  # type: ignore[no-untyped-call]
            self._pool.join()

    def results(
        self, tasks: Iterable[Task[Item, Result]]
    ) -> Iterator[tuple[Task[Item, Result], Result | Exception]]:
        """Each task with what came of it, or with what it raised; in the order given.

        TimeoutError and MemoryError say that it took more than it may, DiedError that its process ended.
        """
        waiting: deque[tuple[Task[Item, Result], Future[Result] | None]] = deque()
        held = 0
        for task in tasks:
            waiting.append((task, self._schedule(task) if task.apart else None))
            held += task.size
            while waiting and (waiting[0][1] is None or len(waiting) > _AHEAD or held > _AHEAD_BYTES):
                first, future = waiting.popleft()
                held -= first.size
                found = _result(first, future)
                yield first, found
        while waiting:
            first, future = waiting.popleft()
            found = _result(first, future)
            yield first, found

    def _schedule(self, task: Task[Item, Result]) -> Future[Result]:
        self._pool = self._pool or self._started()
        return self._pool.schedule(task.work, args=task.given, timeout=self._seconds)

    def _started(self) -> ProcessPool:
        # A process that is forked from one with threads may hang; one that is spawned reads everything anew.
        # The server that forks listens at a name in the temporary folder, which the system lets be so long.
        short = len(os.fsencode(tempfile.gettempdir())) <= _LONGEST_FOLDER
        context = multiprocessing.get_context("forkserver" if short else "spawn")
        context.set_forkserver_preload([self._preload])
        workers = min(os.cpu_count() or 1, _MOST_WORKERS)
        return ProcessPool(
            workers, initializer=_prepare, initargs=[self._most, self._begin, self._given], context=context
        )


def _prepare(most: int, begin: Callable[..., None] | None, given: tuple[Any, ...]) -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    with suppress(ValueError, OSError, OverflowError):  # not every system can; the limit of time stays
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))
    if begin:
        begin(*given)


def _result(task: Task[Item, Result], future: Future[Result] | None) -> Result | Exception:
    try:
        return task.work(*task.given) if future is None else future.result()
    except ProcessExpired as error:
        return DiedError(str(error))
    except Exception as error:
        return error
