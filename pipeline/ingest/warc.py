"""Web archives (WARC, ISO 28500): every response that is a page, with address and time of its capture."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import BinaryIO, Final

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from pipeline.ingest.dates import moment
from pipeline.ingest.page import Note, Page, Source, UnreadableError
from pipeline.ingest.unpacking import PackedError, unchunked, unpacked
from pipeline.limits import Limits

_PAGES: Final = ("text/html", "application/xhtml+xml")
_GZIP: Final = b"\x1f\x8b\x08"
_VERSION: Final = b"WARC/1."
_NEXT: Final = re.compile(rb"WARC/1\.\d\r\nWARC-")
_DIGESTS: Final = ("sha1:", "sha256:", "md5:")
_MARK: Final = re.compile(re.escape(_GZIP) + b"|" + re.escape(_VERSION))
_OPENING: Final = 512  # bytes of a packed record that give its first letters
_MOST_TRIES: Final = 10_000
_STEP: Final = 1 << 20  # bytes
_LENGTH: Final = re.compile(rb"(?i)\ncontent-length:[ \t]{0,9}(\d{1,15})\s")
_LONGEST_HEAD: Final = 1 << 16  # bytes of a record's header
_MOST_FAULTS: Final = 20  # broken stretches after which an archive is given up
_FINE: Final = 200
_AGAIN: Final = "capture it again, or take the record out of the archive"
_CUT: Final = (Note("was cut short when it was captured: its end is missing", _AGAIN),)
_CHANGED: Final = Note("its digest does not match: the bytes are not those that were archived", _AGAIN)


def sources(path: Path, limits: Limits) -> Iterator[Source | UnreadableError]:
    """The pages of a .warc or .warc.gz, and for each record or stretch that cannot be read an error."""
    with path.open("rb") as stream:
        yield from records(stream, limits)


def records(stream: BinaryIO, limits: Limits) -> Iterator[Source | UnreadableError]:
    """The pages of an archive that is read from `stream`. After a broken stretch the next record goes on."""
    number = pages = faults = unpacked = 0
    start: int | None = 0
    while start is not None:
        stream.seek(start)
        last, reason = start, ""
        try:
            for record in ArchiveIterator(stream, parse_http=False):
                number, last = number + 1, record.stream_pos
                size = record.content_length
                if found := _page(record, f"#{number}", limits):
                    pages += 1
                    yield found
                unpacked += size
                if unpacked > limits.archive_bytes:
                    remedy = limits.remedy("archive_bytes")
                    yield UnreadableError(f"is too large after record #{number}", remedy)
                    return
            whole = _ends_whole(stream, last)
        except OSError as error:
            whole, reason = False, f": {error}"
        if whole:
            break
        faults += 1
        yield UnreadableError(f"is broken after record #{number}, behind byte {last}{reason}", _AGAIN)
        start = _next_record(stream, last + 1)
        if faults == _MOST_FAULTS and start is not None:
            yield UnreadableError(f"is broken in {faults} places: the rest was not read", _AGAIN)
            return
    if not pages and not faults:
        yield UnreadableError("holds no page of HTML", "give an archive of pages, or remove it")


def _page(record: WarcRecord, part: str, limits: Limits) -> Source | UnreadableError | None:
    """The page of a record, or why it cannot be read; None if the record is no page."""
    if record.record_type != WarcRecordType.response or not record.is_http:
        return None
    small = record.content_length <= limits.page_bytes  # to verify one is to hold all of it
    intact = not (small and _is_digested(record)) or record.verify_block_digest()
    record.parse_http()
    if not _is_page(record):
        return None
    notes = (*(() if intact else (_CHANGED,)), *(_CUT if record.headers.get("WARC-Truncated") else ()))
    return _source(record, part, notes, limits)


def _is_digested(record: WarcRecord) -> bool:
    """Whether the record has a digest of a kind that can be checked."""
    return (record.headers.get("WARC-Block-Digest") or "").lower().startswith(_DIGESTS)


def _is_page(record: WarcRecord) -> bool:
    fine = record.http_headers is not None and record.http_headers.status_code == _FINE
    return fine and (record.http_content_type or "").lower() in _PAGES


def _source(
    record: WarcRecord, part: str, notes: tuple[Note, ...], limits: Limits
) -> Source | UnreadableError:
    # Old versions of Wget write the address in angle brackets.
    address = (record.headers.get("WARC-Target-URI") or "").strip("<> ") or None
    raw = record.reader.read(limits.page_bytes + 1)
    if len(raw) < min(record.content_length, limits.page_bytes):
        reason = f"record {part} is cut short: {len(raw)} of {record.content_length} bytes"
        return UnreadableError(reason, _AGAIN)
    if _NEXT.search(raw):
        return UnreadableError(f"record {part} is cut short: the next record begins within it", _AGAIN)
    try:
        if _header(record, "Transfer-Encoding") == "chunked":
            raw = unchunked(raw, limits.page_bytes)
        raw = unpacked(raw, _header(record, "Content-Encoding"), limits.page_bytes)
    except PackedError as error:
        return UnreadableError(f"record {part} cannot be unpacked: {error}", _AGAIN)
    if len(raw) > limits.page_bytes:
        return UnreadableError(f"record {part} is too large", limits.remedy("page_bytes"))
    captured = moment(record.headers.get("WARC-Date"))
    known = {"retrieved_at": captured[0] if captured else None}
    read = partial(_read, charset=record.http_charset, address=address)
    return Source(raw, read, part, known, notes, apart=True)


def _read(raw: bytes, charset: str | None, address: str | None) -> tuple[Page, ...]:
    from pipeline.ingest import html  # noqa: PLC0415 half a second, in the process that reads pages

    return html.read(raw, charset, address)


def _header(record: WarcRecord, name: str) -> str:
    return ((record.http_headers.get(name) if record.http_headers else None) or "").strip().lower()


def _ends_whole(stream: BinaryIO, last: int) -> bool:
    """Whether nothing is missing or left over from the record at position `last` on."""
    stream.seek(last)
    head = stream.read(_LONGEST_HEAD)
    if not head.startswith(_GZIP):
        own, blank, _ = head.partition(b"\r\n\r\n")
        length = _LENGTH.search(own + b"\r\n")
        if not (blank and length):
            return not head
        stream.seek(last + len(own) + len(blank) + int(length.group(1)) - 1)
        return len(stream.read(1)) == 1 and not stream.read(_LONGEST_HEAD).strip()
    stream.seek(last)
    rest = stream.read(_STEP)
    while rest:
        member = zlib.decompressobj(31)
        while not member.eof and rest:
            member.decompress(rest, _STEP)
            rest = member.unconsumed_tail or member.unused_data or stream.read(_STEP)
        if not member.eof:
            return False
        rest = rest or stream.read(_STEP)
    return True


def _next_record(stream: BinaryIO, start: int) -> int | None:
    """Where the first record after `start` begins; None if there is none, or much that only looks like it."""
    stream.seek(start)
    kept, at, tried = b"", start, 0
    while piece := stream.read(_STEP):
        window = kept + piece
        for found in _MARK.finditer(window, 0, len(window) - _OPENING):
            if found.group() != _GZIP or _opens(window[found.start() : found.start() + _OPENING]):
                return at + found.start()
            tried += 1
            if tried > _MOST_TRIES:
                return None
        kept = window[-_OPENING:]
        at += len(window) - len(kept)
    last = _MARK.search(kept)
    return at + last.start() if last else None


def _opens(packed: bytes) -> bool:
    """Whether a gzip member of a WARC record begins here."""
    try:
        return zlib.decompressobj(31).decompress(packed, len(_VERSION)) == _VERSION
    except zlib.error:
        return False
