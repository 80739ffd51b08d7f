"""What every reader of articles gives back, whatever format it reads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


class UnreadableError(ValueError):
    """A file cannot be read as an article. `remedy` says what a person can do about it."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.remedy = remedy


@dataclass(frozen=True, slots=True)
class Page:
    """One page as its file tells it. `text` is the body that offsets count in; the rest may be unknown.

    `published_at` is in UTC where `precision` is second or minute, else midnight of the day as printed.
    """

    text: str
    url: str | None = None
    outlet: str | None = None
    byline: str | None = None
    title: str | None = None
    published_at: datetime | None = None
    precision: str | None = None
    retrieved_at: datetime | None = None
    language: str | None = None
    kind: str = "article"


def decode(raw: bytes) -> str:
    """The text of a UTF-8 file, line ends as newlines. Raises UnreadableError if it is not UTF-8."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableError(
            f"not UTF-8: byte 0x{raw[error.start]:02x} at position {error.start}",
            "save the file as UTF-8 and run again",
        ) from error
    return text.replace("\r\n", "\n").replace("\r", "\n")
