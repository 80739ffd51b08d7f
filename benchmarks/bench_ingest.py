"""What reading files costs beyond the library that finds the main text of a page, or beyond reading a file.

Ours goes from an event's folder to the table `articles`: it opens, hashes and decodes files, finds text,
title, byline, outlet, dates, address and language, and marks furniture and wires. Seconds of the processor,
of it and of the processes in which it reads pages. Trafilatura beside it: `extract` as its documentation
shows it, which is the bare loop of the goal; and its fast mode, which ours calls, with and without metadata.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from measuring import Goal, rate, timed
from newswire import articles
from pages_corpus import pages
from processes import processor

from pipeline.events import load
from pipeline.ingest.articles import ingest


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Path:
    """An event whose articles are the saved pages of pages_corpus.py."""
    found = pages()[0]
    if not found:
        pytest.skip("no pages: pip and npm cannot fetch the packages that they come out of")
    raws = [page.raw for page in found[:: 8 if request.config.getoption("--small") else 1]]
    return _event(tmp_path_factory, raws, "html")


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Path:
    """An event whose articles are text files of 4 kB of newswire."""
    count = 100 if request.config.getoption("--small") else 2_000
    raws = [f"A headline\nThe Riverton Post\n9 May 2023\n\n{one}".encode() for one in articles(count)]
    return _event(tmp_path_factory, raws, "txt")


def _event(factory: pytest.TempPathFactory, raws: list[bytes], ending: str) -> Path:
    folder = factory.mktemp(ending) / "riverton"
    (folder / "articles").mkdir(parents=True)
    for number, raw in enumerate(raws):
        (folder / "articles" / f"{number:06d}.{ending}").write_bytes(raw)
    return folder


def _ours(folder: Path) -> object:
    return ingest(load(folder))


def _bare(folder: Path, **settings: bool) -> None:
    from trafilatura import extract

    for path in sorted((folder / "articles").iterdir()):
        extract(path.read_bytes(), **settings)


@pytest.mark.parametrize(
    ("loop", "settings"),
    [
        ("trafilatura.extract(page)", {}),
        ("its fast mode, with metadata", {"fast": True, "with_metadata": True}),
        ("its fast mode, text alone", {"fast": True}),
    ],
)
def test_pages(beside, saved, loop, settings):
    """Saved pages beside a bare loop of trafilatura."""
    count = len(list((saved / "articles").iterdir()))
    beside(
        f"ingest, {count} saved pages",
        timed(lambda: _ours(saved), processor),
        f"a loop of {loop}",
        timed(lambda: _bare(saved, **settings)),
        goal=Goal(1.15, "most"),
        rounds=3,
        figure=rate(count, "pages"),
    )


def test_texts(beside, texts):
    """Text files beside a loop that reads and decodes them."""
    paths = sorted((texts / "articles").iterdir())
    beside(
        f"ingest, {len(paths):,} text files of 4 kB",
        timed(lambda: _ours(texts), processor),
        "a loop that reads and decodes",
        timed(lambda: [path.read_bytes().decode() for path in paths]),
        rounds=3,
        figure=rate(len(paths), "files"),
    )
