"""Direct speech: what stands between quotation marks, over sentences of a paragraph."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.extract.document import Document, Token

_OPENS = "“"
_CLOSES = "”"
_STRAIGHT = '"'
_MARKS = (_OPENS, _CLOSES, _STRAIGHT)


@dataclass(frozen=True, slots=True)
class Quotations:
    """`inside`: sentences that begin within a quotation; `marked`: those with marks of one; `closing`: of
    each sentence that a quotation runs through, the sentence in which it closes.
    """

    inside: frozenset[int]
    marked: frozenset[int]
    closing: dict[int, int]

    def hold(self, tokens: tuple[Token, ...], sentence: int, index: int) -> bool:
        """Whether the token at `index` of a sentence is direct speech."""
        opened = sentence in self.inside
        return _state(tokens[:index], opened=opened) if sentence in self.marked else opened


def quotations(document: Document) -> Quotations:
    """The quotations of a text. One that does not close ends with its paragraph."""
    inside: set[int] = set()
    marked: set[int] = set()
    closing: dict[int, int] = {}
    open_since: list[int] = []
    paragraph = -1
    for index, sentence in enumerate(document.sentences):
        if sentence.paragraph != paragraph:
            open_since, paragraph = [], sentence.paragraph
        if open_since:
            inside.add(index)
        opened = bool(open_since)
        if any(document.text.find(mark, sentence.start, sentence.end) >= 0 for mark in _MARKS):
            marked.add(index)
            opened = _state(sentence.tokens, opened=opened)
        if opened:
            open_since.append(index)
        else:
            closing.update(dict.fromkeys(open_since, index))
            open_since = []
    return Quotations(frozenset(inside), frozenset(marked), closing)


def _state(tokens: tuple[Token, ...], *, opened: bool) -> bool:
    """Whether a quotation is open behind `tokens`."""
    for token in tokens:
        if token.text == _OPENS:
            opened = True
        elif token.text == _CLOSES:
            opened = False
        elif token.text == _STRAIGHT:
            opened = not opened
    return opened
