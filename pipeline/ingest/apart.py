"""Pages read in processes of their own, which can be stopped.

Trafilatura takes time that grows with the square of some pages' size: 78 seconds for 1.7 MB of nested <span>.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, Self

from pipeline.apart import DiedError, Task, Workers
from pipeline.ingest.page import ExhaustedError, Page, Source, UnreadableError
from pipeline.limits import Limits

Found = tuple[Source, tuple[Page, ...] | UnreadableError]
_EXHAUSTED: Final[dict[type[Exception], tuple[str, str]]] = {
    TimeoutError: ("takes longer to read than it may", "page_seconds"),
    MemoryError: ("asks for more memory than it may", "worker_bytes"),
    DiedError: (
        "ends the process that reads it: it asks for too much memory, or meets a fault in a library",
        "worker_bytes",
    ),
}


def pages(sources: Iterable[Source], limits: Limits) -> Iterator[Found]:
    """Each source with its pages, or the error that says why it has none; in the order given."""
    with Readers(limits) as readers:
        yield from readers.pages(sources)


class Readers:
    """Processes that read pages, started with the first page that needs one, ended with the `with` block."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._workers = Workers(limits.page_seconds, limits.worker_bytes, "pipeline.ingest.html")

    def __enter__(self) -> Self:
        self._workers.__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        self._workers.__exit__(*error)

    def pages(self, sources: Iterable[Source]) -> Iterator[Found]:
        """Each source with its pages, or the error that says why it has none; in the order given.

        Sources that need no process of their own are read in this one.
        """
        tasks = (Task(one, one.read, (one.raw,), len(one.raw), one.apart) for one in sources)
        for task, found in self._workers.results(tasks):
            yield task.item, _unread(found, self._limits) if isinstance(found, Exception) else found


def _unread(error: Exception, limits: Limits) -> UnreadableError:
    if isinstance(error, UnreadableError):
        return error
    if known := _EXHAUSTED.get(type(error)):
        return ExhaustedError(known[0], limits.remedy(known[1]))
    reason = f"cannot be read: {type(error).__name__}: {str(error)[:200]}"
    return UnreadableError(reason, "save the article's text as .txt or .md")
