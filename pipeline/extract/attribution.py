"""Who says so: the phrase that names the source of a claim, and the actor it resolves to."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from pipeline.extract.document import Document, Draft, Mention, Rejection, Token
from pipeline.extract.lexicon import Lexicon
from pipeline.extract.sources import Source, sources_in

_OTHER_CLAUSE: Final = frozenset({"while", "whereas", "but", "and"})


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
    relays: set[tuple[int, Source]] = set()
    for index, sentence in enumerate(document.sentences):
        sources[index] = tuple(sources_in(sentence.tokens, lexicon))
        relays.update((index, one) for one in sources[index] if _passes_on(sentence.tokens, one, lexicon))
        for source in sources[index]:
            actor = _actor(sentence.tokens, source, known, lexicon)
            if actor is not None:
                actors[index, source] = actor
                known.append(actor)
    press = {actor.actor_id for actor in lexicon.actors if actor.side == "press"}
    relays.update(key for key, actor in actors.items() if actor in press)
    return Speakers(sources, actors, _quotations(document), frozenset(relays))


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
    tokens = document.sentences[index].tokens
    here = tuple(one for one in speakers.sources[index] if not _opens_clause(tokens, one, last))
    if here:
        source = _nearest(here, mention.begin, last, {one for one in here if (index, one) in speakers.relays})
        return index, source, source.rule
    if closing is not None and speakers.sources[closing]:
        return closing, speakers.sources[closing][0], "source of the quotation"
    if _follows(document, index) and speakers.sources[index - 1]:
        return index - 1, speakers.sources[index - 1][-1], "source of the sentence before"
    return None


def _opens_clause(tokens: tuple[Token, ...], source: Source, last: int) -> bool:
    """Whether the source begins another clause behind the number: "164 died, while police said …"."""
    before = tokens[source.first - 1].lower if source.first else ""
    return source.first > last and before in _OTHER_CLAUSE


def _nearest(sources: tuple[Source, ...], first: int, last: int, relays: set[Source]) -> Source:
    """The source next to tokens first..last; one that only relays gives way to who stands before them:
    "by the president's words 2,300 are there, RIA writes"; and "we" to who says it.
    """
    nearest = min(sources, key=lambda one: (_distance(one, first, last), one.first))
    if (
        nearest in relays
        and nearest.last < first
        and (named := [one for one in sources if one not in relays])
    ):
        return min(named, key=lambda one: (_distance(one, first, last), one.first))
    before = [one for one in sources if one.last < first and one not in relays]
    return before[-1] if nearest in relays and before and nearest.first > last else nearest


def _passes_on(tokens: tuple[Token, ...], source: Source, lexicon: Lexicon) -> bool:
    """Whether the source is the first person of a quotation ('"We counted 112," the governor said') or one
    that relays: "the paper wrote".
    """
    first, last = source.who
    quoted = first == last and tokens[first].lower in ("we", "i")
    return quoted or tokens[last].lower in lexicon.relays


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
