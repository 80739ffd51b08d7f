"""Whose the number is where no noun follows it: "the toll among police rose to 18", "and 748 wounded"."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from pipeline.extract.document import Document, Draft, Token
from pipeline.extract.lexicon import Lexicon

_BEFORE: Final = 12  # tokens before a number in which its people are named: "of the officers hurt, 13 …"


def name(document: Document, lexicon: Lexicon) -> Document:
    """Fill `population` of claims without a noun: from the words around the trigger, else by ellipsis."""
    claims: list[Draft] = []
    for draft in document.claims:
        if draft.noun is not None:
            claims.append(draft)
            continue
        named = _around_trigger(document.tokens(draft.mention), draft, lexicon)
        claims.append(replace(draft, population=named or _ellipsis(draft, claims)))
    return replace(document, claims=tuple(claims))


def _around_trigger(tokens: tuple[Token, ...], draft: Draft, lexicon: Lexicon) -> str | None:
    """People named between the word that binds the number and the number: "the number of officers killed"."""
    if draft.trigger is None or draft.rules[0] not in ("total", "apposition"):
        return None
    first = max(0, min(draft.trigger[0], draft.mention.begin - _BEFORE))
    for index in range(first, draft.mention.begin):
        people = lexicon.populations.at(tokens, index)
        if people and people[0].name != "all":
            return people[0].name
    return None


def _ellipsis(draft: Draft, earlier: list[Draft]) -> str:
    """As in "26 rebels were killed and 18 wounded": the people of the claim before it in the sentence."""
    before = [one for one in earlier if one.mention.sentence == draft.mention.sentence]
    return before[-1].population if before and draft.rules[0] in ("participle", "state", "passive") else "all"
