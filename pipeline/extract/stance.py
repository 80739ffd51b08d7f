"""What the article does with a claim: asserts it, hedges it, takes it back, or gives a newer one."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from pipeline.extract.document import Document, Draft, Token
from pipeline.extract.lexicon import Lexicon
from pipeline.extract.renewals import Renewals

_BEFORE_VERB: Final = 5  # tokens before the verb in which "would" or "plans to" governs it
_BESIDE: Final = 4  # tokens around a claim's words in which a hedge is its own
_OBJECT: Final = 5  # tokens between "withdrew" and the statement that is withdrawn
_BEYOND: Final = frozenset({"over", "than", "from", "above", "beyond", "against", "on"})
_SAID: Final = 12  # tokens between "had said" and the claim
_STOPS: Final = frozenset(",;:()")
_OLD: Final = 14  # days after which a figure is an older one beside one of no day
_BREAKS: Final = frozenset(";")


def judge(document: Document, lexicon: Lexicon) -> Document:
    """Fill `stance` and `stance_by` (the sentence that made it so)."""
    claims: list[Draft] = []
    renewals, last = Renewals(document.claims), dict[int | None, Draft]()
    for draft in document.claims:
        before = claims[-1] if claims and claims[-1].mention.sentence == draft.mention.sentence else None
        shared = _shared(draft, before, last.get(draft.mention.value))
        claims.append(_judged(document, shared, renewals, lexicon))
        last[draft.mention.value] = claims[-1]
    return replace(document, claims=tuple(_taken_back(document, claims, lexicon))) if claims else document


def _shared(draft: Draft, before: Draft | None, same: Draft | None) -> Draft:
    """A number that shares the verb of the claim before shares its plan: "will send 3,000, Belarus 500".

    `before`: the claim before it in its sentence; `same`: the last claim before it of the same number.
    """
    if draft.rules[0] == "earlier figure":  # "raise the force to 1,600 from 800": what is planned is not past
        planned = before is not None and before.stance == "hypothetical"
        return replace(draft, stance="asserted") if planned else draft
    if draft.rules[0] == "count":  # "By the decisions taken so far it is about 2,500"
        of = same
    elif draft.rules[0] in ("gapping", "coordination", "share"):
        of = before
    else:
        return draft
    shared = of.stance if of and _family(of) == _family(draft) else "asserted"
    return replace(draft, stance=shared) if shared in ("hypothetical", "hedged") else draft


def _family(draft: Draft) -> str:
    return draft.metric.partition("_")[0]


def _judged(document: Document, draft: Draft, renewals: Renewals, lexicon: Lexicon) -> Draft:
    tokens = document.tokens(draft.mention)
    first, last = _clause(tokens, draft)
    names = {entry.name for _, found in lexicon.stances.within(tokens, first, last) for entry in found}
    stance: str | None = next((name for name in ("retracted", "denied") if name in names), None)
    if stance is None and (
        _withdraws(tokens, (first, last), draft.trigger, lexicon)
        or _is_withdrawn(tokens, draft, last, lexicon)
    ):
        stance = "retracted"
    if stance is None and draft.stance != "asserted":
        # "37 died, not 39 as it had reported": who corrects his own figure withdraws it
        own = draft.stance == "denied" and any(_was_said(tokens, draft, lexicon))
        stance = "retracted" if own else draft.stance
    if stance is None and _governed(tokens, draft, lexicon):
        stance = "hypothetical"
    if stance is None and _is_superseded(document, draft, (first, last), renewals, lexicon):
        stance = "superseded"
    if stance is None and _is_hedged(tokens, draft, lexicon):
        stance = "hedged"
    return draft if stance is None else _with(document, draft, stance, draft.mention.sentence)


def _is_superseded(
    document: Document, draft: Draft, clause: tuple[int, int], renewals: Renewals, lexicon: Lexicon
) -> bool:
    """Whether words of the clause say that the figure is an older one and the article has a newer."""
    tokens = document.tokens(draft.mention)
    cues = dict.fromkeys((index for index, _ in lexicon.weak_stances.within(tokens, *clause)), False)
    for index, found in lexicon.stances.within(tokens, *clause):
        if any(one.name == "superseded" for one in found):
            cues[index] = True
    own = [
        named
        for index, named in cues.items()
        if not _is_compared(tokens, index) and not _is_of_another(document, draft, index, lexicon)
    ]
    if any(own) or any(_was_said(tokens, draft, lexicon)):
        return renewals.another(draft, same_people=False)
    if _outdated(document, draft, renewals):
        return True
    return bool(own) and renewals.another(draft, same_people=True)


def _is_of_another(document: Document, draft: Draft, index: int, lexicon: Lexicon) -> bool:
    """Whether "earlier" is said of a later number ("12 dead, after earlier reporting 11") or of a time ("in
    the previous 12 months").
    """
    tokens = document.tokens(draft.mention)
    ahead = index + 1
    if ahead < len(tokens) and (lexicon.is_number(tokens[ahead]) or lexicon.things.at(tokens, ahead)):
        return True
    if index < draft.mention.stop:
        return False
    end = bisect_left(document.claims, draft.mention.sentence + 1, key=lambda one: one.mention.sentence)
    return document.claims[end - 1].mention.begin > index


def _was_said(tokens: tuple[Token, ...], draft: Draft, lexicon: Lexicon) -> Iterator[bool]:
    """Whether a verb of saying in the past perfect governs the claim: "had earlier spoken of 18"."""
    last = max(draft.mention.stop, draft.trigger[1] if draft.trigger else -1)
    end = next((index for index in range(last + 1, len(tokens)) if tokens[index].text in _STOPS), len(tokens))
    for index in range(max(0, draft.mention.begin - _SAID), end):
        if tokens[index].lower == "had" and index + 1 < len(tokens):
            verb = index + 1
            while verb < len(tokens) - 1 and (_is_adverb(tokens[verb]) or tokens[verb].lower == "been"):
                verb += 1
            passive = tokens[verb - 1].lower == "been"
            given = tokens[verb].lower in lexicon.given if passive else bool(lexicon.say.at(tokens, verb))
            yield given


def _is_adverb(token: Token) -> bool:
    return token.lower.endswith("ly") or token.lower in ("earlier", "already", "also", "first")


def _outdated(document: Document, draft: Draft, renewals: Renewals) -> bool:
    """Whether the article gives a figure of a later day for the same people and place.

    A figure without a day is of the day of publication; long before that, a toll is an older one.
    """
    if draft.as_of is None or draft.scope != "cumulative":
        return False
    toll = draft.rules[0] in ("total", "count")
    old = toll and document.published is not None and (document.published - draft.as_of[1]).days > _OLD
    return renewals.later(draft, draft.as_of[1], undated=old)


def _is_compared(tokens: tuple[Token, ...], index: int) -> bool:
    """Whether what is older is what the claim goes beyond: "225, a rise over prior tolls"."""
    before = [token.lower for token in tokens[max(0, index - 2) : index]]
    return bool(before) and (before[-1] in _BEYOND or (before[-1] in ("the", "a") and before[0] in _BEYOND))


def _with(document: Document, draft: Draft, stance: str, sentence: int) -> Draft:
    by = document.sentences[sentence]
    return replace(
        draft, stance=stance, stance_by=document.text[by.start : by.end], rules=(*draft.rules, stance)
    )


def _clause(tokens: tuple[Token, ...], draft: Draft) -> tuple[int, int]:
    """The stretch of the sentence between semicolons in which the claim stands."""
    first, last = draft.mention.first, draft.mention.last
    while first > 0 and tokens[first - 1].text not in _BREAKS:
        first -= 1
    while last + 1 < len(tokens) and tokens[last + 1].text not in _BREAKS:
        last += 1
    return first, last


def _governed(tokens: tuple[Token, ...], draft: Draft, lexicon: Lexicon) -> bool:
    """Whether a modal or a plan governs the verb that binds the number."""
    if draft.trigger is None:
        return _will_be(tokens, draft, lexicon)
    first = max(0, draft.trigger[0] - _BEFORE_VERB)
    verb = draft.trigger[0]
    if draft.rules[0] == "total" and draft.trigger[1] < draft.mention.begin:
        verb = draft.mention.begin  # "the force will number 2,500"
    for index in range(first, min(verb + 1, len(tokens))):
        if _is_month(tokens, index, lexicon):
            continue
        for entry in lexicon.stances.at(tokens, index):
            between = tokens[index + len(entry.words) : verb]
            if entry.name == "hypothetical" and not any(token.text in ",;:" for token in between):
                return True
    return False


def _will_be(tokens: tuple[Token, ...], draft: Draft, lexicon: Lexicon) -> bool:
    """As in "the remaining 1,800 will be withdrawn": a plan, and behind it a verb of the metric."""
    after = range(draft.mention.stop + 1, min(len(tokens), draft.mention.stop + 1 + _BESIDE))
    planned = any(one.name == "hypothetical" for index in after for one in lexicon.stances.at(tokens, index))
    return planned and any(
        one.name == draft.metric for index in after for one in lexicon.triggers.at(tokens, index)
    )


def _is_month(tokens: tuple[Token, ...], index: int, lexicon: Lexicon) -> bool:
    """Whether "May" is the month and no modal: beside a day, or after a word that places in time."""
    if tokens[index].lower not in lexicon.months:
        return False
    beside = [tokens[step].lower for step in (index - 1, index + 1) if 0 <= step < len(tokens)]
    dated = any(word[0].isdecimal() for word in beside)
    return dated or (index > 0 and beside[0] in lexicon.grammar.before_month)


def _is_hedged(tokens: tuple[Token, ...], draft: Draft, lexicon: Lexicon) -> bool:
    """Whether a hedge stands beside the claim's own words: one further off belongs to another statement."""
    last = max(draft.mention.stop, draft.trigger[1] if draft.trigger else -1)
    begin, end = max(0, draft.mention.begin - _BEFORE_VERB), min(len(tokens), last + _BESIDE)
    near = lexicon.stances.within(tokens, begin, end - 1)
    return any(entry.name == "hedged" for _, found in near for entry in found)


def _is_withdrawn(tokens: tuple[Token, ...], draft: Draft, end: int, lexicon: Lexicon) -> bool:
    """As in "A report that 100 had died was deleted": a statement before the claim, its end behind it."""
    head = any(
        token.lower in lexicon.reach
        for token in tokens[max(0, draft.mention.begin - _SAID) : draft.mention.begin]
    )
    last = max(draft.mention.stop, draft.trigger[1] if draft.trigger else -1)
    return head and any(
        lexicon.withdrawals.at(tokens, index)
        and any(token.lower in lexicon.grammar.be for token in tokens[max(last + 1, index - 2) : index])
        for index in range(last + 1, end + 1)
    )


def _takes_back(tokens: tuple[Token, ...], lexicon: Lexicon) -> bool:
    """A sentence without a claim of its own that withdraws "the figure", "the data", "the post"."""
    if _withdraws(tokens, (0, len(tokens) - 1), None, lexicon):
        return True
    found = lexicon.stances.within(tokens, 0, len(tokens) - 1)
    names = {entry.name for _, entries in found for entry in entries}
    anaphoric = tokens[0].lower in ("that", "this", "it")
    return "retracted" in names and (anaphoric or any(token.lower in lexicon.reach for token in tokens))


def _withdraws(
    tokens: tuple[Token, ...], clause: tuple[int, int], trigger: tuple[int, int] | None, lexicon: Lexicon
) -> bool:
    """Whether the clause withdraws a statement: "withdrew its report", not "withdrew its troops"."""
    for index, _ in lexicon.withdrawals.within(tokens, *clause):
        if trigger and trigger[0] <= index <= trigger[1]:
            continue
        near = tokens[max(clause[0], index - _OBJECT) : min(clause[1], index + _OBJECT) + 1]
        if any(token.lower in lexicon.reach for token in near):
            return True
    return False


def _taken_back(document: Document, claims: list[Draft], lexicon: Lexicon) -> Iterator[Draft]:
    """The claims, those retracted that a later sentence withdraws: it reaches back over the figure it speaks
    of, that figure's repetitions and its parts.
    """
    withdrawn: dict[tuple[str, int | None], list[int]] = {}  # figure → sentences that withdraw it
    for index, figure in _withdrawals(document, claims, lexicon):
        withdrawn.setdefault((figure.metric, figure.mention.value), []).append(index)
    for draft in claims:
        parent = claims[draft.part_of] if draft.part_of is not None else draft
        by = withdrawn.get((parent.metric, parent.mention.value), [])
        after = bisect_left(by, draft.mention.sentence)
        if draft.stance != "retracted" and after < len(by):
            yield _with(document, draft, "retracted", by[after])
        else:
            yield draft


def _withdrawals(document: Document, claims: list[Draft], lexicon: Lexicon) -> Iterator[tuple[int, Draft]]:
    """Sentences that withdraw a figure, and what "that figure" is: the last whole before it in its paragraph,
    else the article's first. A sentence that has a claim of its own speaks of that one.
    """
    own = {one.mention.sentence for one in claims}
    wholes = [one for one in claims if one.part_of is None]
    for index, sentence in enumerate(document.sentences):
        if index in own or not _takes_back(sentence.tokens, lexicon):
            continue
        end = bisect_left(wholes, index, key=lambda one: one.mention.sentence)
        if end:
            last = wholes[end - 1]
            near = document.sentences[last.mention.sentence].paragraph == sentence.paragraph
            yield index, last if near else wholes[0]
