"""Phrases that name a source: "the ministry said", "according to police", "Ministry: 12 dead"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pipeline.extract.document import Token
from pipeline.extract.lexicon import Lexicon
from pipeline.extract.nouns import QUOTES
from pipeline.extract.phrases import Entry

_SUBJECT: Final = 12  # tokens that a source may take before or after its verb
_STOPS: Final = frozenset(",;:.!?()–—") | QUOTES
_ENDS: Final = frozenset({"that", "while", "but", "which", "who", "and"})
_BEGINS: Final = frozenset({"that", "while", "but", "which", "where", "when", "as"})
_HEADLINE: Final = 6  # tokens before the colon of "Ministry: 12 dead", after the dash of "12 dead – ministry"
_DATED: Final = 3  # tokens between "reported" and "by": "reported on Wednesday by the authorities"
_SMALL_WORD: Final = 4  # letters of a word that a headline may leave small
_BRACKETED: Final = 8  # tokens of "(MSF)" between a source and its verb
_RELATIVE: Final = 14  # tokens of a clause between a source and its verb
_ATTRIBUTIVE: Final = frozenset({"the", "a", "an", "of", "their", "its"})
_NOBODY: Final = frozenset({"no", "nobody", "none", "neither", "nothing", "what", "there"})


@dataclass(frozen=True, slots=True)
class Source:
    """A source phrase in one sentence: tokens first..last; `who` is the stretch that names the speaker."""

    first: int
    last: int
    who: tuple[int, int]
    rule: str


def sources_in(tokens: tuple[Token, ...], lexicon: Lexicon) -> Iterator[Source]:
    """The sources that a sentence names, in order of place."""
    yield from _headline(tokens, lexicon)
    words = lexicon.source_words
    for index in [index for index, token in enumerate(tokens) if token.lower in words]:
        token = tokens[index]
        if cited := lexicon.cite.at(tokens, index):
            first = index + len(cited[0].words)
            last = _noun_phrase_end(tokens, first, lexicon)
            if names_someone(tokens, first, last, lexicon):
                yield Source(index, last, (first, last), "cited source")
        elif token.lower == "by":
            last = _noun_phrase_end(tokens, index + 1, lexicon)
            if _is_agent(tokens, index, last, lexicon):
                yield Source(index, last, (index + 1, last), "by source")
        elif said := lexicon.say.at(tokens, index):
            yield from _said(tokens, index, said[0], lexicon)
        elif token.lower in lexicon.grammar.sizes:
            yield from _owned(tokens, index, lexicon)


def _headline(tokens: tuple[Token, ...], lexicon: Lexicon) -> Iterator[Source]:
    """The source before the colon of a headline, or behind its dash or colon: "12 dead: police"."""
    start = 3 if len(tokens) > 3 and tokens[1].text == ":" and tokens[0].text.isdecimal() else 0  # "09:12 …"
    colon = next(
        (index for index in range(start, min(len(tokens), start + _HEADLINE)) if tokens[index].text == ":"), 0
    )
    if colon > start and _speaks(tokens, start, colon - 1, lexicon):
        yield Source(start, colon - 1, (start, colon - 1), "headline source")
    first = next(
        (
            index + 1
            for index in range(len(tokens) - 2, max(0, len(tokens) - 2 - _HEADLINE), -1)
            if tokens[index].text in "-–—:" and tokens[index].end < tokens[index + 1].start
        ),
        None,
    )
    if (
        first is not None
        and tokens[-1].text[0].isalpha()
        and _speaks(tokens, first, len(tokens) - 1, lexicon)
    ):
        yield Source(first, len(tokens) - 1, (first, len(tokens) - 1), "headline source")


def _speaks(tokens: tuple[Token, ...], first: int, last: int, lexicon: Lexicon) -> bool:
    """Whether such a phrase can speak: "Ministry:", "Kazakhstan:", not "Photo:" or "Almaty blast:"."""
    stretch = range(first, last + 1)
    if any(token.text in _STOPS for token in tokens[first : last + 1]):
        return False
    place = lexicon.places.at(tokens, first)
    return bool(place and len(place[0].words) == len(stretch)) or any(
        lexicon.names.at(tokens, index) or tokens[index].lower in lexicon.agents for index in stretch
    )


def _is_agent(tokens: tuple[Token, ...], by: int, last: int, lexicon: Lexicon) -> bool:
    """Whether "by" gives a source ("By the ministry, …", "reported by partners") and not another agent."""
    if any(lexicon.say.before(tokens, end) for end in range(by, max(0, by - _DATED), -1)):
        dated = {tokens[by + 1].lower} & {*lexicon.months, *lexicon.weekdays} if last > by else set()
        return last > by and tokens[by + 1].text[0].isalpha() and not dated
    opens = by == 0 or tokens[by - 1].text == ","
    return opens and names_someone(tokens, by + 1, last, lexicon)


def _said(tokens: tuple[Token, ...], first: int, said: Entry, lexicon: Lexicon) -> Iterator[Source]:
    """Source before the verb ("police said") or after it (", said the mayor")."""
    last = first + len(said.words) - 1
    if _is_name(tokens, first):
        return  # "Port Said"
    if first and tokens[first - 1].lower in _ATTRIBUTIVE:
        return  # "an estimated 6,000", "the registered voters"
    before = {token.lower for token in tokens[max(0, first - 2) : first]}
    grammar = lexicon.grammar
    if before & grammar.be or before & grammar.negations or _is_noun(tokens, first, last, lexicon):
        return
    before_verb = _before_brackets(tokens, first - 1)
    while before_verb >= 0 and _is_auxiliary(tokens[before_verb], lexicon):
        before_verb -= 1
    begin, end = _noun_phrase_before(tokens, before_verb, lexicon)
    after = _noun_phrase_end(tokens, last + 1, lexicon)
    stops = first == 0 or tokens[first - 1].text in _STOPS
    speaker_follows = stops and names_someone(tokens, last + 1, after, lexicon)
    inserted = before_verb >= 0 and tokens[before_verb].text == ","
    if not (inserted and speaker_follows) and _says(tokens, begin, end, said, lexicon):
        yield Source(begin, _with_day(tokens, last, lexicon), (begin, end), "source and verb")
    elif speaker_follows or (
        stops and _ends_clause(tokens, after + 1) and _says(tokens, last + 1, after, said, lexicon)
    ):
        yield Source(first, _with_day(tokens, after, lexicon), (last + 1, after), "verb and source")


def _is_name(tokens: tuple[Token, ...], index: int) -> bool:
    """Whether a capital inside a sentence makes a name of a verb; a headline may have capitals throughout."""
    capital = tokens[index].text[0].isupper() and index > 0 and tokens[index - 1].text[0].isupper()
    return capital and any(token.text.islower() and len(token.text) > _SMALL_WORD for token in tokens)


def _before_brackets(tokens: tuple[Token, ...], last: int) -> int:
    """The token before brackets that end at `last`: "the medical charity (MSF) reported"."""
    if last < 0 or tokens[last].text != ")":
        return last
    opens = (index for index in range(last - 1, max(0, last - _BRACKETED), -1) if tokens[index].text == "(")
    return next(opens, last + 1) - 1


def _ends_clause(tokens: tuple[Token, ...], index: int) -> bool:
    return index >= len(tokens) or tokens[index].text in _STOPS


def _is_auxiliary(token: Token, lexicon: Lexicon) -> bool:
    """Whether a word between a source and its verb is no part of its name: "has said", "initially said"."""
    adverb = token.text.islower() and (
        token.lower.endswith("ly") or token.lower in ("also", "earlier", "later")
    )
    return adverb or token.lower in lexicon.grammar.have


def _says(tokens: tuple[Token, ...], first: int, last: int, said: Entry, lexicon: Lexicon) -> bool:
    """Whether first..last can be the subject of a verb of saying: of a clear one any person or thing."""
    if first > last or _is_clause(tokens, first, last, lexicon):
        return False
    anyone = said.name == "clear" and _can_be_subject(tokens, first, last, lexicon)
    return anyone or names_someone(tokens, first, last, lexicon)


def _is_clause(tokens: tuple[Token, ...], first: int, last: int, lexicon: Lexicon) -> bool:
    """Whether the stretch says something of its own, or names nobody: no subject of a verb of saying."""
    own = tokens[first : last + 1]
    says = any(token.lower in lexicon.grammar.be or token.text[0].isdecimal() for token in own)
    return says or own[0].lower in _NOBODY


def _is_noun(tokens: tuple[Token, ...], first: int, last: int, lexicon: Lexicon) -> bool:
    """Whether "count", "report", "claims" … is a noun here: "the official count on Friday was 268"."""
    if tokens[first].lower not in lexicon.grammar.sizes or first != last:
        return False
    after = tokens[last + 1] if last + 1 < len(tokens) else None
    return after is None or after.lower in lexicon.grammar.closing or not after.text[0].isalnum()


def _can_be_subject(tokens: tuple[Token, ...], first: int, last: int, lexicon: Lexicon) -> bool:
    """Whether a noun phrase with an article or in the plural stands at first..last, as who says something."""
    if first > last or first >= len(tokens) or last - first >= _SUBJECT - 1:
        return False
    opens = tokens[first]
    article = opens.lower in lexicon.grammar.determiners or opens.lower.endswith(("'s", "s'"))
    plural = tokens[last].lower.endswith("s") or tokens[last].lower in lexicon.agents
    return opens.text[0].isalpha() and (article or plural) and tokens[last].text[0].isalpha()


def _owned(tokens: tuple[Token, ...], index: int, lexicon: Lexicon) -> Iterator[Source]:
    """Whose count it is: "the government's official toll", "the ministry's figure"."""
    for owner in range(index - 1, max(-1, index - 4), -1):
        plural = tokens[owner].lower.endswith("s") and tokens[owner + 1].text in ("'", "’")
        if tokens[owner].lower.endswith("'s") or plural:
            first, last = _noun_phrase_before(tokens, owner, lexicon)
            if any(_names(tokens, step, lexicon) for step in range(first, last + 1)):
                yield Source(first, last, (first, last), "owner of the count")
            return


def _noun_phrase_before(tokens: tuple[Token, ...], last: int, lexicon: Lexicon) -> tuple[int, int]:
    """First and last token of the noun phrase that ends at `last`, or before the clause that ends there."""
    if last > 0 and tokens[last].text == ",":
        # "Doctors at the hospital, who asked not to be named, say"
        for index in range(last - 1, max(0, last - _RELATIVE), -1):
            if tokens[index].text == ",":
                last = index - 1
                break
    if last > 0 and tokens[last].lower in lexicon.weekdays:
        last -= 1 + (tokens[last - 1].lower == "on")  # "the agency on Wednesday said"
    index = last
    while index >= max(0, last - _SUBJECT + 1):
        token = tokens[index]
        if (token.text in _STOPS and not _is_genitive(tokens, index)) or token.lower in _BEGINS:
            break
        index -= 1
    first = index + 1
    while first <= last and (
        not tokens[first].text[0].isalnum()
        or tokens[first].lower in (*lexicon.grammar.coordinators, "also", "then")
    ):
        first += 1
    return first, last


def _is_genitive(tokens: tuple[Token, ...], index: int) -> bool:
    """Whether an apostrophe is that of "the rebels' directorate" and closes no quotation."""
    if index == 0 or tokens[index].text not in ("'", "’"):
        return False
    before = tokens[index - 1]
    return before.lower.endswith("s") and before.end == tokens[index].start


def _noun_phrase_end(tokens: tuple[Token, ...], first: int, lexicon: Lexicon) -> int:
    """The last token of the noun phrase that begins at `first`."""
    index = first
    while index < min(len(tokens), first + _SUBJECT):
        token = tokens[index]
        article = token.lower in ("the", "a") and index > first
        new = article and tokens[index - 1].lower not in lexicon.grammar.closing
        ends = token.lower in lexicon.grammar.be or token.lower in _ENDS or token.text[0].isdecimal()
        if token.text in _STOPS or ends or new:
            break
        if any(entry.name == "clear" for entry in lexicon.say.at(tokens, index)):
            break
        index += 1
    return index - 1


def _with_day(tokens: tuple[Token, ...], last: int, lexicon: Lexicon) -> int:
    """`last`, moved on over "on Wednesday" or "today"."""
    if (
        last + 2 < len(tokens)
        and tokens[last + 1].lower == "on"
        and tokens[last + 2].lower in lexicon.weekdays
    ):
        return last + 2
    return last + 1 if last + 1 < len(tokens) and tokens[last + 1].lower == "today" else last


def names_someone(tokens: tuple[Token, ...], first: int, last: int, lexicon: Lexicon) -> bool:
    """Whether tokens first..last name a speaker: an actor, an office, a pronoun, or a person by name."""
    short = last - first <= 2
    for index in range(first, min(last + 1, len(tokens))):
        token = tokens[index]
        if _names(tokens, index, lexicon):
            return True
        if short and (token.lower in lexicon.pronouns or lexicon.places.at(tokens, index)):
            return True
        # A capital at the head of a sentence names a person only where it is all of the subject.
        capital = token.text[0].isupper() and (index > 0 or first == last)
        if capital and token.lower not in lexicon.months and token.lower not in lexicon.weekdays:
            return True
    return False


def _names(tokens: tuple[Token, ...], index: int, lexicon: Lexicon) -> bool:
    """Whether an actor or a word for who speaks ("ministry", "doctors") stands at `index`."""
    word = tokens[index].lower.removesuffix("'s").removesuffix("s'")
    agents = lexicon.agents
    return bool(lexicon.names.at(tokens, index)) or word in agents or word.removesuffix("s") in agents
