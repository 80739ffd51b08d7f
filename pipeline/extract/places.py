"""Where the people counted are: the event's gazetteer first, then capitalised names after a preposition."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Final

import polars as pl

from pipeline.events import Place
from pipeline.extract.document import Document, Draft, Token
from pipeline.extract.lexicon import Lexicon
from pipeline.extract.phrases import Entry
from pipeline.extract.tokens import tokenise

Named = tuple[int, int, str | None]  # first and last token of a place's words, and the place if it is known

_LEAD: Final = 3  # sentences of an article that say what it is about
_FEWEST: Final = 5  # articles that can agree on where they are about
_AGREED: Final = 0.6  # share of articles that name a country all are about
_SMALL_WORD: Final = 4  # letters of a word that a headline may leave small: "with", "from"
_LONGEST: Final = 4
_ENTRY_SIGNS: Final = ("–", "—", "-", ":")
_APART: Final = frozenset({";", "while", "but"})
_APPOSITION: Final = 10  # tokens between "in" and the name in "in the country's largest city, Almaty"


def locate(document: Document, lexicon: Lexicon) -> Document:
    """Fill `place_text`, `place_id` and `country` from the claim's own sentence, else from its whole's."""
    claims: list[Draft] = []
    beside: dict[int, list[Draft]] = defaultdict(list)
    for draft in document.claims:
        beside[draft.mention.sentence].append(draft)
    home = None if lexicon.settled or not document.claims else _home(document, lexicon)
    grounds: dict[int, _Ground] = {}
    for draft in document.claims:
        index = draft.mention.sentence
        if index not in grounds:
            grounds[index] = _ground(document.sentences[index].tokens, beside[index], lexicon)
        located = draft if draft.place_text else _located(document, draft, grounds[index], lexicon)
        if located.place_text is None and draft.part_of is not None:
            whole = (claims if draft.part_of < len(claims) else document.claims)[draft.part_of]
            located = replace(
                draft, place_text=whole.place_text, place_id=whole.place_id, country=whole.country
            )
        if located.place_text is None and located.place_id is None and home is not None:
            located = replace(located, place_id=home.place_id, country=home.country)
        claims.append(located)
    return replace(document, claims=tuple(claims))


def home_of(articles: pl.DataFrame, lexicon: Lexicon) -> Place | None:
    """The country that most of the articles (column `text`) name, if enough of them agree."""
    names = {
        " ".join(entry.words): entry.name
        for entry in lexicon.places.entries
        if lexicon.gazetteer[entry.name].kind == "country"
    }
    if not names or articles.height < _FEWEST:
        return None
    pattern = rf"\b(?:{'|'.join(sorted(names, key=lambda name: (-len(name), name)))})\b"
    named = (
        articles.select(
            pl.col("text")
            .str.to_lowercase()
            .str.extract_all(pattern)
            .list.eval(
                pl.element()
                .replace_strict(names, default=None, return_dtype=pl.String())
                .drop_nulls()
                .unique()
            )
        )
        .explode("text")
        .drop_nulls()
    )
    if named.is_empty():
        return None
    most, count = (
        named.get_column("text").value_counts().sort("count", "text", descending=[True, False]).row(0)
    )
    return lexicon.gazetteer[most] if count >= _AGREED * articles.height else None


def _home(document: Document, lexicon: Lexicon) -> Place | None:
    """Where an article is about if its event does not say: where its articles agree to be, else the country
    that it names most often. A country's name counts three times as much as an adjective, "in" it and in the
    first sentences twice as much again; "Russia-led" not at all.
    """
    if lexicon.home is not None:
        return lexicon.home
    weight: Counter[str] = Counter()
    title = tokenise(document.title, 0, len(document.title))
    for index, tokens in enumerate((title, *(sentence.tokens for sentence in document.sentences))):
        for step, token in enumerate(tokens):
            for entry in lexicon.places.at(tokens, step)[:1]:
                after = tokens[step + len(entry.words) : step + len(entry.words) + 1]
                place = lexicon.gazetteer[entry.name]
                country = token.text[0].isupper() and place.kind == "country"
                if not country or (after and after[0].text == "-"):
                    continue
                inside = step > 0 and tokens[step - 1].lower in lexicon.grammar.place_prepositions
                named = " ".join(entry.words) == place.name.lower()
                weight[entry.name] += (3 if named else 1) * (2 if inside else 1) * (2 if index < _LEAD else 1)
    return lexicon.gazetteer[min(weight, key=lambda name: (-weight[name], name))] if weight else None


@dataclass(frozen=True, slots=True)
class _Ground:
    """What a sentence of claims says of places. Of each token: how many semicolons, and how many words that
    set two statements apart, stand before it.
    """

    places: tuple[Named, ...]
    claims: list[Draft]
    begins: frozenset[int]
    semicolons: tuple[int, ...]
    breaks: tuple[int, ...]


def _ground(tokens: tuple[Token, ...], claims: list[Draft], lexicon: Lexicon) -> _Ground:
    found = list(_gazetteer(tokens, lexicon))
    if (not found or not lexicon.settled) and not _is_headline(tokens):
        found += _names(tokens, lexicon)
    return _Ground(
        tuple(found),
        claims,
        frozenset(one.mention.begin for one in claims),
        tuple(accumulate((token.text == ";" for token in tokens), initial=0)),
        tuple(accumulate((token.lower in _APART for token in tokens), initial=0)),
    )


def _located(document: Document, draft: Draft, ground: _Ground, lexicon: Lexicon) -> Draft:
    tokens = document.tokens(draft.mention)
    part = _next_part(document, draft, ground.claims, lexicon)
    found = [place for place in ground.places if part is None or place[0] < part]
    found = [place for place in found if not _is_apart(ground, place, draft)]
    heading = [place for place in found if _heads(tokens, place) and place[1] + 2 == draft.mention.begin]
    found = heading or [
        place for place in found if not (_heads(tokens, place) and place[1] + 2 in ground.begins)
    ]
    if not found:
        return draft
    first, last, place_id = min(found, key=lambda place: (_distance(ground, place, draft), place[0]))
    place = lexicon.gazetteer.get(place_id) if place_id else None
    return replace(
        draft,
        place_text=document.text[tokens[first].start : tokens[last].end],
        place_id=place_id,
        country=place.country if place else None,
    )


def _is_headline(tokens: tuple[Token, ...]) -> bool:
    """Whether every word has a capital that can have one: there capitals name nothing."""
    content = [token for token in tokens if token.text[0].isalpha() and len(token.text) > _SMALL_WORD]
    return all(token.text[0].isupper() for token in content)


def _heads(tokens: tuple[Token, ...], place: Named) -> bool:
    """Whether the place heads an entry of a list, which a number behind the sign ends: "in Oran – 10"."""
    return place[1] + 1 < len(tokens) and tokens[place[1] + 1].text in _ENTRY_SIGNS


def _between(place: Named, draft: Draft) -> tuple[int, int]:
    """From which token on to which the claim and the place are apart; nothing if one is in the other."""
    first, last, _ = place
    begin, stop = draft.mention.begin, draft.mention.stop
    return (last, begin) if last < begin else (stop, max(stop, first))


def _is_apart(ground: _Ground, place: Named, draft: Draft) -> bool:
    """Whether a semicolon stands between the claim and the place: they belong to two statements."""
    left, right = _between(place, draft)
    return ground.semicolons[right] > ground.semicolons[left]


def _next_part(document: Document, draft: Draft, same: list[Draft], lexicon: Lexicon) -> int | None:
    """Index of the first part after the claim in its sentence: "164 dead, 103 of them in Almaty".

    A place behind it is the part's, also where the part has no number: "2,300 hurt, half of them in Almaty".
    """
    tokens = document.tokens(draft.mention)
    parts = [one.mention.first for one in same if one.scope == "subset"]
    # "36 people, including 26 children, were killed in Aden": the verb of all stands behind the part
    own = max(draft.mention.first, draft.trigger[0] if draft.trigger else -1)
    parts = [first for first in parts if first > own]
    last = max(draft.mention.stop, draft.noun[1] if draft.noun else -1)
    unnumbered = (
        index
        for index, _ in lexicon.grammar.part_after.within(tokens, last + 3, len(tokens) - 1)
        if tokens[index - 2].text in ",;(–—"
    )
    return min([*parts, *unnumbered], default=None)


def _gazetteer(tokens: tuple[Token, ...], lexicon: Lexicon) -> Iterator[Named]:
    """Places of the event that stand after a preposition, begin the line or own something ("Almaty's")."""
    last = -1
    for index, entries in lexicon.places.within(tokens, 0, len(tokens) - 1):
        if index <= last or not tokens[index].text[0].isupper():
            continue
        last = index + len(entries[0].words) - 1
        if _stands_as_place(tokens, index, lexicon) or _has_authority(tokens, last, entries[0], lexicon):
            yield index, last, entries[0].name


def _stands_as_place(tokens: tuple[Token, ...], first: int, lexicon: Lexicon) -> bool:
    before = [token.lower for token in tokens[max(0, first - 6) : first]]
    if before[-1:] == ["the"]:
        before.pop()
    if not before or before[-1] in lexicon.grammar.place_prepositions:
        return bool(before)
    # "in the largest city, Almaty", "in the former capital Almaty"
    return bool(set(before) & (lexicon.grammar.locatives - {"from"})) or before[-1] == ","


def _has_authority(tokens: tuple[Token, ...], last: int, entry: Entry, lexicon: Lexicon) -> bool:
    """As in "Almaty officials reported": they speak of their city, though those of a country may not."""
    local = lexicon.gazetteer[entry.name].kind != "country"
    return local and last + 1 < len(tokens) and tokens[last + 1].lower in lexicon.agents


def _names(tokens: tuple[Token, ...], lexicon: Lexicon) -> Iterator[Named]:
    """Capitalised names after "in", "at", "near" …: at once, or after a noun for a place."""
    for index, token in enumerate(tokens[:-1]):
        if token.lower in lexicon.grammar.locatives and token.lower != "from":
            first = index + 1 + (tokens[index + 1].lower == "the")
            first += first < len(tokens) and tokens[first].lower in lexicon.grammar.directional
            for start in (first, *_after_place_noun(tokens, first, lexicon)):
                last = _name_end(tokens, start, lexicon)
                if last >= start and not _describes(tokens, last, lexicon):
                    yield start, last, None
                    break


def _name_end(tokens: tuple[Token, ...], start: int, lexicon: Lexicon) -> int:
    """The last token of the name that begins at `start`, over hyphens too ("Jalal-Abad"); else start - 1."""
    last = start - 1
    while last + 1 < min(len(tokens), start + _LONGEST) and _is_name(tokens[last + 1], lexicon):
        last += 1
        while (
            last + 2 < len(tokens)
            and tokens[last + 1].text == "-"
            and tokens[last].end == tokens[last + 1].start == tokens[last + 2].start - 1
        ):
            last += 2
    return last


def _describes(tokens: tuple[Token, ...], last: int, lexicon: Lexicon) -> bool:
    """Whether the name only describes a noun after it: "in Kazakh unrest"."""
    after = tokens[last + 1].lower if last + 1 < len(tokens) else ""
    return after.isalpha() and tokens[last + 1].text.islower() and after not in lexicon.grammar.closing


def _after_place_noun(tokens: tuple[Token, ...], first: int, lexicon: Lexicon) -> Iterator[int]:
    """Where the name begins in "the southern city of Mykolaiv", "the old capital, Almaty"."""
    for index in range(first, min(len(tokens) - 1, first + _APPOSITION)):
        if tokens[index].text in ";:.!?()":
            return
        if tokens[index].lower in lexicon.grammar.place_nouns:
            name = index
            while name > first and _is_name(tokens[name - 1], lexicon):
                name -= 1
            if name < index:  # "in the country's northern Kunduz province"
                yield name
            yield index + 1 + (tokens[index + 1].lower in (",", "of"))


def _is_name(token: Token, lexicon: Lexicon) -> bool:
    return (
        token.text[0].isupper() and token.lower not in lexicon.months and token.lower not in lexicon.weekdays
    )


def _distance(ground: _Ground, place: Named, draft: Draft) -> int:
    """Tokens between the number and the place; what stands before the number is a little further away."""
    first, last, _ = place
    mention = draft.mention
    before = last < mention.begin
    left, right = _between(place, draft)
    breaks = ground.breaks[right] - ground.breaks[left]
    tokens = mention.begin - last if before else abs(first - mention.stop)
    return tokens + (3 if before else 0) + 20 * breaks
