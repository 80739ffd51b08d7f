"""Pages as they are saved: HTML with furniture around the article, and web archives of them."""

from __future__ import annotations

import gzip
from collections.abc import Iterable

URL = "https://example.org/2023/05/riverton-flood"
LEAD = "At least 12 people were killed in Riverton on Tuesday when the Riven broke its banks, the mayor said."
MORE = (
    "Rescue teams brought 340 residents to schools on higher ground, and the fire brigade said that 27 "
    "people were missing in the villages between Riverton and Harborport after a night of heavy rain."
)
HTML = {"Content-Type": "text/html; charset=utf-8"}


def page(
    *paragraphs: str, title: str = "Flood in Riverton kills 12", head: str = "", lang: str = "en"
) -> bytes:
    """A page with navigation, related stories and a footer around its paragraphs."""
    body = "\n".join(f"<p>{text}</p>" for text in paragraphs or (LEAD, MORE))
    return f"""<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8">
<title>{title} | Riverton Post</title><meta property="og:title" content="{title}">
<meta property="og:site_name" content="Riverton Post">{head}</head>
<body><nav><a href="/">Home</a> <a href="/news">News (99)</a></nav>
<main><article><h1>{title}</h1>{body}</article></main>
<aside><h2>Related stories</h2><ul><li><a href="/a">85 killed in mine fire</a></li></ul></aside>
<footer>© 2023 Riverton Post. 1 Main Street, Riverton 60601</footer></body></html>""".encode()


def response(
    body: bytes,
    url: str = URL,
    *,
    headers: dict[str, str] = HTML,
    status: str = "200 OK",
    length: int | None = None,
    about: str = "",
) -> bytes:
    """A WARC record of an HTTP response. `length`: what the record says, if that is not the truth."""
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    block = f"HTTP/1.1 {status}\r\n{lines}\r\n".encode() + body
    head = (
        f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2023-05-04T08:00:00Z\r\n"
        "WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\n"
        f"Content-Type: application/http;msgtype=response\r\n{about}"
        f"Content-Length: {len(block) if length is None else length}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def archive(records: Iterable[bytes]) -> bytes:
    """A .warc.gz: each record compressed by itself."""
    return b"".join(gzip.compress(record, mtime=0) for record in records)
