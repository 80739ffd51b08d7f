"""Which metric a number belongs to: of all its readings the one that binds best.

Every reading of a number is a Binding with a cost: how far the word that binds stands from the number, and
how uncertain the construction is. The cheapest wins; between equals the one that stands further left.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from pipeline.extract.binding import Binding
from pipeline.extract.document import Document, Draft, Mention, Rejection, Token
from pipeline.extract.lexicon import Lexicon
from pipeline.extract.nouns import Noun, counted
from pipeline.extract.partitive import is_part
from pipeline.extract.readings import readings

_GATE: Final = 2  # sentences around a number in which a word for a force stands
_NOUNS: Final = ("counted noun", "partitive")  # rules by which a noun binds, and a verb may say what became
_NEAR: Final = 2  # cost at which a verb says what became of those counted
_PART: Final = 3  # a word that binds a part is nearer than this
_NEGATED: Final = 3  # tokens between "not" and the verb it denies


def bind(document: Document, lexicon: Lexicon) -> Document:
    """Turn mentions with a metric into claims; the others wait for the components that look further."""
    claims, left = list(document.claims), []
    beside: dict[int, list[Mention]] = defaultdict(list)
    for mention in document.mentions:
        beside[mention.sentence].append(mention)
    for mention in document.mentions:
        tokens = document.tokens(mention)
        noun = counted(tokens, mention, lexicon)
        others = [one for one in beside[mention.sentence] if one is not mention]
        best = _best(document, mention, noun, others, lexicon)
        if best is not None and not _is_far_part(tokens, mention, claims, best, lexicon):
            claims.append(_draft(mention, noun, best))
        elif mention.kind != "zero" or _is_numeral(tokens[mention.last], lexicon):
            left.append(mention)  # "no" alone is no number, "not one" is
    claims.sort(key=lambda one: (one.mention.sentence, one.mention.first))
    return replace(document, claims=tuple(claims), mentions=tuple(left))


def _best(
    document: Document, mention: Mention, noun: Noun | None, others: list[Mention], lexicon: Lexicon
) -> Binding | None:
    """The cheapest reading of a number, if there is one."""
    tokens = document.tokens(mention)
    if mention.kind == "zero" and not _counts_nobody(tokens, mention, noun):
        return None
    found = sorted(
        (
            one
            for one in readings(tokens, mention, noun, others, lexicon)
            if _fits(one, tokens, noun, _around(document, mention), lexicon)
        ),
        key=lambda one: (one.cost, one.first),
    )
    if not found or found[0].rule not in _NOUNS:
        return found[0] if found else None
    became = (
        one for one in found if found[0].metric in lexicon.metrics[one.metric].over and one.cost <= _NEAR
    )
    return next(became, found[0])


def _counts_nobody(tokens: tuple[Token, ...], mention: Mention, noun: Noun | None) -> bool:
    """Whether "no" counts people ("no arrests", "no civilians") and not "no date"; "nobody" always does."""
    bare = tokens[mention.last].lower not in ("one", "nobody")
    return not bare or (noun is not None and noun.kind in ("people", "count"))


def _is_far_part(
    tokens: tuple[Token, ...], mention: Mention, claims: list[Draft], best: Binding, lexicon: Lexicon
) -> bool:
    """Whether a part goes with its whole rather than with a word further off: "8,006 dead, including 487
    children, and 13,287 injured".
    """
    follows = bool(claims) and claims[-1].mention.sentence == mention.sentence
    return follows and best.cost > _PART and is_part(tokens, mention, lexicon)


def close(document: Document, lexicon: Lexicon) -> Document:
    """Reject what no component could bind."""
    rejected = [Rejection(mention, _unbound(mention, document, lexicon)) for mention in document.mentions]
    return replace(document, mentions=(), rejected=(*document.rejected, *rejected))


def _is_numeral(token: Token, lexicon: Lexicon) -> bool:
    return token.lower in lexicon.numbers.cardinals


def _unbound(mention: Mention, document: Document, lexicon: Lexicon) -> str:
    if mention.kind == "zero":
        return "negated"
    tokens = document.tokens(mention)
    noun = counted(tokens, mention, lexicon)
    if noun is not None and noun.kind == "people":
        return "no metric"
    before, after = mention.first - 1, mention.last + 1
    named = before > 0 and tokens[before].text != tokens[before].text.lower()
    unit = after < len(tokens) and tokens[after].text.islower() and not _closes(tokens[after], lexicon)
    return "label" if named and not unit else "no people"  # "Game 2", "Unit 3"; not "Riverton's 550 megawatt"


def _closes(token: Token, lexicon: Lexicon) -> bool:
    grammar = lexicon.grammar
    return any(token.lower in words for words in (grammar.closing, grammar.after_noun, lexicon.pronouns))


def _draft(mention: Mention, noun: Noun | None, binding: Binding) -> Draft:
    people = noun is not None and noun.kind == "people"
    return Draft(
        mention,
        binding.metric,
        (binding.rule,),
        "high" if binding.cost <= 2 else "medium",
        noun=(noun.first, noun.last) if noun else None,
        trigger=(binding.first, binding.last),
        population=noun.name if noun and people else "all",
    )


def _around(document: Document, mention: Mention) -> Iterator[Token]:
    """The tokens of the paragraph that the number stands in."""
    own = document.sentences[mention.sentence]
    for sentence in document.sentences[max(0, mention.sentence - _GATE) : mention.sentence + _GATE + 1]:
        if sentence.paragraph == own.paragraph:
            yield from sentence.tokens


def _fits(
    binding: Binding, tokens: tuple[Token, ...], noun: Noun | None, around: Iterable[Token], lexicon: Lexicon
) -> bool:
    """Whether the metric counts such people: "sent 70 soldiers" is a deployment, "sent 70 letters" not."""
    metric = lexicon.metrics[binding.metric]
    if _negated(tokens, binding.first, lexicon):
        return False
    weak = tuple(token.lower for token in tokens[binding.first : binding.last + 1]) in metric.weak
    if weak and (noun is None or noun.kind != "people"):
        return False
    if not metric.people:
        return True
    if not any(token.lower in metric.gate for token in around):
        return False
    if noun is None or noun.kind == "thing":
        return noun is None
    heads = {
        tuple(token.lower for token in tokens[start : noun.last + 1])
        for start in range(noun.first, noun.last + 1)
    }
    return bool(heads & metric.people)


def _negated(tokens: tuple[Token, ...], trigger: int, lexicon: Lexicon) -> bool:
    """Whether the verb is denied: "did not kill 12", "were never arrested"; what is not found is missing."""
    if tokens[trigger].lower in lexicon.grammar.negations:
        return False
    for index in range(trigger - 1, max(-1, trigger - 1 - _NEGATED), -1):
        if tokens[index].lower in lexicon.grammar.negations:
            return True
        if not tokens[index].text[0].isalpha():
            return False
    return False
