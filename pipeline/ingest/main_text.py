"""The article in a page: what trafilatura takes for it, less boxes of comments and of other stories.

Of the extractors measured trafilatura's fast mode loses fewest numbers of an article (docs/methods/ingest.md)
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Final

from lxml import etree, html
from trafilatura import extract

from pipeline.ingest.furniture import patterns

_FURNITURE: Final = Path(__file__).parent.parent / "lexicon" / "furniture.toml"
_BOXES: Final = (
    *("div", "section", "aside", "ol", "ul", "li", "article"),
    *("form", "footer", "p", "span", "table"),
)
_KEPT: Final = etree.XPath(".//h1 | .//article | .//main")
_LABELS: Final = etree.XPath("//@class | //@id", smart_strings=False)
_UNLINKED: Final = etree.XPath(
    ".//text()[not(ancestor::a or parent::script or parent::style)]", smart_strings=False
)
# A text of so many lines, of which the long ones hold less than this share, is a list of links.
_MANY_LINES: Final = 50
_LONG_LINE: Final = 80
_PROSE: Final = 0.7
_MOSTLY: Final = 0.4  # of a page's prose: a box that holds so much may be the article


def main_text(tree: html.HtmlElement) -> str | None:
    """The article's text, a line a paragraph; None if there is none. Changes `tree`."""
    _drop_boxes(tree)
    _drop_comments(tree)
    _keep_figures(tree)
    text = extract(tree, fast=True, include_comments=False, include_tables=True)
    if text and _is_list(text):
        text = extract(tree, include_comments=False, include_tables=True)
    return text.strip() or None if text else None


def _drop_boxes(tree: html.HtmlElement) -> None:
    """Take out what is named as comments or other stories."""
    boxes = _asides(tree)
    most = _MOSTLY * _prose(tree) if boxes else 0
    for box in boxes:
        # Pages name the article's own box by what it may hold, too: "story-body comments-open". To count
        # its prose takes long, and few boxes have so much text.
        if box.getparent() is not None and (len(box.text_content()) < most or _prose(box) < most):
            box.drop_tree()


def _drop_comments(tree: html.HtmlElement) -> None:
    """Take out what follows the heading of the comments."""
    for heading in [one for one in tree.iter("h2", "h3", "h4", "h5", "h6") if _heads_comments(one)]:
        for box in [one for one in heading.itersiblings() if not _KEPT(one)]:
            box.drop_tree()


def _keep_figures(tree: html.HtmlElement) -> None:
    """Let figures be read that would be lost, and marks that are no figures not be."""
    for box in list(tree.iter("aside")):  # "Killed: 54" beside the article is the article's
        if box.xpath("ancestor::article | ancestor::main") and not box.xpath(".//a"):
            box.tag = "div"
    for note in list(tree.iter("sup")):  # "missing1" is no word, and 1 no number
        if str(note.text_content()).strip(" []()").isdecimal():
            note.drop_tree()
    for caption in list(tree.iter("caption")):  # as a row of its table it would be taken for the header
        table = caption.getparent()
        if table is not None and table.getparent() is not None:
            caption.tag, caption.tail = "p", None
            table.addprevious(caption)


def _asides(tree: html.HtmlElement) -> list[html.HtmlElement]:
    """The boxes whose names say that they hold comments or other stories, and in which the article is not."""
    names = {label for label in set(_LABELS(tree)) if _names().search(label)}
    return [
        box
        for box in (tree.iter(*_BOXES) if names else ())
        if (box.get("class") in names or box.get("id") in names) and not _KEPT(box)
    ]


def _heads_comments(heading: html.HtmlElement) -> bool:
    """Whether what stands below the heading is what readers say, in boxes that have no telling name."""
    text = str(heading.text_content()).strip()
    return any(one.rest and one.line.search(text) for one in patterns()) if len(text) < _LONG_LINE else False


def _prose(box: html.HtmlElement) -> int:
    """Characters of the box's text but for that of links."""
    return sum(len(text.strip()) for text in _UNLINKED(box))


def _is_list(text: str) -> bool:
    lines = text.splitlines()
    prose = sum(len(line) for line in lines if len(line) >= _LONG_LINE)
    return len(lines) > _MANY_LINES and prose < _PROSE * len(text)


@cache
def _names(path: Path = _FURNITURE) -> re.Pattern[str]:
    return re.compile(tomllib.loads(path.read_text(encoding="utf-8"))["boxes"]["names"])
