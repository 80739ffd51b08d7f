"""Parts of wholes: "including 103 in Almaty", "19 of them officers", lists whose entries share a total.

Also scope: what is a part is a subset; what is "more" than before is a change.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from pipeline.extract.document import Document, Draft, Token
from pipeline.extract.lexicon import Lexicon
from pipeline.extract.partitive import is_named_part, is_part, restates
from pipeline.extract.shares import is_located

_SMALL: Final = frozenset({"is", "are", "was", "were", "the"})
_NEAR: Final = 5  # sentences between a total and a part that only its place or people tell
_FAR: Final = 200  # claims between a whole and its part; no reader keeps so many in mind
_SUM_SENTENCES: Final = 2  # sentences after a whole in which parts that add up to it stand


def link(document: Document, lexicon: Lexicon) -> Document:
    """Fill `part_of` and `scope`. A whole stands before its part, counts the same and is not smaller."""
    summed = _sums(document, lexicon)
    claims: list[Draft] = []
    for index, draft in enumerate(document.claims):
        claims.append(_linked(document, claims, draft, summed.get(index), lexicon))
    return replace(document, claims=tuple(_among(document, claims)))


def _among(document: Document, claims: list[Draft]) -> Iterator[Draft]:
    """Parts whose whole comes next: "three children among 164 killed"."""
    for index, draft in enumerate(claims):
        end = (draft.noun[1] if draft.noun else draft.mention.stop) + 1
        whole = claims[index + 1] if index + 1 < len(claims) else None
        tokens = document.tokens(draft.mention)
        if (
            whole is not None
            and whole.mention.sentence == draft.mention.sentence
            and [one.lower for one in tokens[end : whole.mention.begin] if one.lower not in _SMALL]
            == ["among"]
            and whole.metric == draft.metric
            and _exceeds(whole, draft)
        ):
            yield replace(draft, scope="subset", part_of=index + 1, rules=(*draft.rules, "part of"))
        else:
            yield draft


def nest(document: Document, lexicon: Lexicon) -> Document:
    """Link what lies within though no word says so: a city's dead in its country's, children in all.

    Runs after the places are known. The whole stands at most _NEAR sentences before and is larger.
    """
    claims = list(document.claims)
    for index, draft in enumerate(claims):
        unlinked = draft.part_of is None and draft.scope in ("cumulative", "subset")
        if unlinked and draft.mention.kind != "zero":
            whole = _around(claims, index, lexicon)
            if "others" in _following(document, draft):
                whole = None
            if whole is not None:
                rules = (*draft.rules, "within")
                claims[index] = replace(draft, scope="subset", part_of=whole, rules=rules)
    return replace(document, claims=tuple(claims))


def _following(document: Document, draft: Draft) -> str:
    tokens, stop = document.tokens(draft.mention), draft.mention.stop
    return tokens[stop + 1].lower if stop + 1 < len(tokens) else ""


def _around(claims: list[Draft], place: int, lexicon: Lexicon) -> int | None:
    """The nearest earlier total of the metric that covers place and people of the claim at `place`, one of
    them wider.
    """
    draft = claims[place]
    for index in range(place - 1, -1, -1):
        other = claims[index]
        if draft.mention.sentence - other.mention.sentence > _NEAR:
            return None
        total = other.scope == "cumulative" and other.part_of is None
        if not total or not _exceeds(other, draft):
            continue
        one_sentence = other.mention.sentence == draft.mention.sentence
        if one_sentence and other.metric in lexicon.metrics[draft.metric].among:
            return index
        if other.metric != draft.metric:
            continue
        covers = _covers(other.place_id, draft.place_id, lexicon)
        people = other.population in ("all", draft.population)
        wider = other.place_id != draft.place_id and draft.place_id is not None
        within = draft.population in lexicon.always_within and other.population == "all"
        if covers and people and (wider or within):
            return index
    return None


def _covers(whole: str | None, part: str | None, lexicon: Lexicon) -> bool:
    """Whether a place covers another: itself, or a country what lies in it. No place is the event's own."""
    if whole == part:
        return True
    country = whole is None or lexicon.gazetteer[whole].kind == "country"
    return country and (part is None or lexicon.gazetteer[part].kind != "country")


def _exceeds(whole: Draft, part: Draft) -> bool:
    size, limit = part.mention.value, whole.mention.value
    return size is not None and limit is not None and limit > size


def _linked(
    document: Document, earlier: list[Draft], draft: Draft, summed: int | None, lexicon: Lexicon
) -> Draft:
    tokens = document.tokens(draft.mention)
    if draft.rules[0] in ("earlier figure", "comparison", "contrast"):
        return draft
    whole = next(
        (
            one
            for one in (_divided(tokens, earlier, draft, lexicon), _joined(earlier, draft), summed)
            if one is not None
        ),
        None,
    )
    if whole is None and (
        {"list", "itemised", "share", "part"} & set(draft.rules) or _says_part(document, draft, lexicon)
    ):
        whole = _whole(document, earlier, draft, lexicon)
        named = "part" in draft.rules or not is_part(tokens, draft.mention, lexicon)
        named = named or is_named_part(tokens, draft.mention, lexicon)
        if whole is None or not (named or _is_beside(earlier[whole], draft)):
            return replace(draft, scope="subset") if named else draft
    if whole is not None:
        # A part whose people are not named is of the people of its whole: "two of these were beheaded".
        population = earlier[whole].population if draft.population == "all" else draft.population
        rules = (*draft.rules, "part of")
        return replace(draft, scope="subset", part_of=whole, population=population, rules=rules)
    if _is_change(tokens, draft, lexicon):
        return replace(draft, scope="change", rules=(*draft.rules, "change"))
    return draft


def _is_beside(whole: Draft, draft: Draft) -> bool:
    return whole.mention.sentence == draft.mention.sentence


def _joined(earlier: list[Draft], draft: Draft) -> int | None:
    """The whole of the part that this one is joined to: "including three children and two women"."""
    if not earlier or draft.rules[0] != "coordination":
        return None
    before = earlier[-1]
    same = before.mention.sentence == draft.mention.sentence and before.metric == draft.metric
    return before.part_of if same else None


def _sums(document: Document, lexicon: Lexicon) -> dict[int, int]:
    """Part → whole where no word says so but the exact numbers after a whole add up to it."""
    found: dict[int, int] = {}
    for index, whole in enumerate(document.claims):
        if whole.mention.modifier != "exact":
            continue
        total, parts = 0, []
        for step in range(index + 1, len(document.claims)):
            part = document.claims[step]
            near = part.mention.sentence - whole.mention.sentence <= _SUM_SENTENCES
            counted = part.mention.modifier == "exact" and part.rules[0] != "total"
            counted = counted and not _is_change(document.tokens(part.mention), part, lexicon)
            if not near or part.metric != whole.metric or not counted:
                break
            parts.append(step)
            total += part.mention.value or 0
            if total >= (whole.mention.value or 0):
                break
        if len(parts) > 1 and total == whole.mention.value:
            found.update(dict.fromkeys(parts, index))
    return found


def _says_part(document: Document, draft: Draft, lexicon: Lexicon) -> bool:
    """Whether words around the number, or the word that binds it, say "part": "19 were among the dead"."""
    tokens = document.tokens(draft.mention)
    if draft.trigger is None:
        return is_part(tokens, draft.mention, lexicon)
    among = tokens[draft.trigger[0]].lower == "among"
    return among or _is_partial(document, draft, lexicon) or is_part(tokens, draft.mention, lexicon)


def _is_partial(document: Document, draft: Draft, lexicon: Lexicon) -> bool:
    """Whether the words that bind the number are of some who are counted before: "in critical condition"."""
    if draft.trigger is None:
        return False
    said = document.tokens(draft.mention)[draft.trigger[0] : draft.trigger[1] + 1]
    return tuple(token.lower for token in said) in lexicon.metrics[draft.metric].partial


def _divided(tokens: tuple[Token, ...], earlier: list[Draft], draft: Draft, lexicon: Lexicon) -> int | None:
    """The whole in "of those 225 people killed 175 died in clinics": "of", then it, then the part."""
    if not earlier or earlier[-1].mention.sentence != draft.mention.sentence:
        return None
    whole = earlier[-1]
    between = tokens[whole.mention.stop + 1 : draft.mention.begin]
    between = between[:-1] if between and between[-1].text == "," else between
    if any(one.text in ",;:" or one.lower in lexicon.grammar.coordinators for one in between):
        return None
    same = whole.metric == draft.metric and _holds(whole, draft)
    return len(earlier) - 1 if same and restates(tokens, whole.mention, lexicon) else None


def _whole(document: Document, earlier: list[Draft], draft: Draft, lexicon: Lexicon) -> int | None:
    """The claim of which this is a part: the nearest before it that may hold it.

    In its own paragraph any number; further back only a total: "most of the deaths", and none behind which
    _FAR other claims stand. The entries of a list share a whole that stands before the list.
    """
    paragraph = document.sentences[draft.mention.sentence].paragraph
    fallback: int | None = None  # civilians hold children too, if no count of all people does
    for candidate in range(len(earlier) - 1, max(-1, len(earlier) - 1 - _FAR), -1):
        other = earlier[candidate]
        near = document.sentences[other.mention.sentence].paragraph == paragraph
        counts = other.metric == draft.metric or other.metric in lexicon.metrics[draft.metric].among
        reached = near or other.scope == "cumulative"
        if not counts or not reached or _is_sibling(document, other, draft, lexicon):
            continue
        total = other.scope != "subset" and other.part_of is None
        if not (total or _is_partial(document, draft, lexicon)) or not _holds(other, draft):
            continue
        if "all" in (other.population, draft.population) or other.population == draft.population:
            return candidate
        if draft.population in lexicon.always_within:
            fallback = candidate if fallback is None else fallback
    return fallback


def _is_sibling(document: Document, other: Draft, draft: Draft, lexicon: Lexicon) -> bool:
    """Whether both are entries of one list, or both are shares with a place of their own."""
    one_sentence = other.mention.sentence == draft.mention.sentence
    if "share" in draft.rules:
        tokens = document.tokens(other.mention)
        end = other.noun[1] if other.noun else other.mention.stop
        return "share" in other.rules or (one_sentence and is_located(tokens, end + 1, lexicon))
    return "list" in draft.rules and ("list" in other.rules or one_sentence)


def _holds(whole: Draft, part: Draft) -> bool:
    """Whether the whole may be as large as the part: known ends decide, open ends allow."""
    size = part.mention.value if part.mention.value is not None else part.mention.low
    limit = whole.mention.high if whole.mention.high is not None else None
    if size is None or limit is None:
        return whole.mention.value is None or size is None or whole.mention.value >= size
    return limit >= size


def _is_change(tokens: tuple[Token, ...], draft: Draft, lexicon: Lexicon) -> bool:
    grammar, mention = lexicon.grammar, draft.mention
    if grammar.change_before.before(tokens, mention.begin) is not None:
        return True
    last = max(mention.stop, draft.noun[1] if draft.noun else -1)
    return _in_a_period(tokens, draft, lexicon) or any(
        grammar.change_after.at(tokens, index) and tokens[min(index + 1, len(tokens) - 1)].lower != "than"
        for index in range(mention.stop + 1, min(len(tokens), last + 3))
    )


def _in_a_period(tokens: tuple[Token, ...], draft: Draft, lexicon: Lexicon) -> bool:
    """As in "1,678 people held in the past 24 hours"."""
    ends = [stretch[1] for stretch in (draft.noun, draft.trigger) if stretch is not None]
    last = max([draft.mention.stop, *ends])
    return any(
        lexicon.grammar.periods.at(tokens, index) for index in range(last + 1, min(len(tokens), last + 3))
    )
