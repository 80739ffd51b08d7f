"""Numbers that borrow their metric from another: coordination, parts, lists of parts, "the count was 164"."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from pipeline.extract import lists
from pipeline.extract.document import Document, Draft, Mention, Token
from pipeline.extract.joining import joins
from pipeline.extract.lexicon import Lexicon
from pipeline.extract.nouns import Noun, counted
from pipeline.extract.partitive import is_part

_COUNT: Final = 5  # tokens between "count" and its number
_COUNT_SENTENCES: Final = 3  # sentences back in which it is said what is counted


def carry(document: Document, lexicon: Lexicon) -> Document:
    """Give unbound mentions the metric of the claim they go with; those that go with none stay unbound."""
    claims, left = list(document.claims), []
    for mention in document.mentions:
        draft = _carried(document, claims, mention, lexicon)
        if draft is None:
            left.append(mention)
        else:
            claims.append(draft)
            claims.sort(key=_place)
    return replace(document, claims=tuple(claims), mentions=tuple(left))


def _place(draft: Draft) -> tuple[int, int]:
    return draft.mention.sentence, draft.mention.first


def _carried(document: Document, claims: list[Draft], mention: Mention, lexicon: Lexicon) -> Draft | None:
    tokens = document.tokens(mention)
    noun = counted(tokens, mention, lexicon)
    earlier = [draft for draft in claims if _place(draft) < (mention.sentence, mention.first)]
    same = [draft for draft in claims if draft.mention.sentence == mention.sentence]
    for rule, source in (
        ("coordination", _coordinated(tokens, same, mention, noun, lexicon)),
        ("part", _part(document, tokens, earlier, mention, lexicon)),
        ("list", lists.entry_of(tokens, earlier, same, mention)),
        ("itemised", lists.itemised(tokens, same, mention, noun)),
        ("count", _anaphoric(tokens, earlier, mention, noun, lexicon)),
    ):
        if source is not None:
            population = noun.name if noun and noun.kind == "people" else "all"
            stretch = (noun.first, noun.last) if noun else None
            return Draft(mention, source.metric, (rule,), "low", noun=stretch, population=population)
    return None


def _coordinated(
    tokens: tuple[Token, ...], same: list[Draft], mention: Mention, noun: Noun | None, lexicon: Lexicon
) -> Draft | None:
    """As in "killed eight officers and two soldiers", "12 officers and two soldiers were killed"."""
    if noun is None or noun.kind not in ("people", "other"):
        return None
    for draft in same:
        first, second = sorted((draft.mention, mention), key=lambda one: one.first)
        end = counted(tokens, first, lexicon)
        if joins(tokens, (end.last if end else first.stop) + 1, second.begin, lexicon):
            return draft
    return None


def _part(
    document: Document, tokens: tuple[Token, ...], earlier: list[Draft], mention: Mention, lexicon: Lexicon
) -> Draft | None:
    """As in "including 103 in Almaty", "two of them": the claim before it in the paragraph."""
    if not is_part(tokens, mention, lexicon):
        return None
    paragraph = document.sentences[mention.sentence].paragraph
    near = [draft for draft in earlier if document.sentences[draft.mention.sentence].paragraph == paragraph]
    return near[-1] if near else None


def _anaphoric(
    tokens: tuple[Token, ...], earlier: list[Draft], mention: Mention, noun: Noun | None, lexicon: Lexicon
) -> Draft | None:
    """As in "Until then the official count was 164": a count of what was counted just before."""
    begin = mention.begin
    if noun is not None or not earlier or begin < 2 or tokens[begin - 1].lower not in lexicon.grammar.links:
        return None
    counts = any(token.lower in lexicon.grammar.sizes for token in tokens[max(0, begin - _COUNT) : begin - 1])
    near = mention.sentence - earlier[-1].mention.sentence <= _COUNT_SENTENCES
    return earlier[-1] if counts and near else None
