"""How much a page or archive may ask for. What asks for more is a row of `problems` that names the limit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

ENVIRONMENT: Final = {
    "page_bytes": "COUNTERCLAIM_PAGE_BYTES",
    "text_characters": "COUNTERCLAIM_TEXT_CHARACTERS",
    "page_seconds": "COUNTERCLAIM_PAGE_SECONDS",
    "worker_bytes": "COUNTERCLAIM_WORKER_BYTES",
    "archive_bytes": "COUNTERCLAIM_ARCHIVE_BYTES",
    "table_bytes": "COUNTERCLAIM_TABLE_BYTES",
}


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one file.

    - `page_bytes`: one page, unpacked;
    - `text_characters`: the text of one article;
    - `page_seconds`: to find the text of one page;
    - `worker_bytes`: memory of the process that does;
    - `archive_bytes`: all records of one archive, unpacked;
    - `table_bytes`: one table of coded figures.
    """

    page_bytes: int = 20_000_000
    text_characters: int = 1_000_000
    page_seconds: int = 30
    worker_bytes: int = 4_000_000_000
    archive_bytes: int = 20_000_000_000
    table_bytes: int = 1_000_000_000

    def remedy(self, name: str) -> str:
        """What to do about a page that goes beyond the limit `name`."""
        return f"make it smaller, or raise {ENVIRONMENT[name]} above {getattr(self, name)}"
