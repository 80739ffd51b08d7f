"""Who says so: the phrase that names the source of a claim, and the actor it resolves to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from pipeline.extract.document import Document, Draft, Mention, Rejection, Sentence, Token
from pipeline.extract.lexicon import Lexicon
from pipeline.extract.nouns import QUOTES

_SUBJECT: Final = 12  # tokens that a source may take before or after its verb
_STOPS: Final = frozenset(",;:.!?()–—") | QUOTES
_ENDS: Final = frozenset({"that", "while", "but", "which", "who", "and"})
_BEGINS: Final = frozenset({"that", "while", "but", "which", "where", "when", "as"})
_HEADLINE: Final = 5  # tokens before the colon of "Ministry: 12 dead"


@dataclass(frozen=True, slots=True)
class Source:
    """A source phrase in one sentence: tokens first..last; `who` is the stretch that names the speaker."""

    first: int
    last: int
    who: tuple[int, int]
    rule: str


@dataclass(frozen=True, slots=True)
class Speakers:
    """The sources of a text: by sentence, the actors they resolve to, and where open quotations close."""

    sources: dict[int, tuple[Source, ...]]
    actors: dict[tuple[int, Source], str]
    closing: dict[int, int]
    relays: frozenset[tuple[int, Source]]


def attribute(document: Document, lexicon: Lexicon) -> Document:
    """Fill `attribution` (offsets) and `actor_id`; a pronoun goes back to the last actor named.

    Numbers that are no claims have sources too: whoever counts tents may count the dead in the same breath.
    """
    speakers = _speakers(document, lexicon)
    claims = tuple(_attributed(document, draft, speakers) for draft in document.claims)
    rejected = tuple(_rejection_attributed(document, one, speakers) for one in document.rejected)
    return replace(document, claims=claims, rejected=rejected)


def _speakers(document: Document, lexicon: Lexicon) -> Speakers:
    sources: dict[int, tuple[Source, ...]] = {}
    actors: dict[tuple[int, Source], str] = {}
    known: list[str] = []
    for index, sentence in enumerate(document.sentences):
        sources[index] = tuple(_sources(sentence, lexicon))
        for source in sources[index]:
            actor = _actor(sentence.tokens, source, known, lexicon)
            if actor is not None:
                actors[index, source] = actor
                known.append(actor)
    press = {actor.actor_id for actor in lexicon.actors if actor.side == "press"}
    relays = frozenset(key for key, actor in actors.items() if actor in press)
    return Speakers(sources, actors, _quotations(document), relays)


def _attributed(document: Document, draft: Draft, speakers: Speakers) -> Draft:
    mention = draft.mention
    last = max(mention.stop, draft.trigger[1] if draft.trigger else -1)
    found = _source_of(document, mention, last, speakers)
    if found is None:
        return draft
    index, source, rule = found
    return replace(
        draft,
        attribution=_offsets(document, index, source),
        actor_id=speakers.actors.get((index, source)),
        rules=(*draft.rules, rule),
    )


def _rejection_attributed(document: Document, rejection: Rejection, speakers: Speakers) -> Rejection:
    found = _source_of(document, rejection.mention, rejection.mention.stop, speakers)
    return replace(rejection, attribution=_offsets(document, *found[:2])) if found else rejection


def _offsets(document: Document, index: int, source: Source) -> tuple[int, int]:
    tokens = document.sentences[index].tokens
    return tokens[source.first].start, tokens[source.last].end


def _source_of(
    document: Document, mention: Mention, last: int, speakers: Speakers
) -> tuple[int, Source, str] | None:
    """The nearest source of the number's sentence, else that of its quotation, else that of the one before;
    with the sentence it stands in and the name of the rule. `last` is where the words of the number end.
    """
    index = mention.sentence
    closing = speakers.closing.get(index)
    if here := speakers.sources[index]:
        source = _nearest(here, mention.begin, last, {one for one in here if (index, one) in speakers.relays})
        return index, source, source.rule
    if closing is not None and speakers.sources[closing]:
        return closing, speakers.sources[closing][0], "source of the quotation"
    if _follows(document, index) and speakers.sources[index - 1]:
        return index - 1, speakers.sources[index - 1][-1], "source of the sentence before"
    return None


def _nearest(sources: tuple[Source, ...], first: int, last: int, relays: set[Source]) -> Source:
    """The source next to tokens first..last; one that only relays gives way to who stands before them:
    "by the president's words 2,300 are there, RIA writes".
    """
    nearest = min(sources, key=lambda one: (_distance(one, first, last), one.first))
    before = [one for one in sources if one.last < first and one not in relays]
    return before[-1] if nearest in relays and before and nearest.first > last else nearest


def _follows(document: Document, index: int) -> bool:
    """Whether a sentence has another before it in its paragraph."""
    return index > 0 and document.sentences[index - 1].paragraph == document.sentences[index].paragraph


def _quotations(document: Document) -> dict[int, int]:
    """Sentences inside a quotation that goes on: each with the sentence in which the quotation closes."""
    closing: dict[int, int] = {}
    inside: list[int] = []
    for index, sentence in enumerate(document.sentences):
        if inside and not _follows(document, index):
            inside = []
        opened = bool(inside)
        for token in sentence.tokens:
            if token.text in '“”"':
                opened = token.text == "“" or (token.text == '"' and not opened)
        if inside and not opened:
            closing.update(dict.fromkeys(inside, index))
            inside = []
        elif opened:
            inside.append(index)
    return closing


def _distance(source: Source, first: int, last: int) -> int:
    if source.last < first:
        return first - source.last
    return max(0, source.first - last)


def _sources(sentence: Sentence, lexicon: Lexicon) -> Iterator[Source]:
    tokens = sentence.tokens
    for index in range(len(tokens)):
        if index < _HEADLINE and tokens[index].text == ":":
            if _speaks_in_headline(tokens, index, lexicon):
                yield Source(0, index - 1, (0, index - 1), "headline source")
        elif cited := lexicon.cite.at(tokens, index):
            first = index + len(cited[0].words)
            last = _noun_phrase_end(tokens, first, lexicon)
            if _names_someone(tokens, first, last, lexicon):
                yield Source(index, last, (first, last), "cited source")
        elif tokens[index].lower == "by":
            last = _noun_phrase_end(tokens, index + 1, lexicon)
            if _begins_clause(tokens, index, lexicon) and _names_someone(tokens, index + 1, last, lexicon):
                yield Source(index, last, (index + 1, last), "by source")
        elif said := lexicon.say.at(tokens, index):
            yield from _said(tokens, index, index + len(said[0].words) - 1, lexicon)


def _speaks_in_headline(tokens: tuple[Token, ...], colon: int, lexicon: Lexicon) -> bool:
    """Whether what stands before a colon can speak: "Ministry: 12 dead", not "Photo:" or "See also:"."""
    return any(
        lexicon.names.at(tokens, index)
        or lexicon.places.at(tokens, index)
        or tokens[index].lower in lexicon.agents
        for index in range(colon)
    )


def _begins_clause(tokens: tuple[Token, ...], index: int, lexicon: Lexicon) -> bool:
    """Whether "by" gives a source ("By the ministry, …", "…, by the authorities") and not an agent."""
    before = tokens[index - 1] if index else None
    return before is None or before.text == "," or bool(lexicon.say.at(tokens, index - 1))


def _said(tokens: tuple[Token, ...], first: int, last: int, lexicon: Lexicon) -> Iterator[Source]:
    """Source before the verb ("police said") or after it (", said the mayor")."""
    passive = any(token.lower in lexicon.grammar.be for token in tokens[max(0, first - 2) : first])
    if passive:
        return
    begin = _noun_phrase_begin(tokens, first - 1, lexicon)
    if begin < first and _names_someone(tokens, begin, first - 1, lexicon):
        yield Source(begin, _with_day(tokens, last, lexicon), (begin, first - 1), "source and verb")
        return
    end = _noun_phrase_end(tokens, last + 1, lexicon)
    inverted = first == 0 or tokens[first - 1].text in _STOPS
    if inverted and _names_someone(tokens, last + 1, end, lexicon):
        yield Source(first, _with_day(tokens, end, lexicon), (last + 1, end), "verb and source")


def _noun_phrase_begin(tokens: tuple[Token, ...], last: int, lexicon: Lexicon) -> int:
    index = last
    while index >= max(0, last - _SUBJECT + 1):
        token = tokens[index]
        if token.text in _STOPS or token.lower in _BEGINS:
            break
        index -= 1
    first = index + 1
    while first <= last and (
        not tokens[first].text[0].isalnum()
        or tokens[first].lower in (*lexicon.grammar.coordinators, "also", "then")
    ):
        first += 1
    return first


def _noun_phrase_end(tokens: tuple[Token, ...], first: int, lexicon: Lexicon) -> int:
    """The last token of the noun phrase that begins at `first`."""
    index = first
    while index < min(len(tokens), first + _SUBJECT):
        token = tokens[index]
        article = token.lower in ("the", "a") and index > first
        new = article and tokens[index - 1].lower not in lexicon.grammar.closing
        ends = token.lower in lexicon.grammar.be or token.lower in _ENDS or token.text[0].isdecimal()
        if token.text in _STOPS or ends or new or lexicon.say.at(tokens, index):
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


def _names_someone(tokens: tuple[Token, ...], first: int, last: int, lexicon: Lexicon) -> bool:
    """Whether tokens first..last name a speaker: an actor, an office, a pronoun, or a person by name."""
    for index in range(first, min(last + 1, len(tokens))):
        token = tokens[index]
        word = token.lower.removesuffix("'s")
        if (
            lexicon.names.at(tokens, index)
            or word in lexicon.agents
            or word.removesuffix("s") in lexicon.agents
        ):
            return True
        if token.lower in lexicon.pronouns and last - first <= 2:
            return True
        if lexicon.places.at(tokens, index) and last - first <= 2:
            return True
        # A capital at the head of a sentence names a person only where it is all of the subject.
        capital = token.text[0].isupper() and (index > first or first == last)
        if capital and token.lower not in lexicon.months and token.lower not in lexicon.weekdays:
            return True
    return False


def _actor(tokens: tuple[Token, ...], source: Source, known: list[str], lexicon: Lexicon) -> str | None:
    """The actor named in the phrase: the longest name wins; "he", "the ministry" go back to the last one."""
    first, last = source.who
    named = [
        (len(entry.words), -index, entry.name)
        for index in range(first, last + 1)
        for entry in lexicon.names.at(tokens, index)[:1]
    ]
    spoken = {token.lower for token in tokens[first : last + 1]}
    earlier = [actor for actor in reversed(known) if _is_called(actor, spoken, lexicon)]
    if named and not (max(named)[0] == 1 and earlier):
        return max(named)[2]
    if earlier:
        return earlier[0]
    if spoken & lexicon.pronouns and known and last - first <= 2:
        return known[-1]
    return max(named)[2] if named else None


def _is_called(actor_id: str, spoken: set[str], lexicon: Lexicon) -> bool:
    """Whether one of the words spoken is an office word in a name of several words of that actor."""
    offices = spoken & lexicon.agents
    names = next((one.aliases for one in lexicon.actors if one.actor_id == actor_id), ())
    return any(" " in name and offices & set(name.lower().split()) for name in names)
