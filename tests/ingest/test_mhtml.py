from __future__ import annotations

import base64
import quopri
from datetime import datetime

import pytest
from saved import LEAD, URL, page

from pipeline.ingest import mhtml
from pipeline.ingest.page import UnreadableError


def saved(body: bytes, encoding: str, date: str = "Thu, 4 May 2023 08:00:00 +0200") -> bytes:
    head = (
        f"From: <Saved by Blink>\r\nSnapshot-Content-Location: {URL}\r\nSubject: Flood\r\nDate: {date}\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="----b"\r\n\r\n------b\r\n'
        f"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"
    )
    rest = "\r\n------b\r\nContent-Type: image/png\r\n\r\nAAAA\r\n------b--\r\n"
    return head.encode() + body + rest.encode()


@pytest.mark.parametrize(
    ("pack", "encoding"),
    [(quopri.encodestring, "quoted-printable"), (base64.encodebytes, "base64"), (bytes, "8bit")],
)
def test_the_page_is_read_with_where_and_when_it_was_saved(pack, encoding):
    (found,) = mhtml.read(saved(pack(page()), encoding))
    assert LEAD in found.text
    assert (found.url, found.retrieved_at) == (URL, datetime(2023, 5, 4, 6))


def test_a_date_that_is_none_is_left_open():
    (found,) = mhtml.read(saved(page(), "8bit", date="yesterday"))
    assert found.retrieved_at is None


@pytest.mark.parametrize("raw", [b"", b"hello", b"Content-Type: image/png\r\n\r\nx"])
def test_what_holds_no_page_is_unreadable(raw):
    with pytest.raises(UnreadableError, match="is no saved page"):
        mhtml.read(raw)
