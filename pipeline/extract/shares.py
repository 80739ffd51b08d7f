"""Shares of a count by place or group, which leave out what is shared out.

"268: 190 in Mesa Alta, 55 in Torin and 23 in Ibar", "Dembe sent 1,800 soldiers, Sahil 1,200 and Morra 850",
"11,400 people (2,310 families)".
"""

from __future__ import annotations

from typing import Final

from pipeline.extract.document import Draft, Mention, Token
from pipeline.extract.lexicon import Lexicon
from pipeline.extract.nouns import Noun

_JOINTS: Final = frozenset(",;:(–—-")
_ENDS: Final = frozenset(",;.)–—:")
_REACH: Final = 16  # tokens between two shares


def located(
    tokens: tuple[Token, ...], claims: list[Draft], mention: Mention, noun: Noun | None, lexicon: Lexicon
) -> Draft | None:
    """The claim before a bare number with a place of its own: "…, 55 in Torin and 23 in Ibar"; one that
    opens a sentence goes with the sentence before: "3,950 are in Tessa".
    """
    if noun is not None or not is_located(tokens, mention.stop + 1, lexicon):
        return None
    if mention.begin == 0:
        near = [draft for draft in claims if mention.sentence - draft.mention.sentence == 1]
        return near[-1] if near else None
    same = [draft for draft in claims if draft.mention.sentence == mention.sentence]
    return _before(same, mention) if _opens(tokens, mention, lexicon) else None


def is_located(tokens: tuple[Token, ...], index: int, lexicon: Lexicon) -> bool:
    """Whether "in" and a name stand at `index`, behind a number: "55 in Torin", "3,950 are in Tessa"."""
    index += index < len(tokens) and tokens[index].lower in ("are", "were", "is", "was")
    index += index < len(tokens) and tokens[index].lower in ("more", "others")
    if index + 1 >= len(tokens) or tokens[index].lower not in lexicon.grammar.locatives:
        return False
    name = index + 1 + (tokens[index + 1].lower == "the")
    if name >= len(tokens) or tokens[name].lower in lexicon.months:
        return False
    return tokens[name].text[0].isupper() or tokens[name].lower in lexicon.grammar.directions


def gapped(
    tokens: tuple[Token, ...], same: list[Draft], mention: Mention, noun: Noun | None, lexicon: Lexicon
) -> Draft | None:
    """The claim whose verb is left out: "…, Sahil 1,200 and Morra 850", "Belarus – 500"."""
    name = mention.begin - 1
    if name > 1 and tokens[name].text in "–—-" and tokens[name - 1].end < tokens[name].start:
        name -= 1  # "Belarus – 500"
    if noun is not None or name < 1 or not tokens[name].text[0].isupper():
        return None
    if tokens[name].lower in lexicon.months or tokens[name].lower in lexicon.weekdays:
        return None
    first = name
    while first > 0 and tokens[first - 1].text[0].isupper():
        first -= 1
    opens = first > 0 and (
        tokens[first - 1].text in ",;" or tokens[first - 1].lower in lexicon.grammar.coordinators
    )
    after = mention.stop + 1
    ends = after >= len(tokens) or tokens[after].text in _ENDS or tokens[after].lower == "and"
    return _before(same, mention) if opens and ends else None


def restated(
    tokens: tuple[Token, ...], same: list[Draft], mention: Mention, noun: Noun | None
) -> Draft | None:
    """The claim that brackets count again in another unit: "11,400 people (2,310 families)"."""
    if noun is None or noun.name != "families" or tokens[mention.begin - 1].text != "(":
        return None
    return _before(same, mention)


def _opens(tokens: tuple[Token, ...], mention: Mention, lexicon: Lexicon) -> bool:
    before = tokens[mention.begin - 1] if mention.begin else None
    return before is not None and (before.text in _JOINTS or before.lower in lexicon.grammar.coordinators)


def _before(same: list[Draft], mention: Mention) -> Draft | None:
    before = [draft for draft in same if draft.mention.stop < mention.begin]
    return before[-1] if before and mention.begin - before[-1].mention.stop <= _REACH else None
