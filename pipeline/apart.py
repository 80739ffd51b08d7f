"""Work on what others wrote, in processes that can be stopped: it may be made to take all time or memory."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import resource
import tempfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final, Generic, Self, TypeVar

from pebble import ProcessExpired, ProcessPool

_MOST_WORKERS: Final = 8  # unless more are asked for
# What waits its turn: enough to keep the processes busy, few enough to hold.
_AHEAD: Final = 64
_AHEAD_OF_EACH: Final = 4
_AHEAD_BYTES: Final = 100_000_000
_LOOK_SECONDS: Final = 1  # after which one looks whether the processes are still there
_TRIES: Final = 3  # of a task whose processes went before it began
_LONGEST_FOLDER: Final = 70  # bytes: 104 of a socket's name on macOS, less "/pymp-…/listener-…"

Item = TypeVar("Item")
Result = TypeVar("Result")


def cores() -> int:
    """Cores that this process may use, which need not be all of the machine."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


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


@dataclass(frozen=True, slots=True)
class _Sent(Generic[Result]):
    """A task in a pool."""

    future: Future[Result]
    pool: ProcessPool

    def is_done(self) -> bool:
        """Wait until it is done, True, or the pool gave up before."""
        while not self.future.done() and self.pool.active:
            wait([self.future], timeout=_LOOK_SECONDS)
        return self.future.done()


class Workers:
    """Processes that start with the first task that needs one, and end with the `with` block.

    A task may take `seconds` and a process `most` bytes. `preload` names the module that each process begins
    with; there `begin(*given)` is called once. `processes`: how many, by default a few (0).
    """

    def __init__(
        self,
        seconds: int,
        most: int,
        preload: str,
        begin: Callable[..., None] | None = None,
        *given: Any,
        processes: int = 0,
    ) -> None:
        self._seconds, self._most, self._preload = seconds, most, preload
        self._begin, self._given = begin, given
        self._processes = processes or min(cores(), _MOST_WORKERS)
        self._ahead = max(_AHEAD, _AHEAD_OF_EACH * self._processes)
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
        waiting: deque[tuple[Task[Item, Result], _Sent[Result] | None]] = deque()
        held = 0
        for task in tasks:
            waiting.append((task, self._send(task) if task.apart else None))
            held += task.size
            while waiting and (waiting[0][1] is None or len(waiting) > self._ahead or held > _AHEAD_BYTES):
                first, sent = waiting.popleft()
                held -= first.size
                found = self._result(first, sent)
                yield first, found
        while waiting:
            first, sent = waiting.popleft()
            found = self._result(first, sent)
            yield first, found

    def _send(self, task: Task[Item, Result]) -> _Sent[Result]:
        if self._pool and not self._pool.active:
            self.__exit__()
            self._pool = None
        self._pool = self._pool or self._started()
        return _Sent(self._pool.schedule(task.work, args=task.given, timeout=self._seconds), self._pool)

    def _result(self, task: Task[Item, Result], sent: _Sent[Result] | None) -> Result | Exception:
        """What came of a task. A pool that lost a process which had no task gives up all that it has: they
        are sent again.
        """
        if sent is None:
            return _done(task)
        for _ in range(_TRIES):
            try:
                if sent.is_done():
                    return sent.future.result()
            except BrokenProcessPool:
                pass
            except ProcessExpired as error:
                return DiedError(str(error))
            except Exception as error:
                return error
            sent = self._send(task)
        return DiedError("no process could be kept")

    def _started(self) -> ProcessPool:
        # A process that is forked from one with threads may hang; one that is spawned reads everything anew.
        # The server that forks listens at a name in the temporary folder, which the system lets be so long.
        short = len(os.fsencode(tempfile.gettempdir())) <= _LONGEST_FOLDER
        context = multiprocessing.get_context("forkserver" if short else "spawn")
        context.set_forkserver_preload([self._preload])
        begin = [self._most, pickle.dumps((self._begin, self._given))]  # once, not for each process
        return ProcessPool(self._processes, initializer=_prepare, initargs=begin, context=context)


def _prepare(most: int, packed: bytes) -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    with suppress(ValueError, OSError, OverflowError):  # not every system can; the limit of time stays
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))
    begin, given = pickle.loads(packed)  # noqa: S301 (of the process that started this one)
    if begin:
        begin(*given)


def _done(task: Task[Item, Result]) -> Result | Exception:
    try:
        return task.work(*task.given)
    except Exception as error:
        return error
