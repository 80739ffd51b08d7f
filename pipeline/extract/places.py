"""Where the people counted are: the event's gazetteer first, then capitalised names after a preposition."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from pipeline.extract.document import Document, Draft, Token
from pipeline.extract.lexicon import Entry, Lexicon

_LONGEST: Final = 4
_APPOSITION: Final = 10  # tokens between "in" and the name in "in the country's largest city, Almaty"


def locate(document: Document, lexicon: Lexicon) -> Document:
    """Fill `place_text`, `place_id` and `country` from the claim's own sentence, else from its whole's."""
    claims: list[Draft] = []
    beside: dict[int, list[Draft]] = defaultdict(list)
    for draft in document.claims:
        beside[draft.mention.sentence].append(draft)
    for draft in document.claims:
        same = beside[draft.mention.sentence]
        located = draft if draft.place_text else _located(document, draft, same, lexicon)
        if located.place_text is None and draft.part_of is not None:
            whole = (claims if draft.part_of < len(claims) else document.claims)[draft.part_of]
            located = replace(
                draft, place_text=whole.place_text, place_id=whole.place_id, country=whole.country
            )
        claims.append(located)
    return replace(document, claims=tuple(claims))


def _located(document: Document, draft: Draft, same: list[Draft], lexicon: Lexicon) -> Draft:
    tokens = document.tokens(draft.mention)
    found = list(_gazetteer(tokens, lexicon))
    if not found and any(token.text[0].islower() for token in tokens):  # capitals alone name nothing
        found = list(_names(tokens, lexicon))
    part = _next_part(document, draft, same, lexicon)
    found = [place for place in found if part is None or place[0] < part]
    found = [place for place in found if not _is_apart(tokens, place, draft)]
    if not found:
        return draft
    first, last, place_id = min(found, key=lambda place: (_distance(place, draft, document), place[0]))
    place = lexicon.gazetteer.get(place_id) if place_id else None
    return replace(
        draft,
        place_text=document.text[tokens[first].start : tokens[last].end],
        place_id=place_id,
        country=place.country if place else None,
    )


def _is_apart(tokens: tuple[Token, ...], place: tuple[int, int, str | None], draft: Draft) -> bool:
    """Whether a semicolon stands between the claim and the place: they belong to two statements."""
    first, last, _ = place
    mention = draft.mention
    between = tokens[last : mention.begin] if last < mention.begin else tokens[mention.stop : first]
    return any(token.text == ";" for token in between)


def _next_part(document: Document, draft: Draft, same: list[Draft], lexicon: Lexicon) -> int | None:
    """Index of the first part after the claim in its sentence: "164 dead, 103 of them in Almaty".

    A place behind it is the part's, also where the part has no number: "2,300 hurt, half of them in Almaty".
    """
    tokens = document.tokens(draft.mention)
    parts = [one.mention.first for one in same if one.scope == "subset"]
    parts = [first for first in parts if first > draft.mention.first]
    last = max(draft.mention.stop, draft.noun[1] if draft.noun else -1)
    unnumbered = (
        index
        for index in range(last + 3, len(tokens))
        if lexicon.grammar.part_after.at(tokens, index) and tokens[index - 2].text in ",;(–—"
    )
    return min([*parts, *unnumbered], default=None)


def _gazetteer(tokens: tuple[Token, ...], lexicon: Lexicon) -> Iterator[tuple[int, int, str | None]]:
    """Places of the event that stand after a preposition, begin the line or own something ("Almaty's")."""
    index = 0
    while index < len(tokens):
        entries = lexicon.places.at(tokens, index)
        if entries and tokens[index].text[0].isupper():
            last = index + len(entries[0].words) - 1
            if _stands_as_place(tokens, index, lexicon) or _has_authority(tokens, last, entries[0], lexicon):
                yield index, last, entries[0].name
            index = last
        index += 1


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


def _names(tokens: tuple[Token, ...], lexicon: Lexicon) -> Iterator[tuple[int, int, str | None]]:
    """Capitalised names after "in", "at", "near" …: at once, or after a noun for a place."""
    for index, token in enumerate(tokens[:-1]):
        if token.lower in lexicon.grammar.locatives and token.lower != "from":
            first = index + 1 + (tokens[index + 1].lower == "the")
            for start in (first, *_after_place_noun(tokens, first, lexicon)):
                last = start - 1
                while last + 1 < min(len(tokens), start + _LONGEST) and _is_name(tokens[last + 1], lexicon):
                    last += 1
                if last >= start and not _describes(tokens, last, lexicon):
                    yield start, last, None
                    break


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
            yield index + 1 + (tokens[index + 1].lower in (",", "of"))


def _is_name(token: Token, lexicon: Lexicon) -> bool:
    return (
        token.text[0].isupper() and token.lower not in lexicon.months and token.lower not in lexicon.weekdays
    )


def _distance(place: tuple[int, int, str | None], draft: Draft, document: Document) -> int:
    """Tokens between the number and the place; what stands before the number is a little further away."""
    first, last, _ = place
    mention = draft.mention
    tokens = document.tokens(mention)
    left, right = (last, mention.begin) if last < mention.begin else (mention.stop, first)
    breaks = sum(token.text in ";" or token.lower in ("while", "but") for token in tokens[left:right])
    return abs(right - left) + (3 if last < mention.begin else 0) + 20 * breaks
