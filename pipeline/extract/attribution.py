"""Who says so: the phrase that names the source of a claim, and the actor it resolves to."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from pipeline.extract.document import Document, Draft, Mention, Rejection, Token
from pipeline.extract.lexicon import Lexicon
from pipeline.extract.quotations import Quotations, quotations
from pipeline.extract.sources import Source, sources_in

_ADVERBIAL: Final = 10  # tokens of "told reporters in the capital on Monday"
_DAYTIMES: Final = ("morning", "noon", "afternoon", "evening", "night")
_OTHER_CLAUSE: Final = frozenset({"while", "whereas", "but", "and"})


@dataclass(frozen=True, slots=True)
class Speakers:
    """The sources of a text: by sentence, the actors they resolve to, and the quotations between them."""

    sources: dict[int, tuple[Source, ...]]
    actors: dict[tuple[int, Source], str]
    quotations: Quotations
    relays: frozenset[tuple[int, Source]]


Found = tuple[int, Source, str]  # sentence, source, name of the rule


def attribute(document: Document, lexicon: Lexicon) -> Document:
    """Fill `attribution` (offsets) and `actor_id`; a pronoun goes back to the last actor named.

    Numbers that are no claims have sources too: whoever counts tents may count the dead in the same breath.
    """
    speakers = _speakers(document, lexicon)
    claims = tuple(_attributed(document, draft, speakers, lexicon) for draft in document.claims)
    rejected = tuple(_rejection_attributed(document, one, speakers, lexicon) for one in document.rejected)
    return replace(document, claims=claims, rejected=rejected)


def _speakers(document: Document, lexicon: Lexicon) -> Speakers:
    sources: dict[int, tuple[Source, ...]] = {}
    actors: dict[tuple[int, Source], str] = {}
    known: dict[str, None] = {}  # each actor once, the last named last
    relays: set[tuple[int, Source]] = set()
    near = {one.mention.sentence - step for one in document.rejected for step in (0, 1)}
    spoken = quotations(document)
    for index, sentence in enumerate(document.sentences):
        # Without a claim no pronoun needs its actor: the sentences around the numbers are enough.
        wanted = document.claims or index in near or spoken.closing.get(index - 1) == index
        sources[index] = tuple(sources_in(sentence.tokens, lexicon)) if wanted else ()
        relays.update((index, one) for one in sources[index] if _passes_on(sentence.tokens, one, lexicon))
        for source in sources[index]:
            actor = _actor(sentence.tokens, source, known, lexicon)
            if actor is not None:
                actors[index, source] = actor
                known.pop(actor, None)
                known[actor] = None
    press = {actor.actor_id for actor in lexicon.actors if actor.side == "press"}
    relays.update(key for key, actor in actors.items() if actor in press)
    return Speakers(sources, actors, spoken, frozenset(relays))


def _attributed(document: Document, draft: Draft, speakers: Speakers, lexicon: Lexicon) -> Draft:
    mention = draft.mention
    last = max(mention.stop, draft.trigger[1] if draft.trigger else -1)
    found = _in_sentence(document, mention, last, speakers, lexicon) or _carried_over(
        document, mention.sentence, speakers
    )
    if found is None:
        return draft
    index, source, rule = found
    return replace(
        draft,
        attribution=_offsets(document, index, source),
        actor_id=speakers.actors.get((index, source)),
        rules=(*draft.rules, rule),
    )


def _rejection_attributed(
    document: Document, rejection: Rejection, speakers: Speakers, lexicon: Lexicon
) -> Rejection:
    """What is no claim goes on with no claim: only direct speech takes its source from another sentence."""
    mention = rejection.mention
    tokens = document.tokens(mention)
    quoted = speakers.quotations.hold(tokens, mention.sentence, mention.begin)
    found = _in_sentence(document, mention, mention.stop, speakers, lexicon)
    if found is not None and found[1].rule == "verb and source" and not quoted:
        found = None if found[1].last < mention.begin else found  # "…," said a neighbour, 67
    if found is None and quoted:
        found = _carried_over(document, mention.sentence, speakers)
    return replace(rejection, attribution=_offsets(document, *found[:2])) if found else rejection


def _offsets(document: Document, index: int, source: Source) -> tuple[int, int]:
    tokens = document.sentences[index].tokens
    return tokens[source.first].start, tokens[source.last].end


def _in_sentence(
    document: Document, mention: Mention, last: int, speakers: Speakers, lexicon: Lexicon
) -> Found | None:
    """The nearest source of the number's own sentence. `last` is where the words of the number end."""
    index = mention.sentence
    tokens = document.sentences[index].tokens
    here = tuple(
        one for one in speakers.sources[index] if _reaches(tokens, one, mention.begin, last, lexicon)
    )
    if not here:
        return None
    source = _nearest(here, mention.begin, last, {one for one in here if (index, one) in speakers.relays})
    return index, source, source.rule


def _carried_over(document: Document, index: int, speakers: Speakers) -> Found | None:
    """The source of the quotation that the sentence is in, else that of the sentence before it."""
    closing = speakers.quotations.closing.get(index)
    if closing is not None and speakers.sources[closing]:
        return closing, speakers.sources[closing][0], "source of the quotation"
    if _follows(document, index) and speakers.sources[index - 1]:
        return index - 1, speakers.sources[index - 1][-1], "source of the sentence before"
    return None


def _reaches(tokens: tuple[Token, ...], source: Source, first: int, last: int, lexicon: Lexicon) -> bool:
    """Whether the source speaks of tokens first..last: not from within its own name ("A, 65, said"), nor
    from before it where another clause begins ("164 died, while police said …") or what it says follows
    ("after 12 days, the mayor said that …").
    """
    if source.first <= first <= source.last:
        return False
    if source.first < last:
        return True
    before = tokens[source.first - 1].lower if source.first else ""
    says_more = source.rule == "source and verb" and _has_content(tokens, source.last + 1, lexicon)
    return before not in _OTHER_CLAUSE and not says_more


def _has_content(tokens: tuple[Token, ...], index: int, lexicon: Lexicon) -> bool:
    """Whether what is said follows the verb of saying that ends before `index`."""
    if index >= len(tokens) or not (tokens[index].text[0].isalnum() or tokens[index].text == ":"):
        return False
    told, grammar = tokens[index - 1].lower in ("told", "tells", "informed"), lexicon.grammar
    adverbial = (grammar.prepositions, grammar.after_noun, lexicon.weekdays, _DAYTIMES)
    if not told and not any(tokens[index].lower in words for words in adverbial):
        return True
    for token in tokens[index : index + _ADVERBIAL]:
        if token.lower == "that":
            return True
        if token.text in ",;.:":
            return False
    return False


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


def _distance(source: Source, first: int, last: int) -> int:
    if source.last < first:
        return first - source.last
    return max(0, source.first - last)


def _actor(tokens: tuple[Token, ...], source: Source, known: dict[str, None], lexicon: Lexicon) -> str | None:
    """The actor named in the phrase: the longest name wins; "he", "the ministry" go back to the last one."""
    first, last = source.who
    named = [
        (len(entry.words), -index, entry.name)
        for index in range(first, last + 1)
        for entry in lexicon.names.at(tokens, index)[:1]
    ]
    spoken = {token.lower for token in tokens[first : last + 1]}
    offices = spoken & lexicon.agents
    called = (actor for actor in reversed(known) if _is_called(actor, offices, lexicon))
    earlier = next(called, None) if offices else None
    if named and not (max(named)[0] == 1 and earlier):
        return max(named)[2]
    if earlier:
        return earlier
    if spoken & lexicon.pronouns and known and last - first <= 2:
        return next(reversed(known))
    return max(named)[2] if named else None


def _is_called(actor_id: str, offices: set[str], lexicon: Lexicon) -> bool:
    """Whether one of the office words is in a name of several words of that actor."""
    names = next((one.aliases for one in lexicon.actors if one.actor_id == actor_id), ())
    return any(" " in name and offices & set(name.lower().split()) for name in names)
