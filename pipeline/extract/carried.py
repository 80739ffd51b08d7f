"""Numbers that borrow their metric from another: coordination, parts, and lists of parts."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from pipeline.extract.document import Document, Draft, Mention, Token
from pipeline.extract.lexicon import Lexicon
from pipeline.extract.nouns import Noun, counted

_LIST_LINE: Final = 12  # a longer line is a sentence, not an entry of a list
_BRACKETS: Final = {"(": ")", "[": "]", "–": "–", "—": "—"}
_BE: Final = frozenset({"were", "was", "are", "is", "have", "had", "in", "died"})
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
        if _joins(tokens, (end.last if end else first.stop) + 1, second.begin, lexicon):
            return draft
    return None


def _joins(tokens: tuple[Token, ...], start: int, end: int, lexicon: Lexicon) -> bool:
    """Whether tokens start..end join two nouns: "and", ", along with the", "(five Spaniards) and"."""
    index, joined = start, False
    while index < end:
        token = tokens[index]
        if token.text in _BRACKETS:
            close = _BRACKETS[token.text]
            index = next((step for step in range(index + 1, end) if tokens[step].text == close), end)
        elif joining := lexicon.grammar.joining.at(tokens, index):
            joined, index = True, index + len(joining[0].words) - 1
        elif token.text == ",":
            joined = True
        elif token.lower not in lexicon.grammar.determiners:
            return False
        index += 1
    return joined


def _part(
    document: Document, tokens: tuple[Token, ...], earlier: list[Draft], mention: Mention, lexicon: Lexicon
) -> Draft | None:
    """As in "including 103 in Almaty", "two of them": the claim before it in the paragraph."""
    if not is_part(tokens, mention, lexicon):
        return None
    paragraph = document.sentences[mention.sentence].paragraph
    near = [draft for draft in earlier if document.sentences[draft.mention.sentence].paragraph == paragraph]
    return near[-1] if near else None


def is_part(tokens: tuple[Token, ...], mention: Mention, lexicon: Lexicon) -> bool:
    """Whether the words around the number say that it is a part of another."""
    grammar = lexicon.grammar
    if restates(tokens, mention):
        return False
    before = any(
        _marks_part(tokens, index, lexicon) for index in range(mention.begin, max(-1, mention.begin - 3), -1)
    )
    noun = counted(tokens, mention, lexicon)
    end = noun.last if noun is not None else mention.stop
    return before or any(
        index < len(tokens) and grammar.part_after.at(tokens, index)
        for index in (mention.stop + 1, end + 1, end + 2)
    )


def _marks_part(tokens: tuple[Token, ...], index: int, lexicon: Lexicon) -> bool:
    """Whether "including", "of whom" … ends just before `index`; "the number of those held" is no part."""
    found = lexicon.grammar.part_before.before(tokens, index)
    if found is None:
        return False
    return found[0] == 0 or tokens[found[0] - 1].lower not in lexicon.grammar.sizes


def restates(tokens: tuple[Token, ...], mention: Mention) -> bool:
    """Whether a number says a whole again, to divide it: "of those 225 people 175 died"."""
    before = [token.lower for token in tokens[max(0, mention.begin - 2) : mention.begin]]
    after = tokens[mention.stop + 1].lower if mention.stop + 1 < len(tokens) else ""
    return (
        before in (["of", "those"], ["of", "these"], ["of", "the"]) and after.isalpha() and after not in _BE
    )


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
