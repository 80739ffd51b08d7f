"""How long work tells that it moves: a stage with a name and a number of steps."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Protocol

Step = Callable[[], None]


class Progress(Protocol):
    """Shows stages. `stage` gives a function to call after each of `total` steps."""

    def stage(self, name: str, total: int) -> AbstractContextManager[Step]:
        """Begin the stage `name`; it ends with the `with` block."""
        ...


@dataclass(frozen=True, slots=True)
class LoggedProgress:
    """Progress as lines of a log, one each tenth of a stage: for the Dagster UI and for services."""

    log: Callable[[str], None]

    @contextmanager
    def stage(self, name: str, total: int) -> Iterator[Step]:
        """Log how far the stage has come, ten times at most."""
        done = 0

        def step() -> None:
            nonlocal done
            done += 1
            if total >= 10 and done * 10 // total > (done - 1) * 10 // total:
                self.log(f"{name}: {done} of {total}")

        yield step
