"""Which metric a number belongs to: the verb, noun or adjective that binds it, and by which construction.

Every reading of a number is a Binding with a cost: how far the word that binds stands from the number, and
how uncertain the construction is. The cheapest wins; between equals the one that stands further left.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from pipeline.extract.binding import Binding
from pipeline.extract.document import Document, Draft, Mention, Rejection, Token
from pipeline.extract.entries import entry_value
from pipeline.extract.joining import joins
from pipeline.extract.lexicon import Entry, Lexicon
from pipeline.extract.nouns import QUOTES, Noun, counted
from pipeline.extract.partitive import is_base, is_part
from pipeline.extract.subjects import far_subject

RIGHT: Final = 10  # tokens to the right of the noun in which its verb stands
OBJECT: Final = 4  # tokens between a verb and the number it acts on
_GATE: Final = 2  # sentences around a number in which a word for a force stands
_INSERTION: Final = 6  # tokens between the comma and the number of an insertion
_NEAR: Final = 2  # cost at which a verb says what became of those counted
_PART: Final = 3  # a word that binds a part is nearer than this
# tokens between an object and what closes its verb: "cost 12 men and 3 women their lives"
_ENCLOSED: Final = 24
_NEGATED: Final = 3  # tokens between "not" and the verb it denies
TOTAL: Final = 24  # tokens between "toll" and its number
# "the number of people injured reached 353", "put the protesters killed at dozens"
_SIZES: Final = frozenset({"number", "numbers", "tally", "count", "put", "puts", "putting", "placed"})
_THOSE: Final = frozenset({"the", "those", "these"})
_HARD: Final = frozenset(";:!?.()[]–—")
_DASHES: Final = frozenset("–—-(,")


def bind(document: Document, lexicon: Lexicon) -> Document:
    """Turn mentions with a metric into claims; the others wait for the components that look further."""
    claims, left = list(document.claims), []
    beside: dict[int, list[Mention]] = defaultdict(list)
    for mention in document.mentions:
        beside[mention.sentence].append(mention)
    for mention in document.mentions:
        tokens = document.tokens(mention)
        noun = counted(tokens, mention, lexicon)
        others = [one for one in beside[mention.sentence] if one is not mention]
        best = _best(document, mention, noun, others, lexicon)
        if best is not None and not _is_far_part(tokens, mention, claims, best, lexicon):
            claims.append(_draft(mention, noun, best))
        elif mention.kind != "zero" or _is_numeral(tokens[mention.last], lexicon):
            left.append(mention)  # "no" alone is no number, "not one" is
    claims.sort(key=lambda one: (one.mention.sentence, one.mention.first))
    return replace(document, claims=tuple(claims), mentions=tuple(left))


def _best(
    document: Document, mention: Mention, noun: Noun | None, others: list[Mention], lexicon: Lexicon
) -> Binding | None:
    """The cheapest reading of a number, if there is one."""
    tokens = document.tokens(mention)
    if mention.kind == "zero" and not _counts_nobody(tokens, mention, noun):
        return None
    found = sorted(
        (
            one
            for one in _bindings(tokens, mention, noun, others, lexicon)
            if _fits(one, tokens, noun, _around(document, mention), lexicon)
        ),
        key=lambda one: (one.cost, one.first),
    )
    if not found or found[0].rule != "counted noun":
        return found[0] if found else None
    became = (
        one for one in found if found[0].metric in lexicon.metrics[one.metric].over and one.cost <= _NEAR
    )
    return next(became, found[0])


def _counts_nobody(tokens: tuple[Token, ...], mention: Mention, noun: Noun | None) -> bool:
    """Whether "no" counts people ("no arrests", "no civilians") and not "no date"; "nobody" always does."""
    bare = tokens[mention.last].lower not in ("one", "nobody")
    return not bare or (noun is not None and noun.kind in ("people", "count"))


def _is_far_part(
    tokens: tuple[Token, ...], mention: Mention, claims: list[Draft], best: Binding, lexicon: Lexicon
) -> bool:
    """Whether a part goes with its whole rather than with a word further off: "8,006 dead, including 487
    children, and 13,287 injured".
    """
    follows = bool(claims) and claims[-1].mention.sentence == mention.sentence
    return follows and best.cost > _PART and is_part(tokens, mention, lexicon)


def close(document: Document, lexicon: Lexicon) -> Document:
    """Reject what no component could bind."""
    rejected = [Rejection(mention, _unbound(mention, document, lexicon)) for mention in document.mentions]
    return replace(document, mentions=(), rejected=(*document.rejected, *rejected))


def _is_numeral(token: Token, lexicon: Lexicon) -> bool:
    return token.lower in lexicon.numbers.cardinals


def _unbound(mention: Mention, document: Document, lexicon: Lexicon) -> str:
    if mention.kind == "zero":
        return "negated"
    tokens = document.tokens(mention)
    noun = counted(tokens, mention, lexicon)
    if noun is not None and noun.kind == "people":
        return "no metric"
    before, after = mention.first - 1, mention.last + 1
    named = before > 0 and tokens[before].text != tokens[before].text.lower()
    unit = after < len(tokens) and tokens[after].text.islower() and not _closes(tokens[after], lexicon)
    return "label" if named and not unit else "no people"  # "Game 2", "Unit 3"; not "Riverton's 550 megawatt"


def _closes(token: Token, lexicon: Lexicon) -> bool:
    grammar = lexicon.grammar
    return token.lower in grammar.closing | grammar.after_noun | lexicon.pronouns


def _draft(mention: Mention, noun: Noun | None, binding: Binding) -> Draft:
    people = noun is not None and noun.kind == "people"
    return Draft(
        mention,
        binding.metric,
        (binding.rule,),
        "high" if binding.cost <= 2 else "medium",
        noun=(noun.first, noun.last) if noun else None,
        trigger=(binding.first, binding.last),
        population=noun.name if noun and people else "all",
    )


def _around(document: Document, mention: Mention) -> Iterator[Token]:
    """The tokens of the paragraph that the number stands in."""
    own = document.sentences[mention.sentence]
    for sentence in document.sentences[max(0, mention.sentence - _GATE) : mention.sentence + _GATE + 1]:
        if sentence.paragraph == own.paragraph:
            yield from sentence.tokens


def _fits(
    binding: Binding, tokens: tuple[Token, ...], noun: Noun | None, around: Iterable[Token], lexicon: Lexicon
) -> bool:
    """Whether the metric counts such people: "sent 70 soldiers" is a deployment, "sent 70 letters" not."""
    metric = lexicon.metrics[binding.metric]
    if _negated(tokens, binding.first, lexicon):
        return False
    if not metric.people:
        weak = tuple(token.lower for token in tokens[binding.first : binding.last + 1]) in metric.weak
        return not weak or (noun is not None and noun.kind == "people")
    if not any(token.lower in metric.gate for token in around):
        return False
    if noun is None or noun.kind == "thing":
        return noun is None
    heads = {
        tuple(token.lower for token in tokens[start : noun.last + 1])
        for start in range(noun.first, noun.last + 1)
    }
    return bool(heads & metric.people)


def _negated(tokens: tuple[Token, ...], trigger: int, lexicon: Lexicon) -> bool:
    """Whether the verb is denied: "did not kill 12", "were never arrested"; what is not found is missing."""
    if tokens[trigger].lower in lexicon.grammar.negations:
        return False
    for index in range(trigger - 1, max(-1, trigger - 1 - _NEGATED), -1):
        if tokens[index].lower in lexicon.grammar.negations:
            return True
        if not tokens[index].text[0].isalpha():
            return False
    return False


def _bindings(
    tokens: tuple[Token, ...], mention: Mention, noun: Noun | None, others: list[Mention], lexicon: Lexicon
) -> Iterator[Binding]:
    if noun is not None and noun.kind == "count" and noun.entry is not None:
        # "freed 63 detainees": a noun for people yields to the verb beside it
        follows = noun.last + 1 < len(tokens) and bool(lexicon.populations.at(tokens, noun.last + 1))
        people = follows or bool(lexicon.populations.at(tokens, noun.first))
        some = tokens[mention.stop + 1].lower == "of"  # "five of the wounded are in hospital"
        yield Binding(noun.name, noun.first, noun.last, "counted noun", 2 * people + 4 * some or -1)
    if (noun is not None and noun.kind == "thing") or is_base(tokens, mention, lexicon):
        return
    yield from _to_the_right(tokens, mention, noun, others, lexicon)
    yield from _acted_on(tokens, mention, lexicon)
    yield from _enclosed(tokens, mention, noun, lexicon)
    yield from entry_value(tokens, mention, lexicon)
    yield from _totals(tokens, mention, others, lexicon)
    yield from _appositions(tokens, mention, noun, lexicon)
    yield from _partitives(tokens, mention, lexicon)
    yield from far_subject(tokens, mention, noun, others, lexicon)


def _to_the_right(
    tokens: tuple[Token, ...], mention: Mention, noun: Noun | None, others: list[Mention], lexicon: Lexicon
) -> Iterator[Binding]:
    """As in "164 people were killed", "164 killed", "225 died", "18 dead", "3,000 are in custody".

    A participle may only describe: "six people held in the riots died" counts who died.
    """
    start = (noun.last if noun else mention.stop) + 1
    start = max(start, *(one.last + 1 for one in _partitives(tokens, mention, lexicon)), start)
    cost, described = 0, False
    for index in range(start, min(len(tokens), start + RIGHT)):
        token = tokens[index]
        if token.text in _HARD or token.lower in lexicon.grammar.clause_breaks:
            return
        if _is_other_subject(tokens, start, index, others, lexicon):
            return
        cost += _step(token, index, others)
        for entry in lexicon.triggers.at(tokens, index):
            rule = _right_rule(tokens, start, index, entry, lexicon)
            if rule is None and _is_divided(tokens, mention) and index == start:
                rule = "participle"  # "of those 225 people killed 175 died in clinics"
            last = index + len(entry.words) - 1
            if rule and not (described and rule in ("participle", "state")):
                # "held 14 employees hostage": what they became says more than the verb
                became = entry.role == "state" and index == start and not _counts(tokens, last + 1, lexicon)
                yield Binding(entry.name, index, last, rule, -1 if described else cost - 2 * became)
            if rule == "participle" and _is_divided(tokens, mention):
                return
            described = described or rule == "participle"
        acts = any(entry.role == "object" for entry in lexicon.triggers.at(tokens, index))
        if (acts and not described) or (described and token.text == ","):
            return


def _is_divided(tokens: tuple[Token, ...], mention: Mention) -> bool:
    """Whether the verb is that of some of them: "two of the four men seized were released"."""
    before = [token.lower for token in tokens[max(0, mention.begin - 2) : mention.begin]]
    return len(before) == 2 and before[0] == "of" and before[1] in _THOSE


def _is_other_subject(
    tokens: tuple[Token, ...], start: int, index: int, others: list[Mention], lexicon: Lexicon
) -> bool:
    """Whether another number begins at `index` that is neither joined to this one nor a part of it."""
    other = next((one for one in others if one.begin == index), None)
    if other is None or tokens[index - 1].text in (",", "(", "–", "—", "-"):
        return False
    after = other.stop + 1
    verb = after < len(tokens) and (
        tokens[after].lower in lexicon.grammar.be | lexicon.grammar.have | lexicon.grammar.links
    )
    subject = verb or counted(tokens, other, lexicon) is not None
    return subject and not joins(tokens, start, index, lexicon)


def _counts(tokens: tuple[Token, ...], index: int, lexicon: Lexicon) -> bool:
    return index < len(tokens) and bool(lexicon.populations.at(tokens, index))


def _step(token: Token, index: int, others: list[Mention]) -> int:
    """What it costs to pass a token on the way to the verb."""
    if token.text in QUOTES:
        return 0
    if any(other.first <= index <= other.last for other in others):
        return 4
    return 3 if token.text == "," else 1


def _right_rule(
    tokens: tuple[Token, ...], start: int, index: int, entry: Entry, lexicon: Lexicon
) -> str | None:
    grammar = lexicon.grammar
    follows = index + len(entry.words)
    governs = follows < len(tokens) and _begins_object(tokens[follows], lexicon)
    if entry.role == "subject":
        return "subject and verb"
    if entry.role == "state":  # "infected 4,200 people and killed 61" says 61 dead
        return None if governs and entry.words[0].endswith("ed") else "state"
    if entry.role != "object":
        return None
    between = [token.lower for token in tokens[max(start, index - 4) : index]]
    if any(word in grammar.be for word in between):
        return "passive"
    if governs:
        return None
    first = entry.words[0]
    participle = first.endswith("ed") or first in grammar.irregular_participles
    return "participle" if participle and not set(between) & grammar.auxiliaries else None


def _begins_object(token: Token, lexicon: Lexicon) -> bool:
    """Whether a verb that this token follows has an object of its own: "500 officers detained 20"."""
    numbers = lexicon.numbers
    return (
        token.text[0].isdecimal()
        or token.lower in numbers.cardinals
        or token.lower
        in ("the", "a", "an", "people", "some", "dozens", "hundreds", "thousands", "their", "his")
    )


def _acted_on(tokens: tuple[Token, ...], mention: Mention, lexicon: Lexicon) -> Iterator[Binding]:
    """As in "killed 164 people", "the lives of 18 servicemen", "detained more than 200"."""
    for index in range(mention.begin - 1, max(-1, mention.begin - 1 - OBJECT - 4), -1):
        for entry in lexicon.triggers.at(tokens, index):
            last = index + len(entry.words) - 1
            gap = tokens[last + 1 : mention.begin]
            if (
                entry.role == "object"
                and last < mention.begin
                and len(gap) <= OBJECT
                and _light(gap, lexicon)
            ):
                yield Binding(entry.name, index, last, "verb and object", len(gap))


def _enclosed(
    tokens: tuple[Token, ...], mention: Mention, noun: Noun | None, lexicon: Lexicon
) -> Iterator[Binding]:
    """As in "took 14 employees hostage", "pulled some 5,000 troops back": a verb in two parts."""
    end = (noun.last if noun else mention.stop) + 1
    for index in range(mention.begin - 1, max(-1, mention.begin - 1 - OBJECT), -1):
        for entry in lexicon.split_triggers.at(tokens, index):
            head = index + len(entry.words) - 1
            if head >= mention.begin or not _light(tokens[head + 1 : mention.begin], lexicon):
                continue
            for step in range(end, min(len(tokens), end + _ENCLOSED)):
                if tokens[step].text in _HARD:
                    break
                if tuple(token.lower for token in tokens[step : step + len(entry.apart)]) == entry.apart:
                    last = step + len(entry.apart) - 1
                    yield Binding(entry.name, index, last, "verb around its object", -1)
                    break


def _light(gap: tuple[Token, ...], lexicon: Lexicon) -> bool:
    """Whether nothing but small words stands between a verb and its object."""
    return all(token.lower in lexicon.grammar.determiners or token.text in QUOTES for token in gap)


def _totals(
    tokens: tuple[Token, ...], mention: Mention, others: list[Mention], lexicon: Lexicon
) -> Iterator[Binding]:
    """As in "a death toll of 164", "the toll rose to 225", "the number of people injured reached 353"."""
    for index in range(mention.begin - 1, max(-1, mention.begin - 1 - TOTAL), -1):
        if tokens[index].text in ";.!?":
            return
        for entry in lexicon.triggers.at(tokens, index):
            last = index + len(entry.words) - 1
            counted_already = any(one.stop + 1 == index for one in others)  # "50 deaths – 26 rebels and …"
            if last >= mention.begin or counted_already or not _is_total(tokens, index, entry):
                continue
            gap = tokens[last + 1 : mention.begin]
            crossed = [
                one
                for one in others
                if last < one.first and one.last < mention.begin and not _is_aside(tokens, one)
            ]
            if not crossed and _linked(gap, entry, lexicon):
                yield Binding(entry.name, index, last, "total", 1 + len(gap) // 2)


def _is_aside(tokens: tuple[Token, ...], other: Mention) -> bool:
    """Whether a number says by how much or whence a total moved, or stands in an insertion: "the toll, first
    given as 18, was raised to 25".
    """
    inserted = other.stop + 1 < len(tokens) and tokens[other.stop + 1].text == ","
    opened = any(token.text == "," for token in tokens[max(0, other.begin - _INSERTION) : other.begin])
    return tokens[other.begin - 1].lower in ("by", "from") or (inserted and opened)


def _is_total(tokens: tuple[Token, ...], index: int, entry: Entry) -> bool:
    if entry.role == "total":
        return True
    before = [token.lower for token in tokens[max(0, index - 5) : index]]
    return entry.role != "total" and bool(_SIZES & set(before))


def _linked(gap: tuple[Token, ...], entry: Entry, lexicon: Lexicon) -> bool:
    if not gap:
        return entry.role == "total" and entry.words[-1] in lexicon.grammar.links
    near = gap[-1:] if lexicon.metrics[entry.name].people else gap[-3:]
    return any(token.lower in lexicon.grammar.links for token in near)


def _partitives(tokens: tuple[Token, ...], mention: Mention, lexicon: Lexicon) -> Iterator[Binding]:
    """As in "103 of the deaths were in Almaty"."""
    index = mention.stop + 1
    if index + 2 >= len(tokens) or tokens[index].lower != "of" or tokens[index + 1].lower not in _THOSE:
        return
    for entry in lexicon.triggers.at(tokens, index + 2):
        if entry.role in ("total", "count", "state", "object"):
            last = index + 1 + len(entry.words)
            yield Binding(entry.name, index + 2, last, "partitive", 3)


def _appositions(
    tokens: tuple[Token, ...], mention: Mention, noun: Noun | None, lexicon: Lexicon
) -> Iterator[Binding]:
    """As in "most of the deaths – 103 – fell on Almaty", "the dead (12)"."""
    before, after = mention.begin - 1, (noun.last if noun else mention.stop) + 1
    if before < 1 or tokens[before].text not in _DASHES:
        return
    if after < len(tokens) and tokens[after].text not in "–—-),":
        return
    for index in range(before - 1, max(-1, before - 4), -1):
        for entry in lexicon.triggers.at(tokens, index):
            if entry.role in ("total", "count") and index + len(entry.words) == before:
                yield Binding(entry.name, index, index + len(entry.words) - 1, "apposition", 2)
