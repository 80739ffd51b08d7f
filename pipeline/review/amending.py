"""Which columns of a claim a person may amend, and what may stand in them.

What the article says cannot be amended: the quote, its offsets and its sentence are evidence, and ids follow
from them. If the words are no claim, the claim is rejected. `confidence`, `rule` and `extractor` say how
extraction found it, `population_text` in which words, and `incident` what a table of figures names; `country`
follows from the place, `stance_by` from the stance.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Any, Final, TypeVar

from pipeline.coded.layout import names
from pipeline.events import Actor, Event, Place
from pipeline.review.figures import COLUMNS as FIGURE
from pipeline.review.figures import AmendError, settled
from pipeline.schema.extract import MODIFIERS, SCOPES, STANCES

_WHOLE: Final = re.compile(r"(\d{1,12}|\d{1,3}(?:,\d{3}){1,3})(?:\.0)?")
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_NAMED: Final = 40  # words that a message lists
_NO_METRIC: Final = frozenset({"all", "side_a", "side_b"})

Row = Mapping[str, Any]
Columns = dict[str, Any]
Named = TypeVar("Named")


@dataclass(frozen=True, slots=True)
class Known:
    """What an event knows, against which amended values are held."""

    metrics: frozenset[str]
    populations: frozenset[str]
    places: tuple[Place, ...]
    actors: tuple[Actor, ...]


def known(event: Event, actors: Iterable[Actor]) -> Known:
    """What `event` knows, with the actors that its lexicon names."""
    metrics = {row["name"] for kind, row in event.lexicon if kind == "metric"}
    populations = {row["name"] for kind, row in event.lexicon if kind == "population"}
    return Known(
        (names("metric") - _NO_METRIC) | metrics,
        names("population") | populations | {one.name for one in event.populations},
        event.places,
        tuple(actors),
    )


@dataclass(frozen=True, slots=True)
class Setting:
    """A claim in its surroundings: the text of its article, and the article's claims with their wholes."""

    claim: Row
    text: str
    wholes: Mapping[str, str | None]
    rejected: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Amended:
    """By field the columns that change with it, its own among them; or why it cannot be amended so."""

    by_field: Mapping[str, Columns]
    faults: Mapping[str, str]

    @property
    def columns(self) -> Columns:
        """All columns that change."""
        return {name: value for columns in self.by_field.values() for name, value in columns.items()}


def amend(setting: Setting, given: Mapping[str, str], knowledge: Known) -> Amended:
    """What becomes of a claim if `given` words are put into its fields. An empty word empties a field."""
    typed: dict[str, Any] = {}
    faults: dict[str, str] = {}
    for name, word in given.items():
        try:
            typed[name] = typed_value(setting, name, word, knowledge)
        except AmendError as error:
            faults[name] = str(error)
    by_field: dict[str, Columns] = {}
    for together, settle in _GROUPS:
        own = {name: value for name, value in typed.items() if name in together}
        try:
            by_field |= dict.fromkeys(own, settle(setting, own, knowledge)) if own else {}
        except AmendError as error:
            faults |= dict.fromkeys(own, str(error))
    return Amended(by_field, faults)


def allowed(name: str, knowledge: Known) -> tuple[str, ...]:
    """What may stand in a field, if it is one of a list."""
    lists: dict[str, Iterable[str]] = {
        "metric": sorted(knowledge.metrics),
        "modifier": MODIFIERS,
        "population": sorted(knowledge.populations),
        "scope": SCOPES,
        "stance": STANCES,
        "place_id": (one.place_id for one in knowledge.places),
        "actor_id": (one.actor_id for one in knowledge.actors),
    }
    return tuple(lists.get(name, ()))


def typed_value(setting: Setting, name: str, word: str, knowledge: Known) -> Any:
    """What `word` is as a value of a field, whatever others hold. Raises AmendError if it is none."""
    if name not in FIELDS:
        raise AmendError(f"{name or 'no field'} cannot be amended; what can: {', '.join(FIELDS)}")
    if not word:
        if name in _FILLED:
            raise AmendError(f"{name} cannot be empty")
        return None
    return _READERS.get(name, _listed)(name, word, setting, knowledge)


def _listed(name: str, word: str, _: Setting, knowledge: Known) -> str:
    choices = allowed(name, knowledge)
    if word not in choices:
        raise AmendError(f"{word!r} is no {name}: {_choices(word, choices)}")
    return word


def _choices(word: str, choices: tuple[str, ...]) -> str:
    near = get_close_matches(word[:100], choices, n=3)
    if near:
        return f"is it {' or '.join(near)}?"
    more = ", …" if len(choices) > _NAMED else ""
    return f"one of {', '.join(choices[:_NAMED])}{more}"


def _whole(name: str, word: str, *_: object) -> int:
    match = _WHOLE.fullmatch(word)
    if not match:
        raise AmendError(f"{name} must be a whole number such as 1678, not {word!r}")
    return int(match[1].replace(",", ""))


def _day(name: str, word: str, *_: object) -> date:
    try:
        if _DAY.fullmatch(word):
            return date.fromisoformat(word)
    except ValueError:
        pass
    raise AmendError(f"{name} must be a day as YYYY-MM-DD, not {word!r}")


def _word(_: str, word: str, *__: object) -> str:
    return word.lower()


def _place(_: str, word: str, __: Setting, knowledge: Known) -> Place:
    named = [(one, one.place_id, (one.name, *one.aliases)) for one in knowledge.places]
    return _by_name("place", word, named, "add it to [[places]] in event.toml, or amend place_text")


def _actor(_: str, word: str, __: Setting, knowledge: Known) -> Actor:
    named = [(one, one.actor_id, (one.name, *one.aliases)) for one in knowledge.actors]
    return _by_name("actor", word, named, "add it to [[actors]] in event.toml, or amend attribution")


def _by_name(kind: str, word: str, named: list[tuple[Named, str, tuple[str, ...]]], remedy: str) -> Named:
    """The one that has the id, else the only one that has the name."""
    for entry, key, _ in named:
        if key == word:
            return entry
    found = {key: one for one, key, called in named if word.casefold() in map(str.casefold, called)}
    if len(found) == 1:
        return next(iter(found.values()))
    if found:
        raise AmendError(f"{word!r} is the name of several: give the id, one of {', '.join(sorted(found))}")
    every = [name for one in named for name in (one[1], *one[2])]
    near = get_close_matches(word[:100], every, n=3)
    asked = f"is it {' or '.join(near)}? If not, " if near else ""
    raise AmendError(f"there is no {kind} {word!r}: {asked}{remedy}")


def _claim(_: str, word: str, setting: Setting, __: Known) -> str:
    """The whole of a part: another claim of the article, which is no part of this one."""
    own = setting.claim["claim_id"]
    if word in setting.rejected:
        raise AmendError(f"{word} is rejected, and nothing can be a part of it")
    if word not in setting.wholes:
        raise AmendError(f"there is no claim {word!r} in this article")
    seen: set[str] = set()
    step: str | None = word
    while step and step not in seen:
        if step == own:
            raise AmendError(f"{word} is this claim or a part of it")
        seen.add(step)
        step = setting.wholes.get(step)
    return word


def _words(name: str, word: str, setting: Setting, _: Known) -> tuple[int, int]:
    """Where words stand: in the claim's sentence, else in its article."""
    pattern = re.compile(r"\s+".join(map(re.escape, word.split())))
    first, last = setting.claim["sentence_start"], setting.claim["sentence_end"]
    for start, end in ((first, last), (0, len(setting.text))):
        spans = [match.span() for match in pattern.finditer(setting.text, start, end)]
        if len(spans) == 1 or (spans and name == "place_text"):
            return spans[0]
        if spans:
            raise AmendError(f"{word!r} stands there {len(spans)} times: give more words")
    raise AmendError(f"{name} must be words of the article, and {word!r} does not stand in it")


def _as_given(_: Setting, given: Columns, __: Known) -> Columns:
    return given


def _figure(setting: Setting, given: Columns, _: Known) -> Columns:
    return settled(setting.claim, given)


def _days(setting: Setting, given: Columns, _: Known) -> Columns:
    start, end = (given.get(name, setting.claim[name]) for name in ("as_of_start", "as_of_end"))
    if start and end and start > end:
        raise AmendError(f"as_of_start {start} is after as_of_end {end}: amend both")
    return given


def _located(setting: Setting, given: Columns, knowledge: Known) -> Columns:
    """A place that is amended takes its country with it. Words that are amended name another place, or none;
    words that name no such place as was given are gone.
    """
    found: Columns = {}
    text = setting.claim["place_text"]
    if "place_text" in given:
        text = _at(setting, given["place_text"])
        found = {"place_text": text, "place_id": None, "country": None}
        named = [one for one in knowledge.places if _calls((one.name, *one.aliases), text)]
        if len(named) == 1 and "place_id" not in given:
            found |= {"place_id": named[0].place_id, "country": named[0].country}
    if "place_id" in given:
        place = given["place_id"]
        found |= {"place_id": place and place.place_id, "country": place and place.country}
        if place and "place_text" not in given and not _calls((place.name, *place.aliases), text):
            found["place_text"] = None
    return found


def _sourced(setting: Setting, given: Columns, knowledge: Known) -> Columns:
    """An attribution that is amended takes its offsets with it, and names another source, or none."""
    found: Columns = {}
    if "attribution" in given:
        span = given["attribution"]
        text = _at(setting, span)
        named = {one.actor_id for one in knowledge.actors if _calls((one.name, *one.aliases), text)}
        found = {
            "attribution": text,
            "attribution_start": span and span[0],
            "attribution_end": span and span[1],
            "actor_id": named.pop() if len(named) == 1 else None,
        }
    if "actor_id" in given:
        found["actor_id"] = given["actor_id"] and given["actor_id"].actor_id
    return found


def _stanced(setting: Setting, given: Columns, _: Known) -> Columns:
    by = None if given["stance"] == "asserted" else setting.claim["stance_by"]
    return {**given, "stance_by": by}


def _at(setting: Setting, span: tuple[int, int] | None) -> str | None:
    return setting.text[span[0] : span[1]] if span else None


def _calls(called: Iterable[str], text: str | None) -> bool:
    return text is not None and " ".join(text.split()).casefold() in map(str.casefold, called)


_FILLED: Final = frozenset({"metric", "modifier", "population", "scope", "stance"})
_READERS: Final[dict[str, Callable[[str, str, Setting, Known], Any]]] = {
    **dict.fromkeys(("value", "low", "high"), _whole),
    **dict.fromkeys(("as_of_start", "as_of_end", "said_on"), _day),
    **dict.fromkeys(("place_text", "attribution"), _words),
    "vague_word": _word,
    "place_id": _place,
    "actor_id": _actor,
    "part_of": _claim,
}
# Columns that must go together, and what makes them.
_GROUPS: Final[tuple[tuple[frozenset[str], Callable[[Setting, Columns, Known], Columns]], ...]] = (
    (frozenset(FIGURE), _figure),
    (frozenset({"metric", "population", "scope", "said_on", "part_of"}), _as_given),
    (frozenset({"as_of_start", "as_of_end"}), _days),
    (frozenset({"place_text", "place_id"}), _located),
    (frozenset({"attribution", "actor_id"}), _sourced),
    (frozenset({"stance"}), _stanced),
)
FIELDS: Final = (
    "metric", "value", "low", "high", "modifier", "vague_word", "population", "place_id", "place_text",
    "as_of_start", "as_of_end", "said_on", "scope", "part_of", "attribution", "actor_id", "stance",
)  # fmt: skip
