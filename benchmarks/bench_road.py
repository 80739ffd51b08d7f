"""The whole road, from files to a report: seconds by size, how they grow, and the most memory of one process.

Articles of 4 kB of newswire in one event, every tenth with two claims; whole processes of `counterclaim run`.
"""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from measuring import Goal, Ran, limited, seconds
from projects import counterclaim, newswire

MEMORY = 1.5  # GiB of one process


@pytest.fixture(scope="module")
def road(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> dict[int, list[tuple[Ran, Ran]]]:
    """By size its rounds: a run on one process that makes everything, and one that has nothing to do."""
    sizes = {10: 1, 50: 1, 200: 1} if request.config.getoption("--small") else {100: 3, 1_000: 2, 10_000: 1}
    found: dict[int, list[tuple[Ran, Ran]]] = {}
    for size, rounds in sizes.items():
        for _ in range(rounds):
            root = tmp_path_factory.mktemp(f"road-{size}")
            newswire(root, size)
            whole = counterclaim(root, "run", processes="1")
            found.setdefault(size, []).append((whole, counterclaim(root, "run", processes="1")))
    return found


def _fastest(rounds: list[tuple[Ran, Ran]]) -> float:
    return min(whole.processor for whole, _ in rounds)


def test_seconds(keep, road):
    """Each size, beside the same project when nothing changed."""
    for size, rounds in road.items():
        whole, again = _fastest(rounds), min(nothing.processor for _, nothing in rounds)
        keep(
            limited(
                f"whole road, {size:,} articles ({size / whole:.0f} articles/s)",
                seconds(whole),
                "the same, nothing to do",
                seconds(again),
                ratio=whole / again,
                is_="times as long",
            )
        )


def test_growth(keep, road):
    """The exponent from each size to the next: starting weighs less in the last, which is to be linear."""
    sizes = sorted(road)
    for less, more in pairwise(sizes):
        ratio = _fastest(road[more]) / _fastest(road[less])
        exponent = math.log(ratio) / math.log(more / less)
        keep(
            limited(
                f"growth from {less:,} to {more:,} articles",
                f"{ratio:.1f} times",
                "articles",
                f"{more / less:.0f} times",
                ratio=exponent,
                is_="exponent",
                goal=Goal(1.05, "most"),
            )
        )


def test_memory(keep, road):
    """The most memory that a process of the largest run held."""
    size = max(road)
    most = max(whole.memory for whole, _ in road[size])
    keep(
        limited(
            f"memory, {size:,} articles, one process",
            f"{most:.2f} GiB",
            "the bound",
            f"{MEMORY} GiB",
            ratio=most / MEMORY,
            is_="of the bound",
            goal=Goal(1, "most"),
        )
    )
