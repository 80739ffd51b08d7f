"""Direct speech: what stands between quotation marks, over sentences of a paragraph."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.extract.document import Document, Token

_OPENS = "“"
_CLOSES = "”"
_STRAIGHT = '"'


@dataclass(frozen=True, slots=True)
class Quotations:
    """`inside`: sentences that begin within a quotation; `closing`: of each sentence that a quotation runs
    through, the sentence in which it closes.
    """

    inside: frozenset[int]
    closing: dict[int, int]

    def hold(self, tokens: tuple[Token, ...], sentence: int, index: int) -> bool:
        """Whether the token at `index` of a sentence is direct speech."""
        return _state(tokens[:index], opened=sentence in self.inside)


def quotations(document: Document) -> Quotations:
    """The quotations of a text. One that does not close ends with its paragraph."""
    inside: set[int] = set()
    closing: dict[int, int] = {}
    open_since: list[int] = []
    paragraph = -1
    for index, sentence in enumerate(document.sentences):
        if sentence.paragraph != paragraph:
            open_since, paragraph = [], sentence.paragraph
        if open_since:
            inside.add(index)
        opened = _state(sentence.tokens, opened=bool(open_since))
        if opened:
            open_since.append(index)
        else:
            closing.update(dict.fromkeys(open_since, index))
            open_since = []
    return Quotations(frozenset(inside), closing)


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
