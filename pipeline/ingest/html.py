"""Saved HTML pages: their main text with the headline first, and what the page says of itself.

Captions, dates and lists of links that stay in the text are left to the patterns of page furniture.
"""

from __future__ import annotations

import re
from typing import Final

from lxml import etree, html

from pipeline.ingest import metadata, plain
from pipeline.ingest.about import about
from pipeline.ingest.dates import moment
from pipeline.ingest.decoding import clean, decode
from pipeline.ingest.main_text import main_text
from pipeline.ingest.page import Page, UnreadableError, headed
from pipeline.ingest.publishers import host

_DECLARED: Final = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{2,40})", re.IGNORECASE)
_REMEDY: Final = "save the article's text as .txt or .md"
# As Internet Explorer, Chrome and Firefox write it, and as SingleFile does.
_SAVED: Final = re.compile(
    r"<!--\s{0,9}(?:saved from url=\(\d{4}\)|Page saved with SingleFile\s{1,9}url:\s)(\S{1,2000})"
)
_BLOCKS: Final = (
    *("p", "div", "br", "li", "tr", "dt", "dd", "blockquote", "pre", "section", "article", "figcaption"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "table"),
)
_HEAD: Final = 4096  # bytes within which a page declares its encoding
# lxml.html chooses the class of every element anew, in Python, so that fields of forms have more methods.
_ONE_CLASS: Final = etree.ElementDefaultClassLookup(element=html.HtmlElement)


def read(raw: bytes, charset: str | None = None, address: str | None = None) -> tuple[Page, ...]:
    """The page of an HTML file. Raises UnreadableError if it holds no article text.

    `charset` and `address` are what the server said. A page may name another address as its own
    ("canonical"): that counts only on the same host, since copies name the page that they copied.
    """
    declared = _DECLARED.search(raw[:_HEAD])
    text, notes = decode(raw, charset or (declared.group(1).decode("ascii") if declared else None))
    address = address or _saved_from(text)
    tree = parse(text)
    stamps = metadata.stamps(tree)
    known = about(tree, address, dated=stamps.published is None)
    body = main_text(tree)
    if body is None:
        raise UnreadableError("no article text was found in the page", _REMEDY)
    title = _line(known.title)
    text = clean(headed(body, title))
    canonical = known.url if known.url and host(known.url) else None
    same = address is None or host(canonical) == host(address)
    return (
        Page(
            text=text,
            url=canonical if same and canonical else address,
            outlet=_line(known.sitename),
            byline=_line(known.author),
            title=title,
            published=stamps.published or plain.published(text) or moment(known.date),
            updated=stamps.updated,
            language=metadata.language(tree),
            notes=notes,
        ),
    )


def _saved_from(text: str) -> str | None:
    """The address that a browser notes when it saves a page."""
    found = _SAVED.search(text, 0, _HEAD)
    return found.group(1) if found and host(found.group(1)) else None


def fragment(text: str) -> str:
    """The text of a piece of HTML, a line a paragraph: what feeds give of an article."""
    tree = parse(text)
    etree.strip_elements(tree, "script", "style", with_tail=False)
    for element in tree.iter(*_BLOCKS):
        element.text = "\n" + clean(element.text or "")
        element.tail = "\n" + clean(element.tail or "")
    for element in tree.iter("td", "th", "span"):
        element.tail = " " + clean(element.tail or "")
    lines = (" ".join(line.split()) for line in str(tree.text_content()).splitlines())
    return clean("\n".join(line for line in lines if line))


def parse(text: str) -> html.HtmlElement:
    """The tree of a page, at any depth. Raises UnreadableError if there is none."""
    # Trafilatura loses the text after a comment; what lies deeper than 255 is dropped but in a huge tree.
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    parser.set_element_class_lookup(_ONE_CLASS)
    try:
        tree = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise UnreadableError(f"is no HTML: {error}", _REMEDY) from error
    if any("depth" in entry.message for entry in parser.error_log):
        raise UnreadableError("is nested too deep: what lies deepest would be lost", _REMEDY)
    return tree


def _line(text: str | None) -> str | None:
    return clean(" ".join(text.split())) or None if text else None
