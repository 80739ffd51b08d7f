from __future__ import annotations

import pytest

from pipeline.ingest.decoding import decode
from pipeline.ingest.page import UnreadableError

RUSSIAN = "Двенадцать человек погибли в Ривертоне, сообщил мэр города. " * 3
CHINESE = "市长说，里弗顿有十二人死亡，二十七人失踪。" * 5
FRENCH = "Le maire a parlé de « douze morts » près de la rivière. "


@pytest.mark.parametrize(
    ("text", "encoding", "declared"),
    [
        (FRENCH, "utf-8", None),
        (FRENCH, "utf-8", "iso-8859-1"),
        (FRENCH, "utf-8-sig", None),
        (FRENCH, "utf-16", None),
        (FRENCH, "cp1252", "iso-8859-1"),
        (FRENCH, "cp1252", "utf-8"),
        (FRENCH, "cp1252", "no-such-encoding"),
        (FRENCH, "cp1252", "rot13"),
        ("It cost £5\u00a0\u00a0\u00a0\u00a0to \u201c\u2018\u2026\u2019\u201d.", "cp1252", "windows-1252"),
        (FRENCH, "utf-32", None),
        (RUSSIAN, "cp1251", None),
        (RUSSIAN, "cp1251", "windows-1252"),
        (RUSSIAN, "koi8-r", None),
        (CHINESE, "gb18030", None),
        (CHINESE, "gb18030", "gb2312"),
    ],
)
def test_bytes_are_read_whatever_is_declared(text, encoding, declared):
    assert decode(text.encode(encoding), declared)[0] == text


def test_an_encoding_that_was_guessed_is_said():
    (note,) = decode(RUSSIAN.encode("cp1251"))[1]
    assert note.message == "not UTF-8: read as cp1251, by its bytes"
    assert note.remedy


def test_one_broken_byte_does_not_make_a_text_another_encoding():
    text, (note,) = decode(FRENCH.encode() * 3 + b"\x92 12 morts")
    assert text == FRENCH * 3 + "\N{REPLACEMENT CHARACTER} 12 morts"
    assert note.message == "1 characters could not be read as utf-8"


def test_line_ends_are_one_and_control_characters_are_spaces():
    assert decode(b"One\r\ntwo\rthree\x1b[31m\x07four\n")[0] == "One\ntwo\nthree [31m four\n"


@pytest.mark.parametrize("raw", [b"\x00\x01\x02", b"PK\x03\x04\x00\x00", bytes(range(1, 256)) * 20])
def test_what_is_no_text_is_unreadable(raw):
    with pytest.raises(UnreadableError, match="is no text"):
        decode(raw)
