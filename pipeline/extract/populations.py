"""Whose the number is where its own noun does not say: "the toll among police rose to 18", "and 748 wounded".

The rules are tried in order, the nearest words first:

- description: "24 dead prisoners";
- complement: "three of the killed were minors", "19 of them were officers";
- partitive: "of the security forces at least 18 are dead", "the toll among officers climbed to 18";
- total: "the number of officers hurt reached 353";
- ellipsis: "26 rebels were killed and 18 wounded";
- circumstance: "six died in police custody".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import takewhile
from typing import Final

from pipeline.extract.document import Document, Draft, Token
from pipeline.extract.lexicon import Lexicon, Refinement
from pipeline.extract.partitive import is_part

_BEFORE: Final = 12  # tokens before a number in which its people are named: "of the officers hurt, 13 …"
_COMPLEMENT: Final = 4  # tokens after "were" in which the people stand


def name(document: Document, lexicon: Lexicon) -> Document:
    """Fill `population` of claims whose noun names nobody in particular."""
    claims: list[Draft] = []
    for draft in document.claims:
        if draft.population == "all":
            named = _named(document.tokens(draft.mention), draft, claims, lexicon)
            named = named or lexicon.metrics[draft.metric].whose
            draft = replace(draft, population=named)  # noqa: PLW2901 the row as it goes on
        claims.append(_refined(document.tokens(draft.mention), draft, lexicon))
    return replace(document, claims=tuple(claims))


def _refined(tokens: tuple[Token, ...], draft: Draft, lexicon: Lexicon) -> Draft:
    """The event's own population, as words of the sentence tell it: first those of the number's own noun
    ("2,500 alliance troops"), then the nearest before it ("Belarus gives 500, Tajikistan 200"), then any.
    """
    known = [one for one in lexicon.refinements if draft.metric in one.metrics]
    told = list(_told(tokens, known))
    if not told:
        return draft
    end = draft.noun[1] if draft.noun is not None else draft.mention.stop
    own = [(place, name) for place, name in told if draft.mention.begin <= place <= end]
    before = [(place, name) for place, name in told if place < draft.mention.begin]
    if own:
        name = own[0][1]
    elif before and not _number_between(tokens, before[-1][0], draft.mention.begin, lexicon):
        name = before[-1][1]
    else:
        names = {name for _, name in told}
        name = next(one.name for one in known if one.name in names)
    return replace(draft, population=name)


def _told(tokens: tuple[Token, ...], known: list[Refinement]) -> Iterator[tuple[int, str]]:
    """Where the words of `known` stand and whose they tell; at one place the longest words."""
    after = 0
    for index in range(len(tokens)):
        found = [(len(entry.words), one.name) for one in known for entry in one.words.at(tokens, index)]
        if found and index >= after:
            length, name = max(found, key=lambda pair: pair[0])
            after = index + length
            yield index, name


def _number_between(tokens: tuple[Token, ...], first: int, last: int, lexicon: Lexicon) -> bool:
    return any(lexicon.is_number(token) for token in tokens[first:last])


def _named(tokens: tuple[Token, ...], draft: Draft, earlier: list[Draft], lexicon: Lexicon) -> str | None:
    return (
        _described(tokens, draft, lexicon)
        or _complement(tokens, draft, lexicon)
        or _partitive(tokens, draft, lexicon)
        or _around_trigger(tokens, draft, lexicon)
        or _ellipsis(tokens, draft, earlier, lexicon)
        or _circumstance(tokens, draft, lexicon)
    )


def _described(tokens: tuple[Token, ...], draft: Draft, lexicon: Lexicon) -> str | None:
    """As in "24 dead prisoners", "139 civilian deaths": the people stand beside the noun that counts."""
    if draft.rules[0] != "counted noun" or draft.noun is None:
        return None
    if before := _people(tokens, draft.mention.stop + 1, draft.noun[0] - 1, lexicon):
        return before
    if draft.noun[1] + 1 >= len(tokens):
        return None
    people = lexicon.populations.at(tokens, draft.noun[1] + 1)
    return people[0].name if people and people[0].name != "all" else None


def _last(draft: Draft) -> int:
    """The last token of the claim's own words."""
    ends = [stretch[1] for stretch in (draft.noun, draft.trigger) if stretch is not None]
    return max([draft.mention.stop, *ends])


def _people(tokens: tuple[Token, ...], first: int, last: int, lexicon: Lexicon) -> str | None:
    """The first people named by a word of tokens first..last that says more than "people"."""
    for index in range(max(0, first), min(last + 1, len(tokens))):
        people = lexicon.populations.at(tokens, index)
        if people and people[0].name != "all":
            return people[0].name
        if tokens[index].text in ",;:.()":
            return None
    return None


def _complement(tokens: tuple[Token, ...], draft: Draft, lexicon: Lexicon) -> str | None:
    stop = draft.mention.stop
    before = [token.lower for token in tokens[max(0, draft.mention.begin - 2) : draft.mention.begin]]
    if before in (["of", "the"], ["of", "those"]):
        return None  # "a quarter of the 40 dead were women"
    for index in range(stop + 1, min(len(tokens) - 1, stop + 2 + _COMPLEMENT)):
        if tokens[index].lower in ("were", "are", "was", "is"):
            if lexicon.is_number(tokens[index + 1]):
                return None  # "among the 420 deaths are 57 children"
            last = next(
                (step for step in range(index + 1, len(tokens)) if _ends_complement(tokens, step, lexicon)),
                len(tokens),
            )
            return _people(tokens, index + 1, min(last - 1, index + _COMPLEMENT), lexicon)
        if tokens[index].text in ",;:." or tokens[index].lower in lexicon.grammar.coordinators:
            return None
    return None


def _ends_complement(tokens: tuple[Token, ...], index: int, lexicon: Lexicon) -> bool:
    """Whether a verb or a preposition stands at `index`: "arrested by police" names no detained police."""
    verb = any(entry.role in ("object", "subject") for entry in lexicon.triggers.at(tokens, index))
    return verb or tokens[index].lower in lexicon.grammar.prepositions


def _partitive(tokens: tuple[Token, ...], draft: Draft, lexicon: Lexicon) -> str | None:
    begin = draft.mention.begin
    if tokens[0].lower in ("among", "of") and begin <= _BEFORE:
        return _people(tokens, 1, begin - 1, lexicon)
    for index in range(begin - 1, max(-1, begin - 1 - _BEFORE), -1):
        if tokens[index].text in ",;:.":
            return None
        opens = index == 0 or tokens[index - 1].text in ",;:–—-" or tokens[index - 1].lower == "and"
        if tokens[index].lower == "among" or (tokens[index].lower == "of" and opens):
            return _people(tokens, index + 1, begin - 1, lexicon)
    return None


def _around_trigger(tokens: tuple[Token, ...], draft: Draft, lexicon: Lexicon) -> str | None:
    """People named between the word that binds the number and the number."""
    if draft.trigger is None or draft.rules[0] not in ("total", "apposition"):
        return None
    counts = [
        index
        for index in range(max(0, draft.trigger[0] - _BEFORE), draft.trigger[0])
        if tokens[index].lower in lexicon.grammar.sizes
    ]
    first = counts[-1] if counts else max(0, draft.trigger[0] - 1)  # "the civilian toll"
    for index in range(first, draft.mention.begin):
        people = lexicon.populations.at(tokens, index)
        if people and people[0].name != "all":
            return people[0].name
    return None


def _ellipsis(tokens: tuple[Token, ...], draft: Draft, earlier: list[Draft], lexicon: Lexicon) -> str | None:
    """The people of the claim before it in the sentence, if no noun for people stands with the number."""
    same = takewhile(lambda one: one.mention.sentence == draft.mention.sentence, reversed(earlier))
    before = next((one for one in same if not is_part(tokens, one.mention, lexicon)), None)
    if before is None or draft.rules[0] == "total":
        return None
    if any(token.text == ";" for token in tokens[before.mention.stop : draft.mention.begin]):
        return None
    if draft.noun is not None:
        own = tokens[draft.noun[0] : draft.noun[1] + 1]
        if own[0].lower == "of":  # "26 rebels were killed, 30 of them are held"
            return before.population
        stated = any(lexicon.populations.at(own, index) for index in range(len(own)))
        if stated or draft.rules[0] not in ("counted noun", "part", "coordination"):
            return None
    return before.population


def _circumstance(tokens: tuple[Token, ...], draft: Draft, lexicon: Lexicon) -> str | None:
    """Where it happened tells whose it was: who dies in custody is a detainee."""
    end = min(len(tokens), _last(draft) + 5)
    for index, found in lexicon.circumstances.within(tokens, draft.mention.begin, end - 1):
        own = draft.trigger is not None and draft.trigger[0] <= index <= draft.trigger[1]
        if not own:
            return found[0].name
    return None
