"""The constructions that bind a number to a metric: verb, noun or adjective, on either side or around it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pipeline.extract.binding import Binding
from pipeline.extract.document import Mention, Token
from pipeline.extract.entries import entry_value
from pipeline.extract.joining import joins
from pipeline.extract.lexicon import Lexicon
from pipeline.extract.nouns import QUOTES, Noun, counted
from pipeline.extract.partitive import is_base
from pipeline.extract.phrases import Entry
from pipeline.extract.subjects import far_subject

RIGHT: Final = 10  # tokens to the right of the noun in which its verb stands
OBJECT: Final = 4  # tokens between a verb and the number it acts on
TOTAL: Final = 24  # tokens between "toll" and its number
# tokens between an object and what closes its verb: "cost 12 men and 3 women their lives"
_ENCLOSED: Final = 24
_INSERTION: Final = 6  # tokens between the comma and the number of an insertion
# "the number of people injured reached 353", "put the protesters killed at dozens"
_SIZES: Final = frozenset(
    {"number", "numbers", "tally", "count", "put", "puts", "putting", "placed", "those"}
)
_THOSE: Final = frozenset({"the", "those", "these"})
BETWEEN: Final = 6  # tokens inside a verb in two parts that stands behind the number
_LIST: Final = 12  # tokens between a verb and a number that is not its first object
_COMPLEMENT: Final = 3  # tokens between "are" and "refugees"
_SHORTEST: Final = 3  # tokens of "of the dead," before the number
_WHOLE: Final = 8  # tokens of "the 1,974 killed" in "of the 1,974 killed, 261 were women"
_HARD: Final = frozenset(";:!?.()[]–—")
_DASHES: Final = frozenset("–—-(,")


def readings(
    tokens: tuple[Token, ...], mention: Mention, noun: Noun | None, others: list[Mention], lexicon: Lexicon
) -> Iterator[Binding]:
    """Every reading of a number, by every construction."""
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
    yield from _acted_on_too(tokens, mention, noun, lexicon)
    yield from _complement(tokens, mention, noun, lexicon)
    yield from _enclosed(tokens, mention, noun, lexicon)
    yield from entry_value(tokens, mention, lexicon)
    yield from _totals(tokens, mention, others, lexicon)
    yield from _appositions(tokens, mention, noun, lexicon)
    yield from _partitives(tokens, mention, lexicon)
    if noun is None:
        yield from _amendments(tokens, mention, lexicon)
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
    governed = tokens[mention.begin - 1].lower == "of"  # "bodies of 12 soldiers killed there were returned"
    for index in range(start, min(len(tokens), start + RIGHT)):
        token = tokens[index]
        if token.text in _HARD or token.lower in lexicon.grammar.clause_breaks:
            return
        if _is_other_subject(tokens, start, index, others, lexicon):
            return
        cost += _step(token, index, others)
        for entry, last in _verbs(tokens, index, lexicon):
            rule = _right_rule(tokens, start, index, entry, lexicon)
            if rule is None and _is_divided(tokens, mention) and index == start:
                rule = "participle"  # "of those 225 people killed 175 died in clinics"
            if rule and not (described and rule in ("participle", "state")):
                # "held 14 employees hostage": what they became says more than the verb
                became = entry.role == "state" and index == start and not _counts(tokens, last + 1, lexicon)
                yield Binding(
                    entry.name, index, last, rule, -1 if described and not governed else cost - 2 * became
                )
            if rule == "participle" and _is_divided(tokens, mention):
                return
            described = described or (rule == "participle" and not _counts_other(others, start, index))
        acts = any(entry.role == "object" for entry in lexicon.triggers.at(tokens, index))
        if (acts and not described) or (described and token.text == ","):
            return


def _verbs(tokens: tuple[Token, ...], index: int, lexicon: Lexicon) -> Iterator[tuple[Entry, int]]:
    """The triggers at `index` with their last tokens; one in two parts has words between: "taken to a nearby
    hospital".
    """
    yield from ((entry, index + len(entry.words) - 1) for entry in lexicon.triggers.at(tokens, index))
    for entry in lexicon.split_triggers.at(tokens, index):
        head = index + len(entry.words) - 1
        if (last := _apart(tokens, head + 1, head + 1 + BETWEEN, entry)) is not None:
            yield entry, last


def _apart(tokens: tuple[Token, ...], start: int, end: int, entry: Entry) -> int | None:
    """The last token of what closes a trigger in two parts, if it stands in start..end of one clause."""
    for step in range(start, min(len(tokens), end)):
        if tokens[step].text in _HARD:
            return None
        if tuple(token.lower for token in tokens[step : step + len(entry.apart)]) == entry.apart:
            return step + len(entry.apart) - 1
    return None


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
    verb = after < len(tokens) and tokens[after].lower in lexicon.grammar.predicating
    subject = verb or counted(tokens, other, lexicon) is not None
    return subject and not joins(tokens, start, index, lexicon)


def _counts_other(others: list[Mention], start: int, index: int) -> bool:
    """Whether the word at `index` is that of another number: "bodies of 13 soldiers and nine wounded"."""
    return any(start <= other.first < index for other in others)


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


def _acted_on_too(
    tokens: tuple[Token, ...], mention: Mention, noun: Noun | None, lexicon: Lexicon
) -> Iterator[Binding]:
    """As in "killing a woman and five others": the verb has an object before it that is no number."""
    joint = mention.begin - 1
    while joint > 0 and tokens[joint].lower in lexicon.grammar.determiners:
        joint -= 1  # "the mayor and his two drivers"
    if noun is None or noun.kind != "people" or joint < 1 or not _ends_object(tokens, noun.last + 1, lexicon):
        return
    if tokens[joint].text != "," and tokens[joint].lower not in lexicon.grammar.coordinators:
        return
    grammar = lexicon.grammar
    for index in range(joint - 1, max(-1, joint - 1 - _LIST), -1):
        token = tokens[index]
        if token.text in _HARD or token.lower in grammar.subordinators or token.lower in grammar.be:
            return
        for entry in lexicon.triggers.at(tokens, index):
            last = index + len(entry.words) - 1
            if entry.role == "object" and last < joint - 1 and _opens_object(tokens[last + 1], lexicon):
                yield Binding(entry.name, index, last, "verb and objects", 4)
        if lexicon.triggers.at(tokens, index):
            return


def _opens_object(token: Token, lexicon: Lexicon) -> bool:
    return token.text[0].isalpha() and token.lower not in lexicon.grammar.prepositions


def _ends_object(tokens: tuple[Token, ...], index: int, lexicon: Lexicon) -> bool:
    """Whether no verb of the people counted follows: not as in "killed a guard and 300 prisoners escaped"."""
    if index >= len(tokens) or not tokens[index].text[0].isalnum():
        return True
    grammar = lexicon.grammar
    word = tokens[index].lower
    return word in grammar.prepositions or word in grammar.coordinators or word in grammar.after_noun


def _complement(
    tokens: tuple[Token, ...], mention: Mention, noun: Noun | None, lexicon: Lexicon
) -> Iterator[Binding]:
    """As in "2,400 are refugees": what the number counts is what it is said to be."""
    index = mention.stop + 1
    if noun is not None or index >= len(tokens) or tokens[index].lower not in lexicon.grammar.be:
        return
    for step in range(index + 1, min(len(tokens), index + 2 + _COMPLEMENT)):
        if tokens[step].text in _HARD or tokens[step].lower in lexicon.grammar.prepositions:
            return
        for entry in lexicon.triggers.at(tokens, step):
            if entry.role == "count":
                yield Binding(entry.name, step, step + len(entry.words) - 1, "complement", 3)


def _enclosed(
    tokens: tuple[Token, ...], mention: Mention, noun: Noun | None, lexicon: Lexicon
) -> Iterator[Binding]:
    """As in "took 14 employees hostage", "pulled some 5,000 troops back": a verb in two parts."""
    end = (noun.last if noun else mention.stop) + 1
    for index in range(mention.begin - 1, max(-1, mention.begin - 1 - OBJECT), -1):
        for entry in lexicon.split_triggers.at(tokens, index):
            head = index + len(entry.words) - 1
            open_ended = entry.words[-1] in lexicon.grammar.prepositions  # "brought to one of the hospitals"
            if head >= mention.begin or open_ended or not _light(tokens[head + 1 : mention.begin], lexicon):
                continue
            if (last := _apart(tokens, end, end + _ENCLOSED, entry)) is not None:
                yield Binding(entry.name, index, last, "verb around its object", -1)


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
            if any(after.role == "object" for after in lexicon.triggers.at(tokens, last + 1)):
                continue  # "the number of protesters killed" is not one of protesters
            gap = tokens[last + 1 : mention.begin]
            crossed = [
                one
                for one in others
                if last < one.first and one.last < mention.begin and not _is_aside(tokens, one)
            ]
            bounds = tokens[mention.begin : mention.first]  # "exceeded" bounds the number and links it
            if not crossed and (_linked(gap, entry, lexicon) or _linked(bounds, entry, lexicon)):
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
    if gap[-1].text == ":" and any(token.lower in lexicon.grammar.be for token in gap):
        return False  # "the toll was heavy: 1,000 people fled"
    near = gap[-1:] if lexicon.metrics[entry.name].people else gap[-3:]
    return any(token.lower in lexicon.grammar.links for token in near)


def _partitives(tokens: tuple[Token, ...], mention: Mention, lexicon: Lexicon) -> Iterator[Binding]:
    """As in "103 of the deaths were in Almaty", "of the dead, 12 were children"."""
    yield from _preposed(tokens, mention, lexicon)
    index = mention.stop + 1
    if index + 2 >= len(tokens) or tokens[index].lower != "of" or tokens[index + 1].lower not in _THOSE:
        return
    for entry in lexicon.triggers.at(tokens, index + 2):
        if entry.role in ("total", "count", "state", "object"):
            last = index + 1 + len(entry.words)
            yield Binding(entry.name, index + 2, last, "partitive", 3)


def _preposed(tokens: tuple[Token, ...], mention: Mention, lexicon: Lexicon) -> Iterator[Binding]:
    comma = mention.begin - 1
    if comma < _SHORTEST or tokens[comma].text != ",":
        return
    opens = (
        index
        for index in range(comma - 2, max(0, comma - 1 - _WHOLE), -1)
        if tokens[index].lower in _THOSE and tokens[index - 1].lower in ("of", "among")
    )
    for index in range(next(opens, comma), comma):
        for entry in lexicon.triggers.at(tokens, index):
            if entry.role != "subject" and index + len(entry.words) <= comma:
                yield Binding(entry.name, index, index + len(entry.words) - 1, "partitive", 3)


def _amendments(tokens: tuple[Token, ...], mention: Mention, lexicon: Lexicon) -> Iterator[Binding]:
    """As in "dozens were left dead, perhaps as many as 73": what was just said to be so many."""
    adverb = mention.begin - 1
    if (
        adverb < 2
        or tokens[adverb].lower not in lexicon.grammar.doubts
        or tokens[adverb - 1].text not in _DASHES
    ):
        return
    for index in range(adverb - 2, max(-1, adverb - 2 - OBJECT), -1):
        for entry in lexicon.triggers.at(tokens, index):
            yield Binding(entry.name, index, index + len(entry.words) - 1, "amendment", -1)


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
