"""Parts of wholes: "including 103 in Almaty", "19 of them officers", lists whose entries share a total.

Also scope: what is a part is a subset; what is "more" than before is a change.
"""

from __future__ import annotations

from dataclasses import replace

from pipeline.extract.carried import is_part
from pipeline.extract.document import Document, Draft, Token
from pipeline.extract.lexicon import Lexicon


def link(document: Document, lexicon: Lexicon) -> Document:
    """Fill `part_of` and `scope`. A whole stands before its part, counts the same and is not smaller."""
    claims = tuple(_linked(document, index, draft, lexicon) for index, draft in enumerate(document.claims))
    return replace(document, claims=claims)


def _linked(document: Document, index: int, draft: Draft, lexicon: Lexicon) -> Draft:
    tokens = document.tokens(draft.mention)
    if "list" in draft.rules or is_part(tokens, draft.mention, lexicon):
        whole = _whole(document, index, draft)
        rules = (*draft.rules, "part of") if whole is not None else draft.rules
        return replace(draft, scope="subset", part_of=whole, rules=rules)
    if _is_change(tokens, draft, lexicon):
        return replace(draft, scope="change", rules=(*draft.rules, "change"))
    return draft


def _whole(document: Document, index: int, draft: Draft) -> int | None:
    """The claim of which this is a part: for a list its first claim, else the nearest in the paragraph."""
    earlier = range(index) if "list" in draft.rules else range(index - 1, -1, -1)
    paragraph = document.sentences[draft.mention.sentence].paragraph
    for candidate in earlier:
        other = document.claims[candidate]
        near = document.sentences[other.mention.sentence].paragraph == paragraph
        if other.metric != draft.metric or not ("list" in draft.rules or near):
            continue
        if other.scope != "subset" and other.part_of is None and _holds(other, draft):
            return candidate
    return None


def _holds(whole: Draft, part: Draft) -> bool:
    """Whether the whole may be as large as the part: known ends decide, open ends allow."""
    size = part.mention.value if part.mention.value is not None else part.mention.low
    limit = whole.mention.high if whole.mention.high is not None else None
    if size is None or limit is None:
        return whole.mention.value is None or size is None or whole.mention.value >= size
    return limit >= size


def _is_change(tokens: tuple[Token, ...], draft: Draft, lexicon: Lexicon) -> bool:
    grammar, mention = lexicon.grammar, draft.mention
    if grammar.change_before.before(tokens, mention.begin) is not None:
        return True
    last = max(mention.stop, draft.noun[1] if draft.noun else -1, draft.trigger[1] if draft.trigger else -1)
    return any(
        grammar.change_after.at(tokens, index)
        for index in range(mention.stop + 1, min(len(tokens), last + 2))
    )
