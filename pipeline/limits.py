"""How much a file or an article may ask for. More is a row of `problems` that names the limit."""

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
    "article_numbers": "COUNTERCLAIM_ARTICLE_NUMBERS",
    "article_seconds": "COUNTERCLAIM_ARTICLE_SECONDS",
}


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one file, and of one article.

    - `page_bytes`: one page, unpacked;
    - `text_characters`: the text of one article;
    - `page_seconds`: to find the text of one page;
    - `worker_bytes`: memory of a process that reads pages, or claims;
    - `archive_bytes`: all records of one archive, unpacked;
    - `table_bytes`: one table of coded figures;
    - `article_numbers`: numbers in the text of one article;
    - `article_seconds`: to find the claims of one long article, or of some short ones in one process;
    """

    page_bytes: int = 20_000_000
    text_characters: int = 1_000_000
    page_seconds: int = 30
    worker_bytes: int = 4_000_000_000
    archive_bytes: int = 20_000_000_000
    table_bytes: int = 1_000_000_000
    article_numbers: int = 10_000
    article_seconds: int = 60

    @property
    def of_reading(self) -> tuple[int, ...]:
        """The limits that decide which pages and rows are read."""
        return (
            self.page_bytes,
            self.text_characters,
            self.page_seconds,
            self.worker_bytes,
            self.archive_bytes,
            self.table_bytes,
        )

    @property
    def of_extraction(self) -> tuple[int, ...]:
        """The limits that decide which articles claims are extracted from."""
        return self.article_numbers, self.article_seconds, self.worker_bytes

    def remedy(self, name: str) -> str:
        """What to do about a page or article that goes beyond the limit `name`."""
        return f"make it smaller, or raise {ENVIRONMENT[name]} above {getattr(self, name)}"
