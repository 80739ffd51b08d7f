"""Numbers that count no people: dates, money, ages, durations, things. Each is rejected with its reason."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from pipeline.extract.document import Document, Mention, Rejection, Token
from pipeline.extract.lexicon import Lexicon
from pipeline.extract.nouns import counted

_YEARS: Final = range(1800, 2101)
_GOVERNS: Final = frozenset({"will", "would", "to", "may", "could", "dead", "they", "which", "now"})
_ARTICLES: Final = frozenset({"the", "a", "an"})
_YOUNG: Final = frozenset({"child", "boy", "girl", "baby", "toddler"})  # "a child of four"
_LIMITS: Final = frozenset({"under", "over", "below", "above"})
_AGED: Final = 6  # tokens of "aged three, five and"
_AGES: Final = (5, 110)
_NEGATION: Final = 4  # tokens in "none of the"
_MOVED: Final = 3  # tokens between "rose" and the number it came to
_DAYS: Final = range(1, 32)


def reject(document: Document, lexicon: Lexicon) -> Document:
    """Move mentions that are something else than a count of people or cases to `rejected`."""
    kept, rejected = [], []
    for mention in document.mentions:
        reason = _reason(document, mention, lexicon)
        if reason is None:
            kept.append(mention)
        else:
            rejected.append(Rejection(mention, reason))
    return replace(document, mentions=tuple(kept), rejected=(*document.rejected, *rejected))


def _reason(document: Document, mention: Mention, lexicon: Lexicon) -> str | None:
    tokens = document.tokens(mention)
    start, end = tokens[mention.first].start, tokens[mention.last].end
    before = bisect_left(document.furniture, (end,))
    if before and document.furniture[before - 1][1] > start:
        return "boilerplate"
    if mention.kind in ("ordinal", "possessive", "fraction", "unreadable"):
        return mention.kind
    return next((name for name, test in _TESTS.items() if test(tokens, mention, lexicon)), None) or _thing(
        tokens, mention, lexicon
    )


def _thing(tokens: tuple[Token, ...], mention: Mention, lexicon: Lexicon) -> str | None:
    noun = counted(tokens, mention, lexicon)
    return noun.name if noun is not None and noun.kind == "thing" else None


def _is_age(tokens: tuple[Token, ...], mention: Mention, lexicon: Lexicon) -> bool:
    """As in "11-year-old", "aged 11", "11 years old", "a Mr Porth, 65, was"."""
    after = [token.lower for token in tokens[mention.last + 1 : mention.last + 5]]
    words = [word for word in after if word != "-"]
    if words[:1] and words[0] in ("year", "years", "month", "months") and "old" in words[:2]:
        return True
    before = [token.lower for token in tokens[max(0, mention.first - _AGED) : mention.first]]
    if "aged" in before and before[-1] in ("and", "or", ",", "to"):
        return True  # "aged three and nine"
    if _lower(tokens, mention.first - 1) == "of" and _lower(tokens, mention.first - 2) in _YOUNG:
        return True
    if _is_limit(tokens, mention, lexicon):
        return True
    return _lower(tokens, mention.first - 1) in ("aged", "age") or _beside_name(tokens, mention, lexicon)


def _is_limit(tokens: tuple[Token, ...], mention: Mention, lexicon: Lexicon) -> bool:
    """As in "nearly half were under 18": a bare age behind a word for a limit."""
    limit = mention.high if mention.value is None else mention.value
    if limit is None or not _AGES[0] <= limit <= _AGES[1] or counted(tokens, mention, lexicon) is not None:
        return False
    be = _lower(tokens, mention.first - 2) in lexicon.grammar.be
    return be and _lower(tokens, mention.first - 1) in _LIMITS


def _beside_name(tokens: tuple[Token, ...], mention: Mention, lexicon: Lexicon) -> bool:
    """As in "Rodriguez Porth, 65, was killed", "the suspect, 16, was held": a number between commas behind
    two words of a name or a word for one person.
    """
    if mention.value is None or not _AGES[0] <= mention.value <= _AGES[1] or mention.first < 3:
        return False
    last, before = tokens[mention.first - 2], tokens[mention.first - 3]
    commas = _lower(tokens, mention.first - 1) == _lower(tokens, mention.last + 1) == ","
    name = all(token.text[0].isupper() and token.text.isalpha() for token in (last, before))
    person = bool(lexicon.populations.at(tokens, mention.first - 2)) and not last.lower.endswith("s")
    return commas and (name or person)


def _is_money(tokens: tuple[Token, ...], mention: Mention, lexicon: Lexicon) -> bool:
    found = lexicon.labels.before(tokens, mention.first, reach=2)
    return found is not None and found[1].name == "money"


def _is_label(tokens: tuple[Token, ...], mention: Mention, lexicon: Lexicon) -> bool:
    """As in "Article 4", "COVID-19", "Khabar-24", "@channel2020"."""
    before = mention.first - (_lower(tokens, mention.first - 1) == "-")
    found = lexicon.labels.before(tokens, before, reach=2)
    if _lower(tokens, before - 1) == "number" and _lower(tokens, before - 2) in _GOVERNS:
        return False  # "the force will number 4,200", "the dead number 160"
    glued = before >= 1 and before != mention.first and tokens[before - 1].end == tokens[before].start
    named = (
        glued and tokens[before - 1].text[:1].isupper() and tokens[before].end == tokens[mention.first].start
    )
    return (found is not None and found[1].name == "label") or named or _glued_to_word(tokens, mention)


def _glued_to_word(tokens: tuple[Token, ...], mention: Mention) -> bool:
    """A number inside a word or an address: "coronavirus2020.kz"."""
    before, after = mention.first - 1, mention.last + 1
    left = (
        before >= 0 and tokens[before].end == tokens[mention.first].start and tokens[before].text[0].isalnum()
    )
    right = (
        after + 1 < len(tokens)
        and tokens[after].text in (".", "@")
        and tokens[mention.last].end == tokens[after].start
        and tokens[after].end == tokens[after + 1].start
        and tokens[after + 1].text[0].isalnum()
    )
    return left or right


def _is_time(tokens: tuple[Token, ...], mention: Mention, lexicon: Lexicon) -> bool:
    """As in "10:55", "11 p.m.", "17:00 GMT"."""
    after, before = mention.last + 1, mention.first - 1
    if _on_a_clock(tokens, after) or _on_a_clock(tokens, before):
        return True
    return _lower(tokens, after) in lexicon.grammar.after_clock


def _on_a_clock(tokens: tuple[Token, ...], colon: int) -> bool:
    """Whether a colon stands between digits without a space: 10:55, not "160: dozens"."""
    if not 0 < colon < len(tokens) - 1 or tokens[colon].text != ":":
        return False
    hour, minute = tokens[colon - 1], tokens[colon + 1]
    glued = hour.end == tokens[colon].start and tokens[colon].end == minute.start
    return glued and hour.text.isdecimal() and minute.text.isdecimal()


def _is_date(tokens: tuple[Token, ...], mention: Mention, lexicon: Lexicon) -> bool:
    """A day beside its month ("5 January", "Jan. 2", "the 9th of March"), a year, 05.01.2022."""
    if mention.kind == "cardinal" and _dotted(tokens, mention):
        return True
    before, after = mention.first - 1, mention.last + 1
    if _lower(tokens, before) == "." and _lower(tokens, before - 1) in lexicon.months:
        before -= 1
    value = mention.value if mention.value is not None else mention.high
    near = _is_month(tokens, before, lexicon) or _is_month(tokens, after, lexicon)
    if value is not None and value in _DAYS and near:
        return True
    return _is_year(tokens, mention, lexicon)


def _is_month(tokens: tuple[Token, ...], index: int, lexicon: Lexicon) -> bool:
    return _lower(tokens, index) in lexicon.months and tokens[index].text != "may"


def _is_year(tokens: tuple[Token, ...], mention: Mention, lexicon: Lexicon) -> bool:
    """As in "in 2011", "the 1988 revolt", "between 2014 and 2017": four digits that count nobody."""
    ends = (mention.low, mention.high) if mention.kind == "range" else (mention.value, mention.value)
    digits = [token.text for token in (tokens[mention.first], tokens[mention.last]) if token.text.isdecimal()]
    if not all(end in _YEARS for end in ends) or not any(len(text) == 4 for text in digits):
        return False
    if mention.modifier not in ("exact", "range"):
        return False
    noun, previous = counted(tokens, mention, lexicon), _lower(tokens, mention.first - 1)
    grammar = lexicon.grammar
    acted_on = lexicon.triggers.before(tokens, mention.begin) is not None
    if noun is None:
        if previous in grammar.coordinators and _lower(tokens, mention.first - 2).isdecimal():
            previous = _lower(tokens, mention.first - 3)  # "in 2010 and 2011"
        opens = previous in grammar.before_year or previous in lexicon.months or previous == ""
        counts = acted_on or _acts(tokens, mention.last + 1, lexicon) or previous in grammar.links
        opens = opens or mention.kind == "range" or previous in _ARTICLES
        return not _moved(tokens, mention, lexicon) and (opens or not counts)
    return noun.kind == "other" and not acted_on


def _acts(tokens: tuple[Token, ...], index: int, lexicon: Lexicon) -> bool:
    if index >= len(tokens):
        return False
    word, grammar = tokens[index].lower, lexicon.grammar
    return word in grammar.be or word in grammar.have or bool(lexicon.triggers.at(tokens, index))


def _moved(tokens: tuple[Token, ...], mention: Mention, lexicon: Lexicon) -> bool:
    """Whether a count has come to the number: "the toll rose to 2018"."""
    near = tokens[max(0, mention.begin - _MOVED) : mention.begin]
    return tokens[mention.begin - 1].lower == "to" and any(
        one.lower in lexicon.grammar.moving for one in near
    )


def _dotted(tokens: tuple[Token, ...], mention: Mention) -> bool:
    """Part of a date or a version written with dots or slashes: 05.01.2022, 9/11."""
    before, after = mention.first - 1, mention.last + 1
    right = _lower(tokens, after) in ("/", ".") and _lower(tokens, after + 1)[:1].isdecimal()
    left = _lower(tokens, before) in ("/", ".") and _lower(tokens, before - 1)[:1].isdecimal()
    glued_right = right and tokens[after].start == tokens[mention.last].end == tokens[after + 1].start - 1
    glued_left = left and tokens[before].end == tokens[mention.first].start
    return glued_right or glued_left


def _lower(tokens: tuple[Token, ...], index: int) -> str:
    return tokens[index].lower if 0 <= index < len(tokens) else ""


def _is_negated(tokens: tuple[Token, ...], mention: Mention, lexicon: Lexicon) -> bool:
    """As in "none of the 12": no claim that there are 12 of whom it is said."""
    found = lexicon.labels.before(tokens, mention.first, reach=_NEGATION)
    return found is not None and found[1].name == "negated"


_TESTS: Final[dict[str, Callable[[tuple[Token, ...], Mention, Lexicon], bool]]] = {
    "age": _is_age,
    "money": _is_money,
    "time": _is_time,
    "date": _is_date,
    "label": _is_label,
    "negated": _is_negated,
}
