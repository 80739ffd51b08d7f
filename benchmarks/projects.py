"""Projects of made-up articles on disk, and `counterclaim` run on them as a person runs it."""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import made_up
from measuring import Ran, ran
from newswire import articles

_SEED: Final = 20220105
_SENTENCES: Final = 12  # of about 90 characters
_EVENT: Final = 10_000  # articles of an event at most
_CLAIMS: Final = 10  # of so many articles one has claims


def known(root: Path, count: int) -> None:
    """Make a project of `count` articles of about 1,200 characters in events of 10,000, unless there."""
    if (root / "complete").is_file():
        return
    rng = random.Random(_SEED)  # noqa: S311 made-up text needs no secret
    for first in range(0, max(count, 1), _EVENT):
        folder = _event(root, first // _EVENT)
        for number in range(first, min(first + _EVENT, count)):
            write(folder, number, rng, claims=number % _CLAIMS == 0)
    (root / "complete").touch()


def write(event: Path, number: int, rng: random.Random, *, claims: bool) -> None:
    """One more article of an event."""
    text = made_up.article(rng, number, _SENTENCES, claims=claims).markdown()
    (event / "articles" / f"{number:06d}.md").write_text(text, encoding="utf-8")


def newswire(root: Path, count: int) -> None:
    """A project of one event with `count` articles of 4 kB of newswire; one in ten begins with two claims."""
    rng = random.Random(_SEED)  # noqa: S311
    folder = _event(root, 0)
    for number, text in enumerate(articles(count)):
        told = made_up.sentences(rng, 0, claims=number % _CLAIMS == 0)
        one = made_up.Article(number, f"Outlet {rng.randrange(40)}", rng.randrange(1, 29), (*told, text))
        (folder / "articles" / f"{number:06d}.md").write_text(one.markdown(), encoding="utf-8")


def _event(root: Path, number: int) -> Path:
    folder = root / "data" / f"event-{number:03d}"
    (folder / "articles").mkdir(parents=True, exist_ok=True)
    made_up.configure(folder, number)
    return folder


def counterclaim(root: Path, *given: str, **settings: str) -> Ran:
    """`counterclaim` with what is `given`, in the project, with COUNTERCLAIM_… set as `settings` say.

    Raises RuntimeError if it fails.
    """
    command = [str(Path(sys.executable).parent / "counterclaim"), *given]
    return ran(command, root, {**_environment(), **dict(_named(settings))})


def _environment() -> Mapping[str, str]:
    return {
        key: value for key, value in os.environ.items() if not key.startswith(("DAGSTER", "COUNTERCLAIM"))
    }


def _named(settings: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    return ((f"COUNTERCLAIM_{name.upper()}", value) for name, value in settings.items())
