"""Words that make a number a part: "including 103", "19 of them", "12 of the 225", "in Almaty alone"."""

from __future__ import annotations

from typing import Final

from pipeline.extract.document import Mention, Token
from pipeline.extract.lexicon import Lexicon
from pipeline.extract.nouns import counted

_NEAR: Final = 3  # tokens between "including" and its number
_LIST: Final = 10  # tokens between "including" and a number that is not the first part
_ALONE: Final = 8  # tokens between a number and the "alone" of its place
_PREPOSED: Final = frozenset({"among", "amongst", "of"})  # "3,500 officers among them, 230 died" ends there
_DEMONSTRATIVES: Final = frozenset({"the", "those", "these"})


def is_part(tokens: tuple[Token, ...], mention: Mention, lexicon: Lexicon) -> bool:
    """Whether the words around the number say that it is a part of another."""
    return is_named_part(tokens, mention, lexicon) or _is_part_by_manner(tokens, mention, lexicon)


def is_named_part(tokens: tuple[Token, ...], mention: Mention, lexicon: Lexicon) -> bool:
    """Whether "including", "of them" … stand by the number; an adverb tells less: "three seriously hurt"."""
    if restates(tokens, mention, lexicon):
        return False
    before = range(mention.begin, max(-1, mention.begin - _NEAR), -1)
    if any(_marks_part(tokens, index, lexicon) for index in before) or _in_list_of_parts(
        tokens, mention, lexicon
    ):
        return True
    noun = counted(tokens, mention, lexicon)
    end = noun.last if noun is not None else mention.stop
    after = (mention.stop + 1, *_behind(tokens, end + 1))
    said = any(index < len(tokens) and _closes_part(tokens, index, lexicon) for index in after)
    return said or is_of_a_number(tokens, end + 1, lexicon) or _alone(tokens, end + 1)


def _is_part_by_manner(tokens: tuple[Token, ...], mention: Mention, lexicon: Lexicon) -> bool:
    """As in "four hurt, one seriously", "748 wounded, 56 gravely"."""
    noun = counted(tokens, mention, lexicon)
    after = (mention.stop + 1, *_behind(tokens, (noun.last if noun is not None else mention.stop) + 1))
    return any(index < len(tokens) and tokens[index].lower in lexicon.grammar.part_manner for index in after)


def is_base(tokens: tuple[Token, ...], mention: Mention, lexicon: Lexicon) -> bool:
    """Whether the number is only what others are some of: "Of 112 passengers, 98 were killed"."""
    noun = counted(tokens, mention, lexicon)
    after = (noun.last if noun is not None else mention.stop) + 1
    of = mention.begin > 0 and tokens[mention.begin - 1].lower in ("of", "among")
    opens = mention.begin == 1 or (mention.begin == 2 and tokens[0].lower == "out")
    return of and opens and after < len(tokens) and tokens[after].text == ","


def _behind(tokens: tuple[Token, ...], start: int) -> list[int]:
    """Indexes behind a noun at which "of them" may stand: "19 members of the riot police among them"."""
    end = next((index for index in range(start, len(tokens)) if tokens[index].text in ",;:.()"), len(tokens))
    return [*range(start, min(end, start + _NEAR)), start, start + 1]


def restates(tokens: tuple[Token, ...], mention: Mention, lexicon: Lexicon) -> bool:
    """Whether a number says a whole again, to divide it: "of those 225 people 175 died"."""
    before = [token.lower for token in tokens[max(0, mention.begin - 2) : mention.begin]]
    after = tokens[mention.stop + 1].lower if mention.stop + 1 < len(tokens) else ""
    divides = len(before) == 2 and before[0] in ("of", "among") and before[1] in _DEMONSTRATIVES
    return divides and after.isalpha() and after not in lexicon.grammar.closing


def _marks_part(tokens: tuple[Token, ...], index: int, lexicon: Lexicon) -> bool:
    """Whether "including", "of whom" … ends just before `index`; "the number of those held" is no part."""
    found = lexicon.grammar.part_before.before(tokens, index)
    if found is None or tokens[index].lower == "of":
        return False  # "the deaths of 26"
    if found[0] == 0:
        return True
    before = tokens[found[0] - 1]
    trails = tokens[found[0]].lower in _PREPOSED and before.text[0].isalnum() and before.lower != "and"
    return not trails and before.lower not in lexicon.grammar.sizes


def _in_list_of_parts(tokens: tuple[Token, ...], mention: Mention, lexicon: Lexicon) -> bool:
    """As in "including the village chief and one soldier": parts before it that are no numbers."""
    if (
        tokens[mention.begin - 1].text != ","
        and tokens[mention.begin - 1].lower not in lexicon.grammar.coordinators
    ):
        return False
    for index in range(mention.begin - 1, max(-1, mention.begin - 1 - _LIST), -1):
        if tokens[index].lower == "including":
            return True
        governed = tokens[index].lower in lexicon.grammar.governing or tokens[index].text in ";:.()–—"
        if governed or lexicon.triggers.at(tokens, index):
            return False
    return False


def _closes_part(tokens: tuple[Token, ...], index: int, lexicon: Lexicon) -> bool:
    """Whether "of them" stands at `index` and is of the number before it, not as in "204, of whom 37"."""
    found = lexicon.grammar.part_after.at(tokens, index)
    follows = index + len(found[0].words) if found else len(tokens)
    return bool(found) and not (follows < len(tokens) and lexicon.is_number(tokens[follows]))


def is_of_a_number(tokens: tuple[Token, ...], index: int, lexicon: Lexicon) -> bool:
    """As in "19 of the 225"."""
    if index + 2 >= len(tokens) or tokens[index].lower != "of":
        return False
    return lexicon.is_number(tokens[index + 2]) and tokens[index + 1].lower in _DEMONSTRATIVES


def _alone(tokens: tuple[Token, ...], start: int) -> bool:
    """As in "103 died in Almaty alone"."""
    for index in range(start, min(len(tokens), start + _ALONE)):
        if tokens[index].text in ",;:.":
            return False
        if tokens[index].lower == "alone":
            return tokens[index - 1].text[0].isupper()
    return False
