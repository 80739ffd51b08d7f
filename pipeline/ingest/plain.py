"""Plain text: all of the file is page text. Title and date stand at its head, if at all."""

from __future__ import annotations

from pipeline.ingest.dates import Stamp, date_line
from pipeline.ingest.decoding import decode
from pipeline.ingest.furniture import matching, patterns
from pipeline.ingest.page import Page, UnreadableError

HEAD_LINES = 12
TITLE_LENGTH = 200


def read(raw: bytes) -> tuple[Page, ...]:
    """The page of a text file. Raises UnreadableError if it is empty or no text."""
    text, notes = decode(raw)
    text = text.rstrip("\n")
    if not text.strip():
        raise UnreadableError("the file is empty", "put the article's text into it, or remove it")
    return (Page(text=text, title=title(text), published=published(text), notes=notes),)


def title(text: str) -> str | None:
    """The first line that is not the page's furniture, if it looks like a headline: short, and not a sentence
    with a full stop.
    """
    lines = (line.strip() for line in text.splitlines()[:HEAD_LINES])
    first = next((line for line in lines if line and not matching(line, patterns())), "")
    return first.lstrip("# ") or None if len(first) <= TITLE_LENGTH and not first.endswith(".") else None


def published(text: str) -> Stamp | None:
    """The first line near the head that is nothing but a date, and how exact it is."""
    return next((found for line in text.splitlines()[:HEAD_LINES] if (found := date_line(line))), None)
