"""What trafilatura finds of a page's title, author, outlet, address and day.

Its `extract_metadata`, step by step, less what is not read here: tags, categories, licence, the host's name,
and a day to be guessed where the page declares one. Those take a third of its time.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Final

from htmldate import find_date
from lxml import html
from trafilatura.metadata import (
    META_URL,
    examine_meta,
    extract_author,
    extract_meta_json,
    extract_sitename,
    extract_title,
    extract_url,
)
from trafilatura.settings import Document

# The same page gives the same date on every day, so that the last day that counts is far off, and not today.
_LAST_DAY: Final = "2100-01-01"


def about(tree: html.HtmlElement, address: str | None, *, dated: bool) -> Document:
    """The page's title, author, outlet (`sitename`), address (`url`) and, if it is to be `dated`, day; what
    it lacks is None. `address`: where the page was found.
    """
    found = examine_meta(tree)
    if found.author and " " not in found.author:
        found.author = None
    with suppress(Exception):  # the library's code meets JSON of any shape
        found = extract_meta_json(tree, found)
    found.title = found.title or extract_title(tree)
    found.author = found.author or extract_author(tree)
    found.url = found.url or extract_url(tree, address)
    found.date = _day(tree, found.url) if dated else None
    name = found.sitename or extract_sitename(tree)
    found.sitename = _outlet(name) if name else _host(found.url)
    found.clean_and_trim()
    return found


def _day(tree: html.HtmlElement, url: str | None) -> str | None:
    """Only a date that stands where pages put theirs: a search of all the page finds its copyright line's."""
    return find_date(tree, extensive_search=False, original_date=True, url=url, max_date=_LAST_DAY)


def _outlet(name: str) -> str:
    """A name as it is written, or that of an account ("@riverton")."""
    name = name.lstrip("@")
    return name if not name or "." in name or name[0].isupper() else name.title()


def _host(url: str | None) -> str | None:
    found = META_URL.match(url) if url else None
    return found[1] if found else None
