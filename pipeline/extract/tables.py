"""Tables in text: rows of cells between bars or tabs. A cell counts what its column or its row is headed by.

"| Region | Dead | Injured |", "| Isla Baja | 9 | 51 |": 9 dead, 51 injured, both of Isla Baja.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.extract.document import Document, Draft, Mention, Sentence, Token
from pipeline.extract.lexicon import Lexicon

Cell = tuple[int, int]  # first and last token; of an empty cell the last stands before the first


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence that is a row of a table, and its cells."""

    sentence: int
    cells: tuple[Cell, ...]


def tabulate(document: Document, lexicon: Lexicon) -> Document:
    """Bind numbers that are cells of a table; other numbers wait for the components that read prose."""
    if "|" not in document.text and "\t" not in document.text:
        return document
    drafts: dict[Mention, Draft] = {}
    beside: dict[int, list[Mention]] = defaultdict(list)
    for mention in document.mentions:
        beside[mention.sentence].append(mention)
    for table in _tables(document):
        drafts.update(_read(document, table, beside, lexicon))
    left = tuple(mention for mention in document.mentions if mention not in drafts)
    return replace(document, claims=(*document.claims, *drafts.values()), mentions=left)


def _tables(document: Document) -> Iterator[list[Row]]:
    """Runs of rows with as many cells each."""
    table: list[Row] = []
    for index, sentence in enumerate(document.sentences):
        row = Row(index, tuple(_cells(document.text, sentence)))
        if len(row.cells) < 2 or (table and len(row.cells) != len(table[0].cells)):
            if len(table) > 1:
                yield table
            table = []
        if len(row.cells) > 1:
            table.append(row)
    if len(table) > 1:
        yield table


def _cells(text: str, sentence: Sentence) -> Iterator[Cell]:
    """The cells of a row; none if the sentence is no row. Rules ("---") are cells too."""
    tokens = sentence.tokens
    tabs = text.find("\t", sentence.start, sentence.end) >= 0
    if text.count("|", sentence.start, sentence.end) < 2 and not tabs:
        return
    first = None
    for index, token in enumerate(tokens):
        if token.text == "|":
            if first is not None:
                yield first, index - 1
            elif index and tokens[index - 1].text == "|":
                yield index, index - 1  # an empty cell
            first = None
            continue
        if tabs and first is not None and "\t" in text[tokens[index - 1].end : token.start]:
            yield first, index - 1
            first = None
        first = index if first is None else first
    if first is not None:
        yield first, len(tokens) - 1


def _read(
    document: Document, table: list[Row], beside: Mapping[int, Sequence[Mention]], lexicon: Lexicon
) -> Iterator[tuple[Mention, Draft]]:
    heads = [_metric(document.sentences[table[0].sentence].tokens, cell, lexicon) for cell in table[0].cells]
    cells = ((row, mention) for row in table[1:] for mention in beside.get(row.sentence, ()))
    for row, mention in cells:
        tokens = document.tokens(mention)
        column = next(
            (n for n, (first, last) in enumerate(row.cells) if first <= mention.begin <= last), None
        )
        if column is None or column == 0 or not _fills(row.cells[column], mention):
            continue
        metric = heads[column] or _metric(tokens, row.cells[0], lexicon)
        if metric is not None:
            yield mention, _draft(document, mention, metric, row.cells[0], lexicon)


def _draft(document: Document, mention: Mention, metric: str, label: Cell, lexicon: Lexicon) -> Draft:
    """The claim of a cell; the head of its row is its place, unless it says "total" or what is counted."""
    tokens = document.tokens(mention)
    draft = Draft(mention, metric, ("table",), "medium", population=lexicon.metrics[metric].whose)
    heading = tokens[label[0] : label[1] + 1]
    if _metric(tokens, label, lexicon) or any(token.lower in lexicon.grammar.sizes for token in heading):
        return draft
    known = lexicon.places.at(tokens, label[0])
    place = lexicon.gazetteer[known[0].name] if known else None
    return replace(
        draft,
        place_text=document.text[tokens[label[0]].start : tokens[label[1]].end],
        place_id=place.place_id if place else None,
        country=place.country if place else None,
    )


def _fills(cell: Cell, mention: Mention) -> bool:
    """Whether the number is all of its cell but for a word or a mark: "9", "9*", "9 men"."""
    first, last = cell
    return mention.begin == first and last - mention.stop <= 1


def _metric(tokens: tuple[Token, ...], cell: Cell, lexicon: Lexicon) -> str | None:
    """The metric that a heading names."""
    for index in range(cell[0], cell[1] + 1):
        for entry in lexicon.triggers.at(tokens, index):
            if index + len(entry.words) - 1 <= cell[1]:
                return entry.name
    return None
