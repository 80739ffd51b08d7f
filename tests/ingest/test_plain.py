from __future__ import annotations

from datetime import datetime

import pytest

from pipeline.ingest import plain
from pipeline.ingest.page import UnreadableError

PAGE = """Three die in Riverton flood

Jo Writer
Thursday 4 May 2023 09:54 GMT
The Riven on Wednesday, May 3, 2023.

Three people died.
"""


def test_title_and_date_stand_at_the_head():
    (page,) = plain.read(PAGE.encode())
    assert page.title == "Three die in Riverton flood"
    assert page.published == (datetime(2023, 5, 4, 9, 54), "minute")


def test_the_text_is_the_file_and_nothing_is_cut():
    assert plain.read(PAGE.encode())[0].text == PAGE.rstrip("\n")


def test_line_ends_and_byte_order_marks_do_not_shift_offsets():
    assert plain.read("\ufeffOne\r\ntwo\rthree\n".encode())[0].text == "One\ntwo\nthree"


def test_a_sentence_is_not_a_title_and_a_text_without_a_date_has_none():
    (page,) = plain.read(b"Three people died on Wednesday.\nMore followed.")
    assert (page.title, page.published) == (None, None)


def test_an_empty_file_is_unreadable():
    with pytest.raises(UnreadableError, match="empty"):
        plain.read(b" \n")
