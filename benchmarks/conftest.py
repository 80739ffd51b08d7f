"""What every benchmark is given: its sizes, a folder, and `beside`, which measures a row and keeps it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import measuring
import pytest
import results
from measuring import TOLD, Goal, Kind, Row


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--small`: sizes at which everything can be tried in minutes; nothing is kept of what comes out.
    `--results`: the file whose parts are renewed.
    """
    parser.addoption("--small", action="store_true")
    parser.addoption("--results", type=Path, default=results.RESULTS)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every benchmark goes by the clock that is told seconds."""
    for item in items:
        item.add_marker(pytest.mark.benchmark(timer=TOLD))


@pytest.fixture
def small(request: pytest.FixtureRequest) -> bool:
    """Whether sizes are those for trying."""
    return bool(request.config.getoption("--small"))


@pytest.fixture(scope="module")
def rows(request: pytest.FixtureRequest) -> Iterator[list[Row]]:
    """The rows of a part, written once all of it is measured."""
    found: list[Row] = []
    yield found
    part = request.path.stem.removeprefix("bench_")
    path = request.config.getoption("--results")
    if found:
        results.write(results.renewed(results.read(path), part, found), path)


@pytest.fixture
def beside(benchmark, rows: list[Row]) -> Callable[..., None]:
    """Measure a row: rounds of ours and of theirs in turn, each of which gives its seconds."""

    def measure(
        what: str,
        ours: Callable[[], float],
        rival: str,
        theirs: Callable[[], float],
        *,
        kind: Kind = "long",
        goal: Goal | None = None,
        rounds: int = 5,
        figure: Callable[[float], str] = measuring.seconds,
    ) -> None:
        try:
            own, other = measuring.alternate(benchmark.pedantic, ours, theirs, rounds)
        except RuntimeError as error:
            rows.append(measuring.absent(what, rival, str(error), goal))
            pytest.skip(str(error))
        row = measuring.compared(what, rival, own=own, other=other, kind=kind, goal=goal, figure=figure)
        benchmark.extra_info.update(ratio=row.ratio, beside=rival, goal=row.goal)
        rows.append(row)

    return measure


@pytest.fixture
def keep(rows: list[Row]) -> Callable[[Row], None]:
    """Keep a row that is weighed or fitted and not timed beside a rival."""
    return rows.append
