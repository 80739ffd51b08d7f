"""Numbers: digits, words, mixtures ("2.3 million", "2K", "two dozen"), ranges, and words for how many."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from pipeline.extract.document import Document, Mention, Token
from pipeline.extract.lexicon import Lexicon, Numbers

_DASHES = frozenset("-–—−")
_RANGE_WORDS = frozenset({"to", "or"})
_WIDTHLESS = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff"))
_UNITS = frozenset({"%", "percent"})
_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"[^\W\d_]+")
_LONGEST = 40  # digits of a number that anyone reads
_UNREAD = 10**_LONGEST
_SHARED_UNIT = 1000
_MOVED = 8  # tokens between "rose" and "from 5 to 7"
LARGEST = 10**15  # more people than there will be; beyond it a number is no count

Number = tuple[int | Fraction | None, int]  # value (None if unreadable), last index


def find(document: Document, lexicon: Lexicon) -> Document:
    """Fill `mentions`: every number of every sentence, in order of place."""
    mentions = tuple(
        mention
        for index, sentence in enumerate(document.sentences)
        if _may_hold(document.text[sentence.start : sentence.end], lexicon.numbers)
        for mention in _mentions(sentence.tokens, index, lexicon)
    )
    return replace(document, mentions=mentions)


def _may_hold(text: str, numbers: Numbers) -> bool:
    """Whether a text holds a digit or a word for a number: if not, it need not be cut into tokens."""
    return bool(_DIGIT.search(text)) or not numbers.words.isdisjoint(_WORD.findall(text.lower()))


def _mentions(tokens: tuple[Token, ...], sentence: int, lexicon: Lexicon) -> Iterator[Mention]:
    after, numbers = 0, lexicon.numbers
    for index, token in enumerate(tokens):
        if index < after or not _may_begin(token, numbers):
            continue
        between = token.lower == "between"
        found = _cardinal(tokens, index + between, numbers)
        mention = None
        if found is not None and not _leaves(tokens, index, lexicon):
            mention = _range(tokens, index, found, sentence, numbers)
        mention = mention or _single(tokens, index, None if between else found, sentence, numbers)
        if mention is not None:
            yield mention
            after = mention.last + 1


def _may_begin(token: Token, numbers: Numbers) -> bool:
    return token.lower in numbers.starts or token.text[0].isdecimal() or _is_possessive(token, numbers)


def _is_possessive(token: Token, numbers: Numbers) -> bool:
    """Whether it is a number in words that owns or does something and counts nothing: "one's", "two'll"."""
    word, apostrophe, _ = token.lower.partition("'")
    return bool(apostrophe) and word in numbers.cardinals


def _range(
    tokens: tuple[Token, ...], index: int, first: Number, sentence: int, numbers: Numbers
) -> Mention | None:
    """A range: 10 to 15, 10-15, between 10 and 15, $3 to $5, 5% to 10%, two to three million. `first` is its
    lower end.
    """
    second = _upper_end(tokens, index + (tokens[index].lower == "between"), first[1], numbers)
    if second is None or first[0] is None or second[0] is None:
        return None
    units = [numbers.multipliers.get(tokens[last].lower, 1) for last in (first[1], second[1])]
    low, high = _lower_end(first[0], second[0], *units), second[0]
    if low >= high or high >= _UNREAD:
        return None
    if isinstance(low, Fraction) or isinstance(high, Fraction) or high >= LARGEST:
        return Mention(sentence, index, second[1], None, kind="fraction", fraction=Fraction(low))
    return Mention(sentence, index, second[1], None, low, high, "range", kind="range")


def _upper_end(tokens: tuple[Token, ...], first: int, last: int, numbers: Numbers) -> Number | None:
    """The number that a range leads to, whose lower end is tokens first..last; its unit may be said twice."""
    unit = _at(tokens, last + 1) in _UNITS
    link, before = last + 1 + unit, _at(tokens, first - 1)
    word = _at(tokens, link)
    if not (word == "and" if before == "between" else word in _RANGE_WORDS or word in _DASHES):
        return None
    sign = bool(before) and _at(tokens, link + 1) == before  # "$3 to $5"
    second = _cardinal(tokens, link + 1 + sign, numbers)
    repeated = second is None or not unit or _at(tokens, second[1] + 1) == _at(tokens, last + 1)
    return second if repeated else None


def _lower_end(low: int | Fraction, high: int | Fraction, own: int, unit: int) -> int | Fraction:
    """The lower end in the unit of the upper one: "ten to thirteen thousand" begins at ten thousand."""
    shared = unit >= _SHARED_UNIT and own == 1 and low < high / unit
    return low * unit if shared else low


def _leaves(tokens: tuple[Token, ...], index: int, lexicon: Lexicon) -> bool:
    """Whether a count moved from or by the number at `index`: "rose from 5 to 7" is two numbers."""
    if _at(tokens, index - 1) not in ("from", "by"):
        return False
    return any(token.lower in lexicon.grammar.moving for token in tokens[max(0, index - _MOVED) : index])


def _single(
    tokens: tuple[Token, ...], index: int, found: Number | None, sentence: int, numbers: Numbers
) -> Mention | None:
    """The number at `index`, whose value is `found` if it is said in digits or words."""
    token = tokens[index]
    for entry in numbers.vague.at(tokens, index):
        last = index + len(entry.words) - 1
        return Mention(
            sentence, index, last, None, modifier="vague", vague_word=" ".join(entry.words), kind="vague"
        )
    if zero := numbers.zero.at(tokens, index):
        return Mention(sentence, index, index + len(zero[0].words) - 1, 0, 0, 0, kind="zero")
    if _is_ordinal(tokens, index, numbers):
        last = index + (token.text[0].isdecimal())
        return Mention(sentence, index, last, None, kind="ordinal")
    if _is_possessive(token, numbers):
        return Mention(sentence, index, index, None, kind="possessive")
    if found is None:
        return None
    return _counted(sentence, index, *(_parted(tokens, *found, numbers) or found))


def _parted(
    tokens: tuple[Token, ...], value: int | Fraction | None, last: int, numbers: Numbers
) -> Number | None:
    """A fraction in words: "one third", "two-fifths"."""
    step = last + 1 + (_at(tokens, last + 1) == "-")
    word = _at(tokens, step)
    name = word if value == 1 else word.removesuffix("s") if word.endswith("s") else ""
    parts = numbers.parts.get(name)
    return (Fraction(value, parts), step) if parts and isinstance(value, int) else None


def _counted(sentence: int, first: int, value: int | Fraction | None, last: int) -> Mention:
    if value is None or value >= _UNREAD:
        return Mention(sentence, first, last, None, kind="unreadable")
    if isinstance(value, Fraction) or value >= LARGEST:
        return Mention(sentence, first, last, None, kind="fraction", fraction=Fraction(value))
    return Mention(sentence, first, last, value, value, value)


def _is_ordinal(tokens: tuple[Token, ...], index: int, numbers: Numbers) -> bool:
    token = tokens[index]
    if token.lower in numbers.ordinals:
        return True
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    return bool(
        token.text[0].isdecimal()
        and following
        and following.start == token.end
        and following.lower in numbers.ordinal_suffixes
    )


def _cardinal(tokens: tuple[Token, ...], index: int, numbers: Numbers) -> Number | None:
    """Value and last index of the number at `index`. The value is a Fraction if it is not whole, and None if
    it has more digits than anyone reads.
    """
    if index >= len(tokens):
        return None
    if tokens[index].text[0].isdecimal():
        return _digits(tokens, index, numbers)
    return _spelled(tokens, index, numbers)


def _digits(tokens: tuple[Token, ...], index: int, numbers: Numbers) -> Number:
    if len(tokens[index].text) > _LONGEST:
        return None, index
    text, last = tokens[index].text, index
    amount = int(text) if text.isdecimal() else parse_digits(text)
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    if following and _is_suffix(tokens, index + 1, numbers):
        amount, last = amount * numbers.suffixes[following.lower], index + 1
    while last + 1 < len(tokens) and tokens[last + 1].lower in numbers.multipliers:
        amount, last = amount * numbers.multipliers[tokens[last + 1].lower], last + 1
    whole = amount.denominator == 1 and amount < LARGEST
    return (int(amount) if whole else Fraction(amount)), last


def _is_suffix(tokens: tuple[Token, ...], index: int, numbers: Numbers) -> bool:
    """Whether a letter that multiplies is written on the digits before it: "2K", not "32m2"."""
    token = tokens[index]
    if token.start != tokens[index - 1].end or token.lower not in numbers.suffixes:
        return False
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    return not (after is not None and after.start == token.end and after.text[0].isdecimal())


def parse_digits(text: str) -> Fraction:
    """Digits of any script as a number: commas and spaces group thousands, a lone comma is a decimal mark."""
    text = text.translate(_WIDTHLESS)
    head, comma, tail = text.replace("\u00a0", ",").replace("\u202f", ",").replace(" ", ",").rpartition(",")
    if comma and len(tail.partition(".")[0]) == 3:
        text = (head + tail).replace(",", "")
    elif comma:
        text = f"{head}.{tail}"
    whole, _, decimals = text.partition(".")
    return Fraction(int(whole + decimals), 10 ** len(decimals))


def _spelled(tokens: tuple[Token, ...], index: int, numbers: Numbers) -> Number | None:
    """A cardinal in words: "twenty-three", "two dozen", "a hundred and four", "half a dozen"."""
    if portion := _portion(tokens, index, numbers):
        return portion
    if _at(tokens, index) in {"a", "an"}:
        multiplier = numbers.multipliers.get(_at(tokens, index + 1))
        return _rest(tokens, index + 1, multiplier, 0, numbers) if multiplier else None
    value = numbers.cardinals.get(tokens[index].lower)
    return None if value is None else _rest(tokens, index, value, value, numbers)


def _portion(tokens: tuple[Token, ...], index: int, numbers: Numbers) -> Number | None:
    """A part of a round number: "half a million", "a half-dozen", "three quarters of a million"."""
    count = numbers.cardinals.get(_at(tokens, index), 1)
    step = index + (_at(tokens, index) in numbers.cardinals or _at(tokens, index) in {"a", "an"})
    step += _at(tokens, step) == "-" and count > 1
    word = _at(tokens, step)
    parts = numbers.parts.get(word.removesuffix("s") if count > 1 else word)
    if parts is None:
        return None
    for between in ({"of"}, {"-"}, {"a", "an"}):
        step += _at(tokens, step + 1) in between
    whole = numbers.multipliers.get(_at(tokens, step + 1))
    if whole is None:
        return None
    value = Fraction(count * whole, parts)
    return (int(value) if value.denominator == 1 else value), step + 1


def _rest(tokens: tuple[Token, ...], last: int, total: int, group: int, numbers: Numbers) -> tuple[int, int]:
    """Go on reading number words after `last`. `group` is the part that a following multiplier multiplies."""
    base = total - group
    if group == 0:
        base, group = 0, total
    while True:
        step = last + 1
        if _at(tokens, step) in _DASHES or _at(tokens, step) == "and":
            step += 1
        word = _at(tokens, step)
        if word in numbers.multipliers and step == last + 1:
            group *= numbers.multipliers[word]
            if numbers.multipliers[word] >= 1000:
                base, group = base + group, 0
        elif word in numbers.cardinals and _adds(group or base, numbers.cardinals[word], tokens, last, step):
            group += numbers.cardinals[word]
        else:
            return base + group, last
        last = step


def _adds(total: int, value: int, tokens: tuple[Token, ...], last: int, step: int) -> bool:
    """Whether a number word goes on the number before it: "twenty-three" does, "two three" does not."""
    if _at(tokens, last + 1) == "and" and total < 100:
        return False
    if total >= 100 and total % 100 == 0:
        return value < 100
    return 20 <= total % 100 < 100 and total % 10 == 0 and 0 < value < 10 and step - last <= 2


def _at(tokens: tuple[Token, ...], index: int) -> str:
    return tokens[index].lower if 0 <= index < len(tokens) else ""
