from __future__ import annotations

import os
import signal
import time

import pytest

from pipeline.ingest import apart
from pipeline.ingest.page import Page, Source, UnreadableError
from pipeline.limits import Limits


def read(raw: bytes) -> tuple[Page, ...]:
    """What the bytes say a reader does."""
    match raw:
        case b"sleep":
            time.sleep(60)
        case b"eat":
            bytearray(50_000_000_000)
        case b"die":
            os.kill(os.getpid(), signal.SIGKILL)
        case b"fail":
            raise KeyError("no such thing")
        case b"say":
            raise UnreadableError("is empty", "fill it")
    return (Page(raw.decode()),)


@pytest.fixture(scope="module")
def found():
    """Each of a row of sources, most of them hostile, with what came of it."""
    names = (b"one", b"sleep", b"eat", b"die", b"fail", b"say", b"two")
    limits = Limits(page_seconds=2, worker_bytes=2_000_000_000)
    pages = list(apart.pages((Source(name, read, apart=True) for name in names), limits))
    assert [source.raw for source, _ in pages] == list(names)
    return {source.raw: page for source, page in pages}


def test_what_stands_among_hostile_pages_is_read(found):
    assert [page.text for name in (b"one", b"two") for page in found[name]] == ["one", "two"]


@pytest.mark.parametrize(
    ("name", "said", "remedy"),
    [
        (b"sleep", "takes longer to read than it may", "COUNTERCLAIM_PAGE_SECONDS above 2"),
        (b"eat", "asks for more memory than it may", "COUNTERCLAIM_WORKER_BYTES above 2000000000"),
        (
            b"die",
            "ends the process that reads it: it asks for too much memory, or meets a fault in a library",
            "COUNTERCLAIM_WORKER_BYTES",
        ),
        (b"fail", "cannot be read: KeyError: 'no such thing'", ".txt"),
        (b"say", "is empty", "fill it"),
    ],
)
def test_a_page_that_asks_for_too_much_or_fails_is_named_with_its_limit(found, name, said, remedy):
    assert str(found[name]) == said
    assert remedy in found[name].remedy


def test_no_process_starts_for_sources_that_need_none():
    source = Source(b"one", lambda raw: (Page(f"{raw.decode()} in {os.getpid()}"),))
    ((_, (page,)),) = apart.pages([source], Limits())
    assert page.text == f"one in {os.getpid()}"


def test_a_temporary_folder_with_a_long_name_is_no_hindrance(tmp_path, monkeypatch):
    long = tmp_path / ("a" * 120)
    long.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(long))
    ((_, pages),) = apart.pages([Source(b"one", read, apart=True)], Limits())
    assert [page.text for page in pages] == ["one"]
