"""How long it takes to start, and to find that there is nothing, or one article, to do.

Whole processes, seconds of the processor. An empty project is one event without articles, its report made.
"""

from __future__ import annotations

import random
import shutil
import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest
from measuring import Goal, ran
from page import BENCH
from projects import counterclaim, known, write


@pytest.fixture(scope="module")
def projects(request: pytest.FixtureRequest) -> tuple[Path, Path]:
    """An empty project and one of many known articles, both made. The second takes minutes to make, so it
    stays under .bench/ and the next time only what changed is made again.
    """
    articles = 1_000 if request.config.getoption("--small") else 100_000
    empty, full = (BENCH / "projects" / f"known-{number}" for number in (0, articles))
    shutil.rmtree(empty, ignore_errors=True)
    for root, number in ((empty, 0), (full, articles)):
        known(root, number)
        counterclaim(root, "run")
    return empty, full


def _run(root: Path) -> Callable[[], float]:
    return lambda: counterclaim(root, "run").processor


def test_help(beside, tmp_path):
    """`counterclaim --help` beside Python that imports click, which no command does without."""
    command = [sys.executable, "-c", "import click"]
    beside(
        "`counterclaim --help`",
        lambda: counterclaim(tmp_path, "--help").processor,
        "Python that imports click",
        lambda: ran(command, tmp_path, {}).processor,
        rounds=10,
    )


def test_nothing_to_do_on_an_empty_project(beside, projects, tmp_path):
    """A run on a project without articles beside Python that imports click."""
    command = [sys.executable, "-c", "import click"]
    beside(
        "`run`, one event, no article, nothing to do",
        _run(projects[0]),
        "Python that imports click",
        lambda: ran(command, tmp_path, {}).processor,
        rounds=10,
    )


def test_nothing_to_do_on_known_articles(beside, projects, small):
    """A run on many articles, all known and none changed."""
    beside(
        f"`run`, {1_000 if small else 100_000:,} known articles, nothing to do",
        _run(projects[1]),
        "the same, no article",
        _run(projects[0]),
        goal=Goal(1.2, "most"),
        rounds=3 if small else 7,
    )


def test_one_more_article(beside, projects, small):
    """A run after one article was added, beside one after none was: each adds another."""
    rng, root = random.Random(), projects[1]  # noqa: S311 no two articles alike, today or next time
    event = sorted((root / "data").iterdir())[0]
    numbers = count(max(int(path.stem) for path in (event / "articles").iterdir()) + 1)

    def one_more() -> float:
        write(event, next(numbers), rng, claims=True)
        return counterclaim(root, "run").processor

    beside(
        f"`run`, {1_000 if small else 100_000:,} known articles, one more with claims",
        one_more,
        "the same, nothing to do",
        _run(root),
        goal=Goal(1.3, "most"),
        rounds=3,
    )
