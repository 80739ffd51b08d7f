"""The number of a claim after a person amended some of its columns: they must go together.

exact: value, low and high are the same. at_least, more_than: value and low. up_to, less_than: value and high.
about: value alone. range: low and high. vague: a word and no number.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

COLUMNS: Final = ("value", "low", "high", "modifier", "vague_word")
_LOW: Final = ("exact", "at_least", "more_than")
_HIGH: Final = ("exact", "up_to", "less_than")

Row = Mapping[str, Any]


class AmendError(ValueError):
    """A claim cannot be amended so. The message says why, and what could be."""


def settled(claim: Row, given: Row) -> dict[str, Any]:
    """All COLUMNS of a claim with `given` ones amended; those that follow from them follow.

    Raises AmendError if what is given does not go together.
    """
    modifier = given.get("modifier", claim["modifier"])
    if modifier == "range":
        found = _range(claim, given)
    elif modifier == "vague":
        found = _vague(claim, given)
    else:
        found = _single(modifier, claim, given)
    for name, value in given.items():
        if found[name] != value:
            raise AmendError(
                f"{name} {_told(value)} does not go with modifier {modifier}, which makes it "
                f"{_told(found[name])}: amend modifier too, or leave {name} as it is"
            )
    return found


def _single(modifier: str, claim: Row, given: Row) -> dict[str, Any]:
    number = given["value"] if "value" in given else claim["value"]
    if number is None:  # of a range or a word, which end or how many is for the person to say
        raise AmendError(f"modifier {modifier} needs a value: amend value too")
    return {
        "value": number,
        "low": number if modifier in _LOW else None,
        "high": number if modifier in _HIGH else None,
        "modifier": modifier,
        "vague_word": None,
    }


def _range(claim: Row, given: Row) -> dict[str, Any]:
    low, high = (given.get(name, claim[name]) for name in ("low", "high"))
    if low is None or high is None or low >= high:
        raise AmendError(
            f"a range needs a low end that is below its high end, not {_told(low)} and {_told(high)}: "
            "amend low and high"
        )
    return {"value": None, "low": low, "high": high, "modifier": "range", "vague_word": None}


def _vague(claim: Row, given: Row) -> dict[str, Any]:
    word = given.get("vague_word", claim["vague_word"])
    if not word:
        raise AmendError("modifier vague needs the word that stands for the number: amend vague_word too")
    return {"value": None, "low": None, "high": None, "modifier": "vague", "vague_word": word}


def _told(value: object) -> str:
    return "nothing" if value is None else str(value)
