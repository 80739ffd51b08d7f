"""Codebooks: what each says, where it says so, and the steps that are taken for it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Final

from pipeline.compare.codebooks.book import Codebook, codebooks
from pipeline.compare.estimates import RULES
from pipeline.documenting.markup import code, grid, number, paragraphs
from pipeline.extract.lexicon import load_lexicon

_HEAD: Final = """# Codebooks

What named, published rules would code from the same evidence. They stand side by side and are never mixed
([why](../explanation/no-best-guess.md)); which claims a rule used and which it passed over, and why, stands
in the table [estimates](tables.md#estimates). What they all share, and where they were checked against other
programs: [comparison](../methods/comparison.md#codebooks). To add one: [how](../how-to/own-codebook.md). This
page is made from `pipeline/codebooks/` (words) and `pipeline/compare/codebooks/` (steps) by `make reference`.
"""


def markdown() -> str:
    """The page, one section a codebook in the order of file names."""
    books = codebooks()
    listed = grid(
        ("codebook", "title", "codes"),
        ((f"[`{one.codebook_id}`](#{one.codebook_id})", one.title, _codes(one)) for one in books),
    )
    return "\n".join([_HEAD, listed, *("\n".join(_section(one)) for one in books)])


def _section(book: Codebook) -> Iterator[str]:
    rule = RULES[book.rule]
    yield f"## {book.codebook_id}\n"
    yield f"**{book.title}**, version {book.version}. {book.says}\n"
    yield f"Citation: {book.citation}.\n"
    yield f"Codes: {_codes(book)}.\n"
    one = "each independent statement once" if book.unit == "statement" else "each report, also a copy"
    yield f"Counts: {one}{', each side apart' if book.by_side else ''}.\n"
    if book.doubtful:
        yield f"Uses only where there is no other: figures of {code(*book.doubtful)}.\n"
    steps = (sys.modules[rule.__module__].__doc__, rule.__doc__)
    yield f"Steps (`{rule.__module__.replace('.', '/')}.py`): {' '.join(_first(one) for one in steps)}\n"
    if book.vague:
        yield "Words without a number that it gives one:\n"
        yield grid(("word", "number"), ((word, number(value)) for word, value in book.vague.items()))


def _first(docstring: str | None) -> str:
    return paragraphs(docstring or "")[0]


def _codes(book: Codebook) -> str:
    metrics = code(*book.metrics) if book.metrics else f"any of the {len(load_lexicon().metrics)} metrics"
    return f"{metrics}, of {code(*book.populations)}" if book.populations else metrics
