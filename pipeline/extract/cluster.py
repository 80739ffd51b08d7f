"""The engine of several machines: batches of articles go to workers of dask (docs/scaling.md).

The only module that knows dask.distributed, which is an extra: imported where COUNTERCLAIM_CLUSTER is set.
"""

from __future__ import annotations

import logging
import pickle
import platform
import re
import time
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import ExitStack, contextmanager, suppress
from typing import Any, Final, Self

from distributed import Client, KilledWorker, Security

from pipeline.apart import DiedError
from pipeline.extract.engines import Batch, EngineError, Extraction, Known, Local, extracted, one_thread
from pipeline.versions import EXTRACTION

_ANSWER_SECONDS: Final = 10  # within which the scheduler must answer, and have a worker
_LOOK_SECONDS: Final = 2  # after which one looks whether anybody still works
_PATIENCE_SECONDS: Final = 60  # for which all workers may be gone: they are started again when they die
# What is on its way: for each core a batch in work, one that waits there and one that waits to be put away.
_AHEAD: Final = 3
_AHEAD_BYTES: Final = 500_000_000
_ADDRESS: Final = re.compile(r"(?:tcp|tls)://[^/\s]+:\d+")
_START: Final = "start some with `dask worker` (docs/scaling.md), or unset COUNTERCLAIM_CLUSTER"


class Cluster:
    """The workers of the scheduler at `address`, as in tcp://127.0.0.1:8786. `answer` and `patience`: seconds
    within which it must answer and have a worker, and for which all workers may be gone. Raises EngineError.

    A batch of one article is done in a process of this machine, which can be stopped: it is long and may take
    for ever, or it comes again because workers died of its batch.
    """

    def __init__(
        self,
        address: str,
        known: Known,
        answer: float = _ANSWER_SECONDS,
        patience: float = _PATIENCE_SECONDS,
    ) -> None:
        self._address, self._known = address, known
        self._answer, self._patience = answer, patience
        self._local = Local(known, processes=1)
        self._open = ExitStack()

    def __enter__(self) -> Self:
        self._client: Any = _connected(self._address, self._answer)
        with ExitStack() as opening:
            opening.callback(self._client.close)
            _check(self._client, self._address, self._answer)
            # Each worker fetches it once; it is loaded again if the worker that has it is lost.
            self._loaded = self._client.submit(pickle.loads, pickle.dumps(self._known), pure=False)
            opening.enter_context(self._local)
            self._open = opening.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def results(self, batches: Iterable[Batch]) -> Iterator[tuple[Batch, Extraction | Exception]]:
        """Each batch with what came of it; so few are taken ahead that all cores of the cluster have work."""
        waiting: deque[tuple[Batch, Any]] = deque()
        held = 0
        for batch in batches:
            waiting.append((batch, self._sent(batch) if len(batch.articles) > 1 else None))
            held += batch.size
            while len(waiting) > _AHEAD * max(1, self._cores()) or held > _AHEAD_BYTES:
                first, future = waiting.popleft()
                held -= first.size
                yield first, self._result(first, future)
        while waiting:
            first, future = waiting.popleft()
            yield first, self._result(first, future)

    def _sent(self, batch: Batch) -> Any:
        packed = pickle.dumps(batch.articles)
        with self._asked():
            return self._client.submit(_extracted, packed, self._loaded, _version(), pure=False)

    def _cores(self) -> int:
        with self._asked():
            return int(sum(self._client.nthreads().values()))

    def _result(self, batch: Batch, future: Any) -> Extraction | Exception:
        """What came of a batch. One that workers died of, or that memory was short for, comes again."""
        if future is None:
            ((_, found),) = self._local.results([batch])
            return found
        try:
            with self._asked():
                return _unpacked(self._awaited(future))
        except KilledWorker as error:
            return DiedError(str(error))
        except MemoryError as error:
            return error

    @contextmanager
    def _asked(self) -> Iterator[None]:
        """Raises EngineError if the scheduler no longer answers."""
        try:
            yield
        except (OSError, CancelledError) as error:
            raise EngineError(
                f"the scheduler at {self._address} went away; start it and its workers, and run again: what "
                "was extracted is kept"
            ) from error

    def _awaited(self, future: Any) -> bytes:
        """The result, unless nobody is there to give it for too long."""
        seen = time.monotonic()
        while time.monotonic() - seen <= self._patience:
            try:
                return bytes(future.result(timeout=_LOOK_SECONDS))
            except TimeoutError:
                if self._cores():
                    seen = time.monotonic()
        raise EngineError(f"every worker of {self._address} is gone; {_START}")


def _connected(address: str, seconds: float) -> Client:
    if not _ADDRESS.fullmatch(address):
        raise EngineError(f"COUNTERCLAIM_CLUSTER is {address!a}: give an address, as in tcp://127.0.0.1:8786")
    if address.startswith("tls:") and not _has_certificates():
        raise EngineError(
            f"{address} wants certificates, which dask's settings do not name: see docs/scaling.md"
        )
    logging.getLogger("distributed.client").setLevel(logging.CRITICAL)  # what goes wrong is raised, and told
    try:
        return Client(address, timeout=seconds, set_as_default=False)  # type: ignore[no-untyped-call]
    except OSError as error:
        raise EngineError(
            f"no scheduler answers at {address}; start one with `dask scheduler` (docs/scaling.md), correct "
            "COUNTERCLAIM_CLUSTER, or unset it"
        ) from error


def _has_certificates() -> bool:
    with suppress(OSError):
        settings: Any = Security()  # type: ignore[no-untyped-call]
        return settings.get_connection_args("client")["ssl_context"] is not None
    return False


def _check(client: Client, address: str, seconds: float) -> None:
    """Raises EngineError if there is no worker, or the code of one is not that of this run."""
    try:
        client.wait_for_workers(1, timeout=seconds)
    except TimeoutError:
        raise EngineError(f"the scheduler at {address} has no worker; {_START}") from None
    for worker, version in sorted(client.run(_version, on_error="return").items()):
        if version != _version():
            raise EngineError(_other(worker, version, _version()))


def _version() -> str:
    """All that decides what is extracted from an article, in the process that is asked."""
    return f"{EXTRACTION.version} on Python {'.'.join(platform.python_version_tuple()[:2])}"


def _other(worker: str, its: object, ours: str) -> str:
    return (
        f"the worker {worker} has Counterclaim {its}, this run has {ours}; install the same one on both, by "
        "the same requirements.lock, and start the worker again"
    )


def _extracted(packed: bytes, known: Known, version: str) -> bytes:
    """In a worker: what the articles of a batch hold. Workers that came later were not asked before."""
    if version != _version():
        raise EngineError(_other(f"on {platform.node()}", _version(), version))
    one_thread()
    return pickle.dumps(extracted(pickle.loads(packed), known))  # noqa: S301 (of the run)


def _unpacked(packed: bytes) -> Extraction:
    return pickle.loads(packed)  # type: ignore[no-any-return]  # noqa: S301 (of the workers)
