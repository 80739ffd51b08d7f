"""What every reader of articles gives back, whatever format it reads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from pipeline.ingest.dates import Stamp


def headed(body: str, title: str | None) -> str:
    """The text with its headline first, where it stood on the page."""
    first = body.split("\n", 1)[0].casefold()
    return f"{title}\n\n{body}" if title and title.casefold() not in first else body


class UnreadableError(ValueError):
    """Something cannot be read as an article. `remedy` says what a person can do about it."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message, remedy)  # both, so that it can be sent from another process
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return self.message


class ExhaustedError(UnreadableError):
    """Reading took more time or memory than it may: on a less busy machine it may not."""


@dataclass(frozen=True, slots=True)
class Note:
    """Something that a person should know of an article that was read all the same."""

    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page as its file tells it. `text` is the body that offsets count in; the rest may be unknown.

    `published` and `updated` are when the page says it was; `wire` is whose copy a person says it is.
    """

    text: str
    url: str | None = None
    outlet: str | None = None
    byline: str | None = None
    wire: str | None = None
    title: str | None = None
    published: Stamp | None = None
    updated: Stamp | None = None
    retrieved_at: datetime | None = None
    language: str | None = None
    kind: str = "article"
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """The bytes of one page or feed, and what reads them. `part` says where in `file` they stand.

    `known` is what the file around the page says of it, by the name of a field of Page: it fills what the
    page does not say; `notes` are of that file. `many`: it is a feed, of which each entry is a page. `apart`:
    `read` may take for ever on hostile bytes, and must run in another process.
    """

    raw: bytes
    read: Callable[[bytes], tuple[Page, ...]]
    part: str = ""
    known: Mapping[str, Any] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    many: bool = False
    apart: bool = False
    file: str = ""

    @property
    def path(self) -> str:
        """The file, and where in it."""
        return self.file + self.part
