"""One main-text extractor over saved pages, in an environment of its own.

    python pages_rivals.py NAME PAGES.json

PAGES.json is a list of pages in base64. Prints as JSON the text of each page, the processor seconds that
they took, and how many pages the extractor raised an error on.
"""

from __future__ import annotations

import base64
import json
import re
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

_ENCODING = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_TAG = re.compile(r"<[^>]+>")


def decoded(raw: bytes) -> str:
    """The text of a page, for extractors that do not decode."""
    declared = _ENCODING.search(raw[:4096])
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode(declared.group(1).decode() if declared else "cp1252", "replace")


def counterclaim() -> Callable[[bytes], str]:
    """Our own reader of HTML: text, and what the page says of itself."""
    from pipeline.ingest.html import read

    return lambda raw: read(raw)[0].text


def furniture() -> Callable[[bytes], str]:
    """Our own, less the lines that are furniture."""
    from pipeline.ingest.furniture import furniture, patterns
    from pipeline.ingest.html import read

    def text(raw: bytes) -> str:
        whole = read(raw)[0].text
        for stretch in reversed(list(furniture(whole, patterns()))):
            whole = whole[: stretch.start] + whole[stretch.end :]
        return whole

    return text


def trafilatura(**settings: bool) -> Callable[[bytes], str]:
    """The library alone, with its settings."""
    from trafilatura import extract

    return lambda raw: extract(raw, include_comments=False, **settings) or ""


def described() -> Callable[[bytes], str]:
    """The same with `fast`, and what it finds of title, author, date, site, address, tags and licence."""
    from trafilatura import bare_extraction

    def text(raw: bytes) -> str:
        document = bare_extraction(raw, fast=True, include_comments=False, with_metadata=True)
        return document.text if document else ""

    return text


def resiliparse() -> Callable[[bytes], str]:
    """Resiliparse: rules in C++."""
    from resiliparse.extract.html2text import extract_plain_text

    return lambda raw: extract_plain_text(decoded(raw), main_content=True, alt_texts=False)


def readability() -> Callable[[bytes], str]:
    """readability-lxml; it gives HTML, whose tags are taken out."""
    from readability import Document

    return lambda raw: _TAG.sub(" ", Document(decoded(raw)).summary())


def newspaper() -> Callable[[bytes], str]:
    """newspaper4k."""
    from newspaper import Article

    def text(raw: bytes) -> str:
        article = Article("http://example.org/", fetch_images=False)
        article.download(input_html=decoded(raw))
        article.parse()
        return str(article.text)

    return text


def goose() -> Callable[[bytes], str]:
    """goose3."""
    from goose3 import Goose

    reader = Goose({"enable_image_fetching": False})
    return lambda raw: str(reader.extract(raw_html=decoded(raw)).cleaned_text)


def justext() -> Callable[[bytes], str]:
    """The paragraphs that jusText, with its English stop words, does not call boilerplate."""
    from justext import get_stoplist
    from justext import justext as paragraphs

    words = get_stoplist("English")
    return lambda raw: "\n".join(one.text for one in paragraphs(raw, words) if not one.is_boilerplate)


def boilerpy() -> Callable[[bytes], str]:
    """BoilerPy3, its extractor for articles."""
    from boilerpy3.extractors import ArticleExtractor

    reader = ArticleExtractor(raise_on_failure=False)
    return lambda raw: str(reader.get_content(decoded(raw)))


EXTRACTORS: dict[str, Callable[[], Callable[[bytes], str]]] = {
    "counterclaim": counterclaim,
    "counterclaim less furniture": furniture,
    "trafilatura fast": partial(trafilatura, fast=True),
    "trafilatura fast, metadata": described,
    "trafilatura": trafilatura,
    "trafilatura precision": partial(trafilatura, favor_precision=True),
    "trafilatura recall": partial(trafilatura, favor_recall=True),
    "resiliparse": resiliparse,
    "readability-lxml": readability,
    "newspaper4k": newspaper,
    "goose3": goose,
    "justext": justext,
    "boilerpy3": boilerpy,
}


def main(name: str, file: Path) -> None:
    """Time one pass over all pages, after the first of them has warmed up what the extractor loads."""
    extract = EXTRACTORS[name]()
    pages = [base64.b64decode(page) for page in json.loads(file.read_text(encoding="utf-8"))]
    errors = 0

    def text(raw: bytes) -> str:
        nonlocal errors
        try:
            return extract(raw)
        except Exception:
            errors += 1  # whatever a rival raises, its page is empty
            return ""

    text(pages[0])
    errors, started = 0, time.process_time()
    texts = list(map(text, pages))
    seconds = time.process_time() - started
    print(json.dumps({"texts": texts, "seconds": seconds, "errors": errors}))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
