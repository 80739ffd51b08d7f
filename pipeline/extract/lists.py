"""Lists of parts: a line each, or within a sentence behind a colon or a dash."""

from __future__ import annotations

from typing import Final

from pipeline.extract.document import Draft, Mention, Token
from pipeline.extract.nouns import Noun

_LINE: Final = 12  # a longer line is a sentence, not an entry of a list
_LABEL: Final = 6  # tokens of a label before its dash: "in the Kyzylorda region – 21"
_COLONS: Final = frozenset(":–—-")


def entry_of(
    tokens: tuple[Token, ...], earlier: list[Draft], same: list[Draft], mention: Mention
) -> Draft | None:
    """The claim whose parts are listed: "in Zhambyl Region – 10 people," on a line of its own or in a row."""
    if not _is_labelled(tokens, mention) or not earlier:
        return None
    before = [draft for draft in same if draft.mention.last < mention.first]
    if before:
        return before[0]
    if len(tokens) > _LINE or _is_larger(mention, earlier[0].mention):
        return None
    recent = mention.sentence - earlier[-1].mention.sentence <= 2
    return earlier[0] if recent else None


def _is_larger(part: Mention, whole: Mention) -> bool:
    """Whether the part would exceed its whole: "Access code: 4471" below seven dead lists none of them."""
    return part.value is not None and whole.value is not None and part.value > whole.value


def _is_labelled(tokens: tuple[Token, ...], mention: Mention) -> bool:
    """Whether a colon or a spaced dash stands before the number, and a label before that."""
    dash = mention.begin - 1
    if dash < 1 or tokens[dash].text not in _COLONS:
        return False
    if tokens[dash].text != ":" and tokens[dash].start == tokens[dash - 1].end:
        return False
    label = [token.text for token in tokens[max(0, dash - _LABEL) : dash]]
    opened = ";" in label or "In" in label or "in" in label
    return label[-1][0].isalpha() and (opened or dash <= _LABEL)


def itemised(
    tokens: tuple[Token, ...], same: list[Draft], mention: Mention, noun: Noun | None
) -> Draft | None:
    """The whole in "the dead number 160: 140 citizens and 20 officers", "50 deaths – 26 rebels and …"."""
    if noun is None or noun.kind != "people":
        return None
    before = [draft for draft in same if draft.mention.last < mention.begin]
    for index in range(mention.begin - 1, 0, -1):
        opens = tokens[index].text == ":" and tokens[index].start == tokens[index - 1].end
        dash = tokens[index].text in "–—" and index == mention.begin - 1
        if opens or dash:
            whole = [draft for draft in before if draft.mention.last < index]
            return whole[-1] if whole else None
    return None
