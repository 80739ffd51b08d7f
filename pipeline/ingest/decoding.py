"""Bytes to text: UTF-8 if they are, else what the page declares, else what its bytes look like."""

from __future__ import annotations

import codecs
import re
from typing import Final

from pipeline.ingest.page import Note, UnreadableError

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Labels that mean more than they say, as browsers read them (WHATWG Encoding Standard, "Names and labels").
_MEANT: Final = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
_SAMPLE: Final = 200_000  # bytes that are enough to guess from
# Valid sequences of UTF-8 for one broken byte, from which on the text is UTF-8 with damage: bytes of another
# encoding seldom make one by chance.
_MOSTLY: Final = 4
# Accented letters stand alone or in pairs among ASCII; only other scripts have words of such bytes alone.
# Lower bytes are signs in Latin encodings: dashes, quotation marks and spaces may follow one another.
_OTHER_SCRIPT: Final = re.compile(rb"[\xc0-\xff]{4}|[\x80-\xff]{8}")
_LATIN: Final = frozenset(("cp1250", "cp1252", "cp1254", "cp1257", "iso8859-2", "iso8859-15"))
_FEW: Final = 0.01  # share of zero bytes that a text may hold by accident
_CHARSETS: Final = re.compile(r"utf-8|utf-16|(?:cp|iso8859|koi8|gb|big5|euc|shift_jis|iso2022|mac|tis).*")
# Control characters say nothing in an article and harm terminals and XML; line ends are made one.
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_LOST: Final = "\N{REPLACEMENT CHARACTER}"
_REMEDY: Final = "save it as UTF-8 if the words look wrong"


def decode(raw: bytes, declared: str | None = None) -> tuple[str, tuple[Note, ...]]:
    """The text, line ends as newlines, control characters as spaces; with a note if its encoding was guessed.

    Raises UnreadableError if the bytes are no text.
    """
    text, notes = _text(raw, declared)
    return clean(text), notes


def clean(text: str) -> str:
    """Text that any table, page or terminal can hold."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x85", "\n")
    return _CONTROLS.sub(" ", text)


def _text(raw: bytes, declared: str | None) -> tuple[str, tuple[Note, ...]]:
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return _lossy(raw, encoding, ())
    if raw.count(b"\0") > _FEW * len(raw):
        raise UnreadableError("is no text: it holds many zero bytes", "save the article as text")
    for encoding in filter(None, ("utf-8", _meant(declared, raw))):
        text = _strict(raw, encoding)
        if text is not None:
            return text, ()
    text = raw.decode("utf-8", errors="replace")
    lost = text.count(_LOST)
    if sum(not char.isascii() for char in text) - lost > _MOSTLY * lost:
        return text, (Note(f"{lost} characters could not be read as utf-8", _REMEDY),)
    guessed = _guess(raw)
    return _lossy(raw, guessed, (Note(f"not UTF-8: read as {guessed}, by its bytes", _REMEDY),))


def _meant(declared: str | None, raw: bytes) -> str | None:
    """The encoding that a label stands for; None if it stands for none, or the bytes cannot be in it."""
    try:
        name = codecs.lookup(declared or "").name
    except (LookupError, ValueError):
        return None
    name = _MEANT.get(name, name)
    if not _CHARSETS.fullmatch(name) or (name in _LATIN and _OTHER_SCRIPT.search(raw)):
        return None
    return name


def _guess(raw: bytes) -> str:
    """The encoding that the bytes look like. Raises UnreadableError if they look like none."""
    if not _OTHER_SCRIPT.search(raw):
        return "cp1252"
    from charset_normalizer import from_bytes  # noqa: PLC0415 takes a tenth of a second, and is needed seldom

    best = from_bytes(raw[:_SAMPLE]).best()
    if best is None:
        raise UnreadableError("is no text in an encoding that is known", "save the article as UTF-8")
    return best.encoding.replace("_", "-")


def _strict(raw: bytes, encoding: str) -> str | None:
    """The text, if every byte is of that encoding and none would be a control character in it."""
    try:
        text = raw.decode(encoding)
    except (LookupError, ValueError):
        return None
    return None if encoding != "utf-8" and _CONTROLS.search(text) else text


def _lossy(raw: bytes, encoding: str, notes: tuple[Note, ...]) -> tuple[str, tuple[Note, ...]]:
    text = raw.decode(encoding, errors="replace")
    if lost := text.count(_LOST):
        notes = (*notes, Note(f"{lost} characters could not be read as {encoding}", _REMEDY))
    return text, notes
