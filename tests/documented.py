"""The pages of the documentation, taken apart: headings, links, and listings of files and of what to type."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

ROOT: Final = Path(__file__).parent.parent
DOCS: Final = ROOT / "docs"
PAGES: Final = sorted(DOCS.rglob("*.md"))
_MARKDOWN: Final = MarkdownIt("commonmark").enable("table")
_FILE: Final = re.compile(r"`([\w./-]+/[\w.-]+)`:$")


@dataclass(frozen=True)
class Example:
    """A fenced listing: its language, what it says, and the file that the line before it names."""

    language: str
    text: str
    path: str | None
    line: int


def tokens(page: Path) -> Iterator[Token]:
    """Every token of a page, those inside paragraphs too."""
    for token in _MARKDOWN.parse(page.read_text(encoding="utf-8")):
        yield token
        yield from token.children or ()


def links(page: Path) -> list[str]:
    """Where the links and pictures of a page lead."""
    found = (token.attrs.get("href") or token.attrs.get("src") for token in tokens(page))
    return [str(one) for one in found if one]


def anchors(page: Path) -> set[str]:
    """The anchors that code hosts and the site give the headings of a page."""
    seen: Counter[str] = Counter()
    found = set()
    parsed = _MARKDOWN.parse(page.read_text(encoding="utf-8"))
    for heading, inline in pairwise(parsed):
        if heading.type == "heading_open":
            text = "".join(
                one.content for one in inline.children or () if one.type in ("text", "code_inline")
            )
            slug = re.sub(r"[^\w\- ]", "", text.strip().lower()).replace(" ", "-")
            found.add(f"{slug}-{seen[slug]}" if seen[slug] else slug)
            seen[slug] += 1
    return found


def named(page: Path) -> set[str]:
    """What a page names as code."""
    return {token.content for token in tokens(page) if token.type == "code_inline"}


def examples(page: Path) -> list[Example]:
    """The fenced listings of a page, in order."""
    lines = page.read_text(encoding="utf-8").splitlines()
    found = []
    for token in _MARKDOWN.parse("\n".join(lines)):
        if token.type == "fence" and token.map:
            before = next((line for line in reversed(lines[: token.map[0]]) if line.strip()), "")
            path = _FILE.search(before)
            found.append(Example(token.info, token.content, path[1] if path else None, token.map[0] + 1))
    return found
