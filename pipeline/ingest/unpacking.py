"""Bodies of HTTP answers as they were before they were packed, never more of them than is asked for."""

from __future__ import annotations

import zlib
from io import BytesIO
from typing import Final

from fastwarc.stream_io import BrotliReader, ChunkedReader

_PACKED: Final = {"gzip": 31, "x-gzip": 31, "deflate": 47}  # window sizes by which zlib knows its formats


class PackedError(ValueError):
    """A body cannot be unpacked. The message says why."""


def unpacked(raw: bytes, encoding: str, most: int) -> bytes:
    """What `raw` holds, packed as a Content-Encoding header says; at most a byte more than `most`.

    Raises PackedError if the encoding is not known, or the body is damaged or cut short.
    """
    encoding = encoding.strip().lower()
    if encoding in ("identity", ""):
        return raw[: most + 1]
    if encoding == "br":
        try:
            return bytes(BrotliReader(BytesIO(raw)).read(most + 1))
        except OSError as error:
            raise PackedError(str(error)) from error
    if encoding not in _PACKED:
        raise PackedError(f"packed as {encoding[:40]!a}, which is not known")
    return _inflated(raw, _PACKED[encoding], most)


def _inflated(raw: bytes, window: int, most: int) -> bytes:
    """The members that `raw` holds, one after another."""
    found = b""
    while raw and len(found) <= most:
        stream = zlib.decompressobj(window)
        try:
            found += stream.decompress(raw, most + 1 - len(found))
        except zlib.error as error:
            raise PackedError(str(error)) from error
        if not stream.eof and len(found) <= most:
            raise PackedError("it is cut short")
        raw = stream.unused_data
    return found


def unchunked(raw: bytes, most: int) -> bytes:
    """A body without its transfer chunks, at most a byte more than `most`. Raises PackedError."""
    try:
        return bytes(ChunkedReader(BytesIO(raw)).read(most + 1))
    except OSError as error:
        raise PackedError(str(error)) from error
