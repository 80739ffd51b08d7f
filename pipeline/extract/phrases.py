"""Phrases of the lexicon, looked up at a place in a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.extract.document import Token

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A phrase of the lexicon and what it stands for. `apart`: words that close it behind the number, as
    "hostage" does in "took … hostage".
    """

    words: Words
    name: str
    role: str = ""
    apart: Words = ()


class Phrases:
    """Phrases that can be looked up at a place in a sentence; the longest wins, then the earlier entry."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        # Looked up at every word of every article: by the first word, then by the first two, or by the last.
        self._first: dict[str, list[Entry]] = {}
        self._last: dict[str, list[Entry]] = {}
        self._pairs: dict[tuple[str, str], list[Entry]] = {}
        for entry in entries:
            self._last.setdefault(entry.words[-1], []).append(entry)
            single = self._first.setdefault(entry.words[0], [])
            if len(entry.words) == 1:
                single.append(entry)
            else:
                self._pairs.setdefault((entry.words[0], entry.words[1]), []).append(entry)
        for same in (*self._pairs.values(), *self._last.values()):
            same.sort(key=lambda entry: -len(entry.words))

    def at(self, tokens: tuple[Token, ...], index: int) -> Sequence[Entry]:
        """The entries whose words stand at `index`, longest first."""
        word = tokens[index].lower
        single = self._first.get(word)
        if single is None:
            return ()
        if index + 1 == len(tokens):
            return single
        longer = self._pairs.get((word, tokens[index + 1].lower))
        if longer is None:
            return single
        return [entry for entry in longer if _follow(tokens, index, entry.words)] + single

    def within(
        self, tokens: tuple[Token, ...], first: int, last: int
    ) -> Iterator[tuple[int, Sequence[Entry]]]:
        """Each index of first..last at which entries stand, with these."""
        for index in range(first, last + 1):
            if tokens[index].lower in self._first and (found := self.at(tokens, index)):
                yield index, found

    @property
    def entries(self) -> Iterator[Entry]:
        """Every entry."""
        yield from (entry for same in self._first.values() for entry in same)
        yield from (entry for same in self._pairs.values() for entry in same)

    @property
    def first_words(self) -> frozenset[str]:
        """The words that an entry begins with."""
        return frozenset(self._first)

    def before(self, tokens: tuple[Token, ...], index: int, reach: int = 6) -> tuple[int, Entry] | None:
        """The longest entry that ends just before `index`, with the index of its first token."""
        ending = self._last.get(tokens[index - 1].lower, ()) if 0 < index <= len(tokens) else ()
        for entry in ending:
            start = index - len(entry.words)
            if len(entry.words) <= reach and start >= 0 and _stand(tokens, start, entry.words):
                return start, entry
        return None


def _follow(tokens: tuple[Token, ...], index: int, phrase: Words) -> bool:
    """Whether the words of a phrase after its second stand behind `index`."""
    if len(phrase) == 2:
        return True
    return index + len(phrase) <= len(tokens) and _stand(tokens, index, phrase)


def _stand(tokens: tuple[Token, ...], start: int, phrase: Words) -> bool:
    """Whether the words of a phrase stand at `start`, where there is room for them."""
    for step, word in enumerate(phrase, start):  # noqa: SIM110 (it is what all phrases are found with)
        if tokens[step].lower != word:
            return False
    return True
