"""Subjects whose verb stands far off, behind names, ages and relative clauses.

"Three cadres of the group, identified as A, B and C of D village, were arrested from E." The verb that ends
the subject is the first that agrees with it, opens no clause of its own, and has no nearer subject.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pipeline.extract.binding import Binding
from pipeline.extract.document import Mention, Token
from pipeline.extract.lexicon import Lexicon
from pipeline.extract.nouns import Noun
from pipeline.extract.phrases import Entry

FARTHEST: Final = 90  # tokens between a subject and its verb
_COST: Final = 7  # a far verb yields to any near one
_OPENERS: Final = {"(": ")", "[": "]", "–": "–", "—": "—"}
_PLURAL: Final = frozenset({"were", "are", "have", "remain"})
_SINGULAR: Final = frozenset({"was", "is", "has", "remains"})
_EITHER: Final = frozenset({"had"})
_ADVERBS_BETWEEN: Final = 3  # "were reportedly arrested", "have since been killed"


def far_subject(
    tokens: tuple[Token, ...], mention: Mention, noun: Noun | None, others: list[Mention], lexicon: Lexicon
) -> Iterator[Binding]:
    """The verb of the number's own clause, behind what describes the people counted."""
    start = (noun.last if noun else mention.stop) + 1
    if not _opens_clause(tokens, mention, lexicon) or not _described(tokens, start, lexicon):
        return
    relative, index = False, start
    while index < min(len(tokens), start + FARTHEST):
        token = tokens[index]
        if token.text in _OPENERS:
            index = _closing(tokens, index)
            continue
        if token.text in ";:!?" or token.lower in lexicon.grammar.clause_breaks:
            return
        after_break = token.text in ",)]–—" or index == start
        relative = (relative and not after_break) or token.lower in lexicon.grammar.relatives
        found = None if relative else _verb(tokens, index, mention, lexicon)
        if found is not None:
            first, entry, rule = found
            if not _has_subject(tokens, start, index, others, lexicon):
                yield Binding(entry.name, first, first + len(entry.words) - 1, rule, _COST)
            if rule == "far passive":
                return
        index += 1


def _opens_clause(tokens: tuple[Token, ...], mention: Mention, lexicon: Lexicon) -> bool:
    """Whether the number begins the subject of a clause: nothing governs it from the left."""
    index = mention.begin - 1
    while index >= 0 and tokens[index].lower in lexicon.grammar.determiners - {"of", "that"}:
        index -= 1
    if index < 0:
        return True
    before = tokens[index]
    governed = before.lower in lexicon.grammar.prepositions or before.lower == "of"
    opens = before.text in "\"“”',:)-–—]" or before.lower in lexicon.grammar.subordinators
    return not governed and (opens or before.lower == "and" or bool(lexicon.say.at(tokens, index)))


def _described(tokens: tuple[Token, ...], start: int, lexicon: Lexicon) -> bool:
    """Whether a description of the people follows at `start`, and not a verb of theirs."""
    if start >= len(tokens):
        return False
    token, grammar = tokens[start], lexicon.grammar
    after = tokens[start + 1].lower if start + 1 < len(tokens) else ""
    reduced = token.lower.endswith("ed") and after in grammar.describing
    return (
        token.text in ",(–—["
        or token.lower in grammar.relatives
        or token.lower in grammar.prepositions
        or token.lower in ("of", "including", "reportedly", "allegedly", "suspected", "believed", "namely")
        or token.lower.endswith("ing")
        or reduced
    )


def _closing(tokens: tuple[Token, ...], index: int) -> int:
    """The index behind the bracket that opens at `index`; behind it alone if nothing closes it."""
    close = _OPENERS[tokens[index].text]
    return next((step + 1 for step in range(index, len(tokens)) if tokens[step].text == close), index + 1)


def _verb(
    tokens: tuple[Token, ...], index: int, mention: Mention, lexicon: Lexicon
) -> tuple[int, Entry, str] | None:
    """The verb group that begins at `index`: where its trigger stands, and the rule that found it."""
    lower = tokens[index].lower
    wrong = _PLURAL if mention.value == 1 else _SINGULAR
    if lower in (_PLURAL | _SINGULAR | _EITHER) - wrong:
        for step in range(index + 1, min(len(tokens), index + 3 + _ADVERBS_BETWEEN)):
            for entry in lexicon.triggers.at(tokens, step):
                if entry.role in ("object", "subject", "state"):
                    return step, entry, "far passive" if entry.role == "object" else "far subject"
            if tokens[step].text in ",;:" or tokens[step].lower in lexicon.grammar.prepositions:
                return None
        return None
    if index + 1 < len(tokens) and tokens[index + 1].text == "-":
        return None
    found = next((one for one in lexicon.triggers.at(tokens, index) if one.role == "subject"), None)
    return (index, found, "far subject") if found is not None and not lower.endswith("ing") else None


def _has_subject(
    tokens: tuple[Token, ...], start: int, verb: int, others: list[Mention], lexicon: Lexicon
) -> bool:
    """Whether another number stands right before the verb, as its own subject."""
    for other in others:
        if start <= other.first and other.last < verb:
            between = tokens[other.stop + 1 : verb]
            part = lexicon.grammar.part_before.before(tokens, other.begin) is not None
            if len(between) <= 3 and not part and not any(token.text in ",)]–—" for token in between):
                return True
    return False
