"""Exchanges as a web archive (WARC 1.1, ISO 28500), each with its request, both as they went over the wire.

Written by FastWARC, which reads them too. Digests are SHA-1 in base32, as tools for web archives expect them.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable
from io import BytesIO
from typing import Final

from fastwarc.stream_io import GzipWriter
from fastwarc.warc import WarcRecord, WarcRecordType

from pipeline.fetch.connection import Exchange

_HEAD_ENDS: Final = b"\r\n\r\n"


def archive(exchanges: Iterable[Exchange], software: str) -> bytes:
    """The archive of `exchanges`, in their order. The same exchanges give the same bytes."""
    exchanges = tuple(exchanges)
    about = f"software: {software}\r\nformat: WARC File Format 1.1\r\nrobots: obey\r\n".encode()
    kind = {"Content-Type": "application/warc-fields"}
    first = _written(WarcRecordType.warcinfo, about, exchanges[0], kind)
    return first + b"".join(map(_records, exchanges))


def _records(exchange: Exchange) -> bytes:
    request = _written(WarcRecordType.request, exchange.request, exchange, _about(exchange, "request"))
    if not exchange.response:
        return request
    about = _about(exchange, "response")
    about["WARC-Concurrent-To"] = f"<urn:{_identity(exchange.request, exchange)}>"
    if exchange.cut:
        about["WARC-Truncated"] = exchange.cut
    return _written(WarcRecordType.response, exchange.response, exchange, about) + request


def _about(exchange: Exchange, message: str) -> dict[str, str]:
    return {
        "WARC-Target-URI": exchange.url,
        "WARC-IP-Address": exchange.ip,
        "Content-Type": f"application/http; msgtype={message}",
    }


def _written(kind: WarcRecordType, block: bytes, exchange: Exchange, about: dict[str, str]) -> bytes:
    """One record, compressed by itself."""
    record = WarcRecord()
    record.init_headers(record_type=kind, record_urn=_identity(block, exchange).encode())
    record.headers["WARC-Date"] = exchange.at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    for name, value in about.items():
        record.headers[name] = value
    record.set_bytes_content(block)
    _, ends, payload = block.partition(_HEAD_ENDS)
    file = BytesIO()
    stream = GzipWriter(file)
    digest = hashlib.sha1(payload, usedforsecurity=False).digest()
    record.write(stream, checksum_data=True, payload_digest=digest if ends else None)
    stream.finish()
    return file.getvalue()


def _identity(block: bytes, exchange: Exchange) -> str:
    """The record's URN, less its "urn:": the same whenever the same was seen at the same time."""
    seen = f"{exchange.at.isoformat()}\n{exchange.url}\n{hashlib.sha256(block).hexdigest()}"
    return f"uuid:{uuid.uuid5(uuid.NAMESPACE_URL, seen)}"
