"""A small event with a reading process, figures and pages, in two versions: as it was, and as it is now."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from saved import archive, page, response

EVENT: Final = "riverton-2023"
_CONFIG: Final = """
title = "Riverton, May 2023"
place = "Riverton"

[[places]]
id = "rv"
name = "Riverton"
kind = "city"

[[actors]]
id = "rv-mayor"
name = "Mayor of Riverton"
side = "authorities"
aliases = ["mayor"]
"""
_DATED: Final = '<meta property="article:published_time" content="2023-05-{:02}T08:00:00Z">'


def _page(day: int, text: str) -> bytes:
    return page(text, "The river fell by night.", head=_DATED.format(day))


def _written(day: int, text: str) -> bytes:
    return f"---\noutlet: Valley News\npublished: 2023-05-{day:02}\n---\n{text}\n".encode()


_BEFORE: Final = {
    "event.toml": _CONFIG.encode(),
    "articles/a.html": _page(3, "At least 12 people were killed in Riverton on Tuesday, the mayor said."),
    "articles/b.warc.gz": archive(
        [
            response(_page(4, "The mayor said 15 people were killed in Riverton."), "https://example.org/b1"),
            response(_page(5, "The mayor said 17 people were killed in Riverton."), "https://example.org/b2"),
        ]
    ),
    "articles/c.md": _written(4, "Police said 30 people were injured in Riverton, including three children."),
    "articles/d.txt": b"Harborport sent 40 firefighters. 5 people were missing in Riverton.",
}
_CHANGED: Final = {
    "articles/a.html": _page(3, "At least 13 people were killed in Riverton on Tuesday, the mayor said."),
    "articles/e.html": _page(6, "The mayor said 21 people were killed in Riverton, and 44 were injured."),
    "articles/f.md": _written(7, "The mayor said 22 people were killed in Riverton."),
}


def write_before(data: Path) -> Path:
    """The event as it was, in the folder `data`."""
    return _write(data, _BEFORE)


def write_now(data: Path) -> Path:
    """The event as it is now: one article changed, two are new."""
    return _write(data, _BEFORE | _CHANGED)


def _write(data: Path, files: dict[str, bytes]) -> Path:
    for name, content in files.items():
        path = data / EVENT / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return data / EVENT
