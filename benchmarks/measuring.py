"""One measurement: ours and what stands beside it, in turn, and the ratio of the fastest round of each."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final, Literal

Kind = Literal["long", "fast"]
SAYS: Final[Mapping[Kind, str]] = {"long": "times as long", "fast": "times as fast"}


@dataclass(frozen=True, slots=True)
class Goal:
    """What the ratio of a row must be."""

    bound: float
    at: Literal["most", "least"]

    def met(self, ratio: float) -> bool:
        """Whether `ratio` is within the bound."""
        return ratio <= self.bound if self.at == "most" else ratio >= self.bound

    def __str__(self) -> str:
        return f"{'≤' if self.at == 'most' else '≥'} {self.bound:g}"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table.

    - `what` is measured, `beside` what: a rival or a limit;
    - `ours` and `theirs`: the figures, as printed;
    - `ratio` of them, and what it `is`: "times as long"; None where the rival could not run;
    - `goal` and whether it is `met`; None where there is none;
    - `note`: why something was not measured;
    - `seconds`: every round of ours and of theirs.
    """

    what: str
    ours: str
    beside: str
    theirs: str
    ratio: float | None
    is_: str
    goal: str | None = None
    met: bool | None = None
    note: str = ""
    seconds: Mapping[str, Sequence[float]] = field(default_factory=dict)

    def told(self) -> dict[str, Any]:
        """The row as JSON has it."""
        return {name.rstrip("_"): value for name, value in asdict(self).items()}


class Told:
    """A clock that goes on by the seconds it is told: ours may be those of a process, or of its processor."""

    def __init__(self) -> None:
        self._now = 0.0

    def __call__(self) -> float:
        """The time on it."""
        return self._now

    def advance(self, seconds: float) -> None:
        """Let `seconds` pass."""
        self._now += seconds


TOLD: Final = Told()  # the timer of every benchmark


def timed(work: Callable[[], object], clock: Callable[[], float] = time.process_time) -> Callable[[], float]:
    """`work` as a round: it is done, and the seconds that it took by the clock come back."""

    def one_round() -> float:
        started = clock()
        work()
        return clock() - started

    return one_round


def alternate(
    pedantic: Callable[..., object], ours: Callable[[], float], theirs: Callable[[], float], rounds: int
) -> tuple[list[float], list[float]]:
    """The seconds of each round of ours and of theirs: before each of ours one of theirs.

    `pedantic` is that of a benchmark of pytest-benchmark whose timer is TOLD.
    """
    own: list[float] = []
    other: list[float] = []

    def work() -> None:
        own.append(ours())
        TOLD.advance(own[-1])

    pedantic(work, setup=lambda: other.append(theirs()), rounds=rounds)
    return own, other


def compared(
    what: str,
    beside: str,
    *,
    own: Sequence[float],
    other: Sequence[float],
    kind: Kind,
    goal: Goal | None,
    figure: Callable[[float], str],
) -> Row:
    """The row of alternating rounds; `figure` prints seconds, or what is made of them."""
    fastest, rival = min(own), min(other)
    ratio = fastest / rival if kind == "long" else rival / fastest
    return Row(
        what,
        figure(fastest),
        beside,
        figure(rival),
        ratio,
        SAYS[kind],
        str(goal) if goal else None,
        goal.met(ratio) if goal else None,
        seconds={"ours": own, "theirs": other},
    )


def limited(
    what: str, ours: str, beside: str, theirs: str, *, ratio: float, is_: str, goal: Goal | None = None
) -> Row:
    """A row of what is weighed or fitted and not timed beside a rival."""
    return Row(
        what, ours, beside, theirs, ratio, is_, str(goal) if goal else None, goal.met(ratio) if goal else None
    )


def absent(what: str, beside: str, reason: str, goal: Goal | None = None) -> Row:
    """The row of a rival that could not run, with the reason."""
    return Row(what, "", beside, "", None, "", str(goal) if goal else None, None, f"not run: {reason}")


def seconds(taken: float) -> str:
    """Seconds as a table prints them."""
    return f"{taken * 1000:.0f} ms" if taken < 0.95 else f"{taken:.3g} s"


def rate(amount: float, unit: str) -> Callable[[float], str]:
    """Prints seconds as `amount` over them, in `unit` a second."""
    return lambda taken: f"{_three(amount / taken)} {unit}/s"


def _three(number: float) -> str:
    return f"{number:,.0f}" if number >= 100 else f"{number:.3g}"


@dataclass(frozen=True, slots=True)
class Ran:
    """A program that ran: the seconds of the processor and of the clock, and the most memory in GiB that one
    process of it held.
    """

    processor: float
    wall: float
    memory: float


def ran(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> Ran:
    """Run a program in `folder`. Raises RuntimeError with the end of what it said if it fails."""
    done = subprocess.run(
        [sys.executable, str(Path(__file__).parent / "processes.py"), *command],
        cwd=folder,
        env=dict(environment),
        capture_output=True,
        text=True,
        check=True,
    )
    told = json.loads(done.stdout)
    if told.pop("status"):
        raise RuntimeError(done.stderr[-2_000:])
    return Ran(**told)
