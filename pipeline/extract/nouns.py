"""Who or what a number counts: the noun that follows it."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.extract.document import Mention, Token
from pipeline.extract.lexicon import Lexicon
from pipeline.extract.phrases import Entry

REACH = 7  # tokens between a number and its noun: "26 so-called armed and dangerous criminals"
_NAMES = 5  # tokens of a name inside a noun for people
QUOTES = frozenset("\"'“”‘’«»„`")


@dataclass(frozen=True, slots=True)
class Noun:
    """What the number counts.

    `kind`: people (`name`: population), thing (`name`: reason), count (`name`: metric), or other: a plural
    that no lexicon knows, which may be people ("two Maoists") and may not.
    """

    kind: str
    first: int
    last: int
    name: str
    entry: Entry | None = None


def counted(tokens: tuple[Token, ...], mention: Mention, lexicon: Lexicon) -> Noun | None:
    """The noun counted by `mention`, or None if none follows: "26 killed", "103 in Almaty"."""
    index = mention.stop + 1
    while index < min(len(tokens), mention.stop + 1 + REACH):
        if tokens[index].lower in lexicon.noun_words and (noun := _noun(tokens, index, lexicon)):
            return noun
        if _ends(tokens, index, lexicon):
            break
        index += 1
    return _other(tokens, mention, index)


def _noun(tokens: tuple[Token, ...], index: int, lexicon: Lexicon) -> Noun | None:
    """The noun that begins at `index`, if a lexicon knows it."""
    if count := _counted_at(tokens, index, lexicon):
        return count
    if people := lexicon.populations.at(tokens, index):
        noun = _people(tokens, index, people[0], lexicon)
        last = index + len(people[0].words) - 1
        return _counted_at(tokens, last + 1, lexicon) or _counted_at(tokens, noun.last + 1, lexicon) or noun
    if thing := lexicon.things.at(tokens, index):
        return Noun("thing", index, index + len(thing[0].words) - 1, thing[0].name)
    return None


def _counted_at(tokens: tuple[Token, ...], index: int, lexicon: Lexicon) -> Noun | None:
    """The noun at `index` that is itself a metric: "deaths", also behind people: "139 civilian deaths"."""
    if index >= len(tokens):
        return None
    for entry in lexicon.triggers.at(tokens, index):
        if entry.role == "count":
            return Noun("count", index, index + len(entry.words) - 1, entry.name, entry)
    return None


def _other(tokens: tuple[Token, ...], mention: Mention, end: int) -> Noun | None:
    """A plural that ends the stretch before `end`: "six Jesuit priests"."""
    last = end - 1
    while last > mention.stop + 1 and tokens[last].lower.endswith("ing"):
        last -= 1  # "three Maoists conducting a camp"
    if last <= mention.stop or tokens[last].lower.endswith("ss") or not tokens[last].lower.endswith("s"):
        return None
    return Noun("other", mention.stop + 1, last, "all")


def _ends(tokens: tuple[Token, ...], index: int, lexicon: Lexicon) -> bool:
    """Whether the noun phrase cannot go on at `index`."""
    token = tokens[index]
    if token.text in QUOTES or token.lower == "of":
        return False
    if token.text == "-":
        return tokens[index - 1].end != token.start
    if not token.text[0].isalpha():
        return not (token.text[0].isdecimal() and _goes_on(tokens, index, lexicon))
    grammar = lexicon.grammar
    if token.lower in grammar.closing or token.lower in grammar.after_noun:
        return True
    if index + 1 < len(tokens) and tokens[index + 1].text == "-" and tokens[index + 1].start == token.end:
        return False  # "five left-wing extremists"
    return token.lower in lexicon.noun_words and any(
        entry.role in ("object", "subject", "state") for entry in lexicon.triggers.at(tokens, index)
    )


def _goes_on(tokens: tuple[Token, ...], index: int, lexicon: Lexicon) -> bool:
    """Whether a noun phrase goes on over digits: "12 of its 40 fighters", "six R4 rifles"."""
    before = tokens[index - 1]
    divides = before.lower in lexicon.grammar.determiners and tokens[index - 2].lower == "of"
    return divides or (before.text[0].isalpha() and before.end == tokens[index].start)


def _people(tokens: tuple[Token, ...], first: int, entry: Entry, lexicon: Lexicon) -> Noun:
    """A noun for people with those joined to it ("military and police officers"); the telling one names."""
    name, last = entry.name, first + len(entry.words) - 1
    while last + 1 < len(tokens):
        step = last + 1
        if tokens[step].lower in lexicon.grammar.coordinators or tokens[step].lower == "of":
            step += 1
        step += step < len(tokens) and tokens[step].lower in ("the", "national")
        if tokens[last + 1].lower == "of":  # "members of the Afghan security forces"
            step = _over_names(tokens, step, lexicon)
        more = lexicon.populations.at(tokens, step) if step < len(tokens) else []
        if not more:
            break
        name = more[0].name if name == "all" else name
        last = step + len(more[0].words) - 1
    return Noun("people", first, _head(tokens, last, lexicon), name)


def _over_names(tokens: tuple[Token, ...], index: int, lexicon: Lexicon) -> int:
    for step in range(index, min(len(tokens), index + _NAMES)):
        if lexicon.populations.at(tokens, step):
            return step
        if not tokens[step].text[0].isupper():
            break
    return index


def _head(tokens: tuple[Token, ...], last: int, lexicon: Lexicon) -> int:
    """The end of a noun that goes on over names to its head: "two women CPI-Maoist cadres"."""
    for index in range(last + 1, min(len(tokens), last + 1 + _NAMES)):
        if index > last + 1 and (people := lexicon.populations.at(tokens, index)):
            return index + len(people[0].words) - 1
        name = tokens[index].text[0].isupper() or tokens[index].text == "-"
        if not name or _ends(tokens, index, lexicon):  # in upper-case wires every word looks like a name
            break
    return last
