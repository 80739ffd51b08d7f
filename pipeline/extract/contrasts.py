"""A number set against the claim before it: what the count was before, elsewhere, or falsely said to be.

"Rose to 225 from 164", "goes from 8 to 37", "77, as against 140 in 2021", "17, not 26".
"""

from __future__ import annotations

from typing import Final

from pipeline.extract.document import Draft, Mention, Token
from pipeline.extract.lexicon import Lexicon
from pipeline.extract.nouns import Noun

_REACH: Final = 20  # tokens between a claim and the number set against it
_ATTRIBUTES: Final = 3  # tokens between "from" and its number: "from an earlier figure of 12"


def contrasted(
    tokens: tuple[Token, ...], same: list[Draft], mention: Mention, noun: Noun | None, lexicon: Lexicon
) -> tuple[Draft, str, str] | None:
    """The claim of the sentence that `mention` is set against, the rule, and the stance that follows."""
    if noun is not None and noun.kind != "people":
        return None
    near = [draft for draft in same if _distance(draft, mention) <= _REACH]
    if not near:
        return None
    claim = min(near, key=lambda draft: _distance(draft, mention))
    if lexicon.grammar.contrasted.before(tokens, mention.begin):
        return claim, "contrast", "denied"
    if lexicon.grammar.compared.before(tokens, mention.begin):
        return claim, "comparison", "asserted"
    if _came_from(tokens, claim, mention, lexicon):
        return claim, "earlier figure", "superseded"
    return None


def _distance(draft: Draft, mention: Mention) -> int:
    return max(mention.begin - draft.mention.stop, draft.mention.begin - mention.stop)


def _came_from(tokens: tuple[Token, ...], claim: Draft, mention: Mention, lexicon: Lexicon) -> bool:
    """Whether a count moved from `mention` to the claim: "up from 12", "from an earlier 12"."""
    start = next(
        (
            index
            for index in range(mention.begin - 1, max(-1, mention.begin - 2 - _ATTRIBUTES), -1)
            if tokens[index].lower == "from"
        ),
        None,
    )
    if start is None:
        return False
    first = min(claim.mention.begin, start)
    stretch = tokens[max(0, first - _REACH) : start]
    return any(token.lower in lexicon.grammar.moving for token in stretch)
