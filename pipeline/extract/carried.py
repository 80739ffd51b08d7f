"""Numbers that borrow their metric from another: coordination, parts, lists of parts, "the count was 164"."""

from __future__ import annotations

from bisect import bisect_left, insort
from dataclasses import replace
from itertools import takewhile
from typing import Final

from pipeline.extract import answers, contrasts, lists, shares
from pipeline.extract.document import Document, Draft, Mention, Token
from pipeline.extract.joining import joins
from pipeline.extract.lexicon import Lexicon
from pipeline.extract.nouns import Noun, counted
from pipeline.extract.partitive import is_base, is_of_a_number, is_part

_BE: Final = frozenset({"are", "were", "is", "was"})
_PEOPLE: Final = 4  # tokens after "were" in which it is said who they were
_NEAR: Final = 2  # sentences, over paragraphs, between a whole and a bare part: "the majority, 103, …"


def carry(document: Document, lexicon: Lexicon) -> Document:
    """Give unbound mentions the metric of the claim they go with; those that go with none stay unbound."""
    claims, left = list(document.claims), []
    things = {
        one.mention.sentence: one.mention.first
        for one in reversed(document.rejected)
        if (noun := counted(document.tokens(one.mention), one.mention, lexicon)) and noun.kind == "thing"
    }
    for mention in document.mentions:
        draft = _carried(document, claims, things, mention, lexicon)
        if draft is None:
            left.append(mention)
        else:
            insort(claims, draft, key=_place)
    return replace(document, claims=tuple(claims), mentions=tuple(left))


def _place(draft: Draft) -> tuple[int, int]:
    return draft.mention.sentence, draft.mention.first


def _carried(
    document: Document, claims: list[Draft], things: dict[int, int], mention: Mention, lexicon: Lexicon
) -> Draft | None:
    tokens = document.tokens(mention)
    if is_base(tokens, mention, lexicon):
        return None
    noun = counted(tokens, mention, lexicon)
    first, here, end = (
        bisect_left(claims, place, key=_place)
        for place in ((mention.sentence, 0), (mention.sentence, mention.first), (mention.sentence + 1, 0))
    )
    earlier, same = claims[:here], claims[first:end]
    if first == here and things.get(mention.sentence, mention.first) < mention.first:
        earlier = []  # "280 houses were damaged, with 171 …" is no part of what another sentence counts
    for rule, source in (
        ("part", _part(document, tokens, earlier, mention, lexicon)),
        ("part", _among(tokens, same, mention, noun)),
        ("coordination", _coordinated(tokens, same, mention, noun, lexicon)),
        ("complement", _divided(tokens, same, mention, noun, lexicon)),
        ("restated", shares.restated(tokens, same, mention, noun)),
        ("share", shares.located(tokens, same or earlier[-1:], mention, noun, lexicon)),
        ("list", lists.entry_of(tokens, earlier, same, mention)),
        ("itemised", lists.itemised(tokens, same, mention, noun)),
        ("gapping", shares.gapped(tokens, same, mention, noun, lexicon)),
        ("count", answers.anaphoric(tokens, earlier, mention, noun, lexicon)),
    ):
        if source is not None:
            return _borrowed(mention, noun, source.metric, rule, "asserted")
    if contrast := contrasts.contrasted(tokens, same, mention, noun, lexicon):
        source, rule, stance = contrast
        return _borrowed(mention, noun, source.metric, rule, stance)
    metric = answers.asked(document, tokens, mention, noun, lexicon)
    return None if metric is None else _borrowed(mention, noun, metric, "answer", "asserted")


def _borrowed(mention: Mention, noun: Noun | None, metric: str, rule: str, stance: str) -> Draft:
    population = noun.name if noun and noun.kind == "people" else "all"
    stretch = (noun.first, noun.last) if noun else None
    return Draft(mention, metric, (rule,), "low", noun=stretch, population=population, stance=stance)


def _among(tokens: tuple[Token, ...], same: list[Draft], mention: Mention, noun: Noun | None) -> Draft | None:
    """As in "seven children were among 23 people killed", "among the 62 dead are nine foreigners"."""
    end = (noun.last if noun else mention.stop) + 1
    for draft in same:
        first = draft.mention.begin
        ahead = [token.lower for token in tokens[end:first] if token.lower != "the"]
        behind = [token.lower for token in tokens[:first] if token.lower != "the"]
        if len(ahead) == 2 and ahead[0] in _BE and ahead[1] == "among":
            return draft
        if behind in (["among"], ["of"]) and tokens[mention.begin - 1].lower in _BE:
            return draft
    return None


def _coordinated(
    tokens: tuple[Token, ...], same: list[Draft], mention: Mention, noun: Noun | None, lexicon: Lexicon
) -> Draft | None:
    """As in "killed eight officers and two soldiers", "12 officers and two soldiers were killed"."""
    if noun is None or noun.kind not in ("people", "other"):
        return None
    for draft in same:
        if draft.rules[0] == "counted noun":
            continue  # "four survivors and two bodies"
        first, second = sorted((draft.mention, mention), key=lambda one: one.first)
        end = counted(tokens, first, lexicon)
        if joins(tokens, (end.last if end else first.stop) + 1, second.begin, lexicon):
            return draft
    return None


def _divided(
    tokens: tuple[Token, ...], same: list[Draft], mention: Mention, noun: Noun | None, lexicon: Lexicon
) -> Draft | None:
    """As in "three of the dead were soldiers and two were policemen": the next part of the same whole."""
    verb = mention.stop + 1
    if noun is not None or verb >= len(tokens) - 1 or tokens[verb].lower not in _BE:
        return None
    people = any(lexicon.populations.at(tokens, index) for index in range(verb + 1, len(tokens))[:_PEOPLE])
    parts = [
        draft
        for draft in same
        if draft.rules[0] in ("partitive", "complement") or is_part(tokens, draft.mention, lexicon)
    ]
    return parts[-1] if people and parts and parts[-1].mention.stop < mention.begin else None


def _part(
    document: Document, tokens: tuple[Token, ...], earlier: list[Draft], mention: Mention, lexicon: Lexicon
) -> Draft | None:
    """As in "including 103 in Almaty", "two of them": the claim before it in the paragraph."""
    if not earlier or not is_part(tokens, mention, lexicon):
        return None
    if mention.value == 1 and is_of_a_number(tokens, mention.stop + 1, lexicon):
        return None  # "one of the 10 women held escaped" counts nobody
    same = takewhile(lambda one: one.mention.sentence == mention.sentence, reversed(earlier))
    whole = next((one for one in same if _can_hold(one, mention)), earlier[-1])
    last = whole.mention.sentence
    one_paragraph = document.sentences[last].paragraph == document.sentences[mention.sentence].paragraph
    reach = 0 if counted(tokens, mention, lexicon) else _NEAR
    return whole if one_paragraph or mention.sentence - last <= reach else None


def _can_hold(whole: Draft, mention: Mention) -> bool:
    """Whether a part may lie in the whole: "15 dead and two hurt, including three hunters" were not two."""
    return whole.mention.value is None or mention.value is None or whole.mention.value >= mention.value
