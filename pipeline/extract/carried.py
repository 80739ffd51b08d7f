"""Numbers that borrow their metric from another: coordination, parts, and lists of parts."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from pipeline.extract.document import Document, Draft, Mention, Token
from pipeline.extract.joining import joins
from pipeline.extract.lexicon import Lexicon
from pipeline.extract.nouns import Noun, counted
from pipeline.extract.partitive import is_part

_LIST_LINE: Final = 12  # a longer line is a sentence, not an entry of a list
_COUNT: Final = 5  # tokens between "count" and its number
_COUNT_SENTENCES: Final = 3  # sentences back in which it is said what is counted
_COLONS: Final = frozenset(":–—-")


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
        ("list", _listed(tokens, earlier, mention)),
        ("itemised", _itemised(tokens, same, mention, noun)),
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


def _itemised(
    tokens: tuple[Token, ...], same: list[Draft], mention: Mention, noun: Noun | None
) -> Draft | None:
    """As in "The dead number 160: 140 citizens and 20 officers": the claim before the colon."""
    if noun is None or noun.kind != "people":
        return None
    before = [draft for draft in same if draft.mention.last < mention.begin]
    for index in range(mention.begin - 1, 0, -1):
        if tokens[index].text == ":" and tokens[index].start == tokens[index - 1].end:
            whole = [draft for draft in before if draft.mention.last < index]
            return whole[-1] if whole else None
    return None


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


def _listed(tokens: tuple[Token, ...], earlier: list[Draft], mention: Mention) -> Draft | None:
    """A line of a list ("in Zhambyl Region – 10 people,") goes with the first claim of the article."""
    marked = any(
        tokens[index].text in _COLONS
        and tokens[index].start > tokens[index - 1].end - (tokens[index].text == ":")
        for index in range(1, mention.begin)
    )
    if len(tokens) > _LIST_LINE or not marked or not earlier:
        return None
    lines = {draft.mention.sentence for draft in earlier if "list" in draft.rules}
    recent = mention.sentence - earlier[-1].mention.sentence <= 2 or mention.sentence - 1 in lines
    return earlier[0] if recent else None
