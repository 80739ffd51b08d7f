"""What the extractor knows of words: pipeline/lexicon/*.toml, codebooks/actors.toml and an event's own."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Final

from pipeline.actors import actors
from pipeline.events import Actor, Event, Place
from pipeline.extract.document import Token
from pipeline.extract.phrases import Entry, Phrases, Words
from pipeline.extract.tokens import words

_FOLDER: Final = Path(__file__).parent.parent / "lexicon"
# Files of pipeline/lexicon/ that extraction knows; the others are known to ingest.
_FILES: Final = (
    "attribution", "calendar", "grammar", "metrics", "modifiers", "numbers", "populations", "rejections",
    "rules", "stance",
)  # fmt: skip
ROLES: Final = ("object", "subject", "state", "count", "total")


@dataclass(frozen=True, slots=True)
class Metric:
    """One metric. `people`: if given, the only nouns it counts, and one of `gate` must be in the sentence;
    `weak`: words that bind only a number with a noun for people; `among`: metrics of which it is a part;
    `whose`: the population where no word tells; `partial`: words for some of those counted before;
    `over`: metrics of whose nouns this one says what became.
    """

    name: str
    people: frozenset[Words]
    gate: frozenset[str]
    weak: frozenset[Words]
    among: frozenset[str]
    whose: str
    partial: frozenset[Words]
    over: frozenset[str]


@dataclass(frozen=True, slots=True)
class Refinement:
    """A population of the event: of which metrics, and the words that tell it."""

    name: str
    metrics: frozenset[str]
    words: Phrases


@dataclass(frozen=True, slots=True)
class Numbers:
    """Numbers in words. `parts`: into how many each word divides; `starts`: the words that a number can begin
    with; `words`: one of these is in any number in words.
    """

    cardinals: Mapping[str, int]
    multipliers: Mapping[str, int]
    suffixes: Mapping[str, int]
    ordinals: frozenset[str]
    parts: Mapping[str, int]
    ordinal_suffixes: frozenset[str]
    vague: Phrases
    zero: Phrases
    starts: frozenset[str]
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Grammar:
    """Small words that hold a clause together, by what they do (lexicon/grammar.toml)."""

    be: frozenset[str]
    have: frozenset[str]
    auxiliaries: frozenset[str]
    determiners: frozenset[str]
    locatives: frozenset[str]
    directions: frozenset[str]
    directional: frozenset[str]
    place_prepositions: frozenset[str]
    place_nouns: frozenset[str]
    coordinators: frozenset[str]
    prepositions: frozenset[str]
    subordinators: frozenset[str]
    relatives: frozenset[str]
    describing: frozenset[str]
    clause_breaks: frozenset[str]
    irregular_participles: frozenset[str]
    links: frozenset[str]
    before_year: frozenset[str]
    before_month: frozenset[str]
    after_clock: frozenset[str]
    closing: frozenset[str]
    governing: frozenset[str]
    predicating: frozenset[str]
    periods: Phrases
    sizes: frozenset[str]
    doubts: frozenset[str]
    after_noun: frozenset[str]
    moving: frozenset[str]
    compared: Phrases
    contrasted: Phrases
    negations: frozenset[str]
    joining: Phrases
    part_before: Phrases
    part_after: Phrases
    part_manner: frozenset[str]
    change_before: Phrases
    change_after: Phrases


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything the cascade knows of words, places and actors.

    `settled`: the event says where it is, and claims without a place of their own are about there; if it does
    not, `home` is where its articles are about, as far as they agree. `source_words`: those with which what
    ties a statement to its source can begin; `noun_words`: those with which triggers, populations and things
    can.
    """

    grammar: Grammar
    numbers: Numbers
    metrics: Mapping[str, Metric]
    triggers: Phrases
    split_triggers: Phrases
    modifiers_before: Phrases
    modifiers_after: Phrases
    populations: Phrases
    always_within: frozenset[str]
    circumstances: Phrases
    things: Phrases
    noun_words: frozenset[str]
    labels: Phrases
    say: Phrases
    cite: Phrases
    source_words: frozenset[str]
    pronouns: frozenset[str]
    agents: frozenset[str]
    relays: frozenset[str]
    stances: Phrases
    weak_stances: Phrases
    withdrawals: Phrases
    given: frozenset[str]
    reach: frozenset[str]
    weekdays: tuple[str, ...]
    months: Mapping[str, int]
    abbreviations: frozenset[str]
    places: Phrases
    settled: bool
    home: Place | None
    refinements: tuple[Refinement, ...]
    gazetteer: Mapping[str, Place]
    names: Phrases
    actors: tuple[Actor, ...]
    rules: Mapping[str, str]

    def is_number(self, token: Token) -> bool:
        """Whether a number begins with the token: digits, or a word for one."""
        return token.text[0].isdecimal() or token.lower in self.numbers.cardinals


def known_of(event: Event) -> tuple[object, ...]:
    """All that the lexicon has from `event`: with the same, extraction gives the same."""
    settled = event.place is not None
    return settled, event.places, event.actors, event.populations, event.lexicon


def load_lexicon(event: Event | None = None) -> Lexicon:
    """The project's lexicon, with the places and actors of `event`. Raises ValueError on a faulty file."""
    if event is None:
        return _load()
    base = _extended(event) if event.lexicon else _load()
    return replace(
        base,
        refinements=tuple(
            Refinement(one.name, frozenset(one.metrics), Phrases(_entries(one.name, one.words)))
            for one in event.populations
        ),
        places=Phrases(_aliases((place.place_id, place.name, place.aliases) for place in event.places)),
        settled=event.place is not None,
        gazetteer={place.place_id: place for place in event.places},
        names=_names(actors(event)),
        actors=actors(event),
    )


@cache
def _load() -> Lexicon:
    return _read(_files())


def _files() -> dict[str, Any]:
    """Each lexicon file's tables, by the file's stem."""
    paths = (_FOLDER / f"{name}.toml" for name in _FILES)
    return {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in paths}


def _extended(event: Event) -> Lexicon:
    """The project's lexicon with the event's own entries before it: of two as long, the event's wins.

    An entry for a metric that there is adds its words; one with another name adds a metric.
    """
    files = _files()
    for kind, row in reversed(event.lexicon):
        files[f"{kind}s"][kind].insert(0, row)
    return _read(files)


def _read(files: Mapping[str, Any]) -> Lexicon:
    numbers, saying, calendar = files["numbers"], files["attribution"], files["calendar"]
    say = Phrases([*_entries("clear", saying["verbs"]), *_entries("doubtful", saying["doubtful"])])
    cite = Phrases(_entries("cite", saying["after"]))
    phrases = [
        _trigger(row["name"], role, phrase)
        for row in files["metrics"]["metric"]
        for role in ROLES
        for phrase in row.get(role, ())
    ]
    triggers = Phrases(entry for entry in phrases if not entry.apart)
    populations = _listed(files["populations"]["population"], "name", "nouns")
    things = _listed(files["rejections"]["rejection"], "reason", "nouns")
    return Lexicon(
        grammar=_grammar(files["grammar"]),
        numbers=_numbers(numbers),
        metrics={row["name"]: _metric(row) for row in files["metrics"]["metric"] if "meaning" in row},
        triggers=triggers,
        split_triggers=Phrases(entry for entry in phrases if entry.apart),
        modifiers_before=_listed(files["modifiers"]["modifier"], "name", "before"),
        modifiers_after=_listed(files["modifiers"]["modifier"], "name", "after"),
        populations=populations,
        always_within=frozenset(
            row["name"] for row in files["populations"]["population"] if row.get("within", False)
        ),
        circumstances=_listed(files["populations"]["population"], "name", "circumstances"),
        things=things,
        noun_words=triggers.first_words | populations.first_words | things.first_words,
        labels=_listed(files["rejections"]["rejection"], "reason", "before"),
        say=say,
        cite=cite,
        source_words=say.first_words | cite.first_words | frozenset(files["grammar"]["sizes"]) | {"by"},
        pronouns=frozenset(saying["pronouns"]),
        agents=frozenset(saying["agents"]),
        relays=frozenset(saying["relays"]),
        stances=_listed(files["stance"]["stance"], "name", "clause"),
        weak_stances=_listed(files["stance"]["stance"], "name", "weak"),
        given=frozenset(files["stance"]["given"]["verbs"]),
        withdrawals=_listed(files["stance"]["stance"], "name", "statement"),
        reach=frozenset(files["stance"]["reach"]["nouns"]),
        weekdays=tuple(calendar["weekdays"]),
        months=calendar["months"],
        abbreviations=frozenset(calendar["abbreviations"]["words"]),
        places=Phrases(()),
        settled=True,
        home=None,
        gazetteer={},
        refinements=(),
        names=_names(actors()),
        actors=actors(),
        rules=files["rules"],
    )


def _numbers(rows: Mapping[str, Any]) -> Numbers:
    vague = Phrases(_entries("vague", rows["vague"]["words"]))
    zero = Phrases(_entries("zero", rows["zero"]["words"]))
    ordinals = frozenset(rows["ordinals"]["words"])
    phrases = (*rows["vague"]["words"], *rows["zero"]["words"])
    quantities = {word for phrase in phrases for word in words(phrase)} - {"a", "of", "-"}
    articles = {"a", "an", "half", "quarter", "between"}  # "a hundred", "half a dozen", "between 10 and 15"
    return Numbers(
        cardinals=rows["cardinals"],
        multipliers=rows["multipliers"],
        suffixes=rows["suffixes"],
        ordinals=ordinals,
        parts=rows["parts"],
        ordinal_suffixes=frozenset(rows["ordinals"]["suffixes"]),
        vague=vague,
        zero=zero,
        starts=frozenset(rows["cardinals"]) | ordinals | vague.first_words | zero.first_words | articles,
        words=frozenset(rows["cardinals"]) | ordinals | frozenset(rows["multipliers"]) | quantities,
    )


def _grammar(rows: Mapping[str, list[str]]) -> Grammar:
    words_of = {name: frozenset(listed) for name, listed in rows.items()}
    phrases_of = {name: Phrases(_entries(name, listed)) for name, listed in rows.items()}
    closing = ("be", "have", "auxiliaries", "prepositions", "coordinators", "subordinators")
    return Grammar(
        be=words_of["be"],
        have=words_of["have"],
        auxiliaries=words_of["auxiliaries"],
        determiners=words_of["determiners"],
        locatives=words_of["locatives"],
        directions=words_of["directions"],
        directional=words_of["directional"],
        place_prepositions=words_of["place_prepositions"],
        place_nouns=words_of["place_nouns"],
        coordinators=words_of["coordinators"],
        prepositions=words_of["prepositions"],
        subordinators=words_of["subordinators"],
        relatives=words_of["relatives"],
        describing=words_of["describing"],
        clause_breaks=words_of["clause_breaks"],
        irregular_participles=words_of["irregular_participles"],
        links=words_of["links"],
        before_year=words_of["before_year"],
        before_month=words_of["before_month"],
        after_clock=words_of["after_clock"],
        closing=frozenset().union(*(words_of[name] for name in closing)),
        governing=words_of["be"] | words_of["have"] | words_of["prepositions"],
        predicating=words_of["be"] | words_of["have"] | words_of["links"],
        periods=phrases_of["periods"],
        sizes=words_of["sizes"],
        doubts=words_of["doubts"],
        after_noun=words_of["after_noun"],
        moving=words_of["moving"],
        compared=phrases_of["compared"],
        contrasted=phrases_of["contrasted"],
        negations=words_of["negations"],
        joining=phrases_of["joining"],
        part_before=phrases_of["part_before"],
        part_after=phrases_of["part_after"],
        part_manner=words_of["part_manner"],
        change_before=phrases_of["change_before"],
        change_after=phrases_of["change_after"],
    )


def _trigger(metric: str, role: str, phrase: str) -> Entry:
    head, apart, tail = phrase.partition("…")
    return Entry(words(head), metric, role, words(tail) if apart else ())


def _metric(row: Mapping[str, Any]) -> Metric:
    people, weak, partial = (
        frozenset(words(phrase) for phrase in row.get(key, ())) for key in ("people", "weak", "partial")
    )
    gate, among, over = (frozenset(row.get(key, ())) for key in ("gate", "among", "over"))
    return Metric(row["name"], people, gate, weak, among, row.get("whose", "all"), partial, over)


def _entries(name: str, phrases: Iterable[str]) -> list[Entry]:
    return [Entry(words(phrase), name) for phrase in phrases]


def _listed(rows: Iterable[Mapping[str, Any]], name: str, column: str) -> Phrases:
    return Phrases(Entry(words(phrase), row[name]) for row in rows for phrase in row.get(column, ()))


def _aliases(rows: Iterable[tuple[str, str, tuple[str, ...]]]) -> list[Entry]:
    return [Entry(words(alias), name) for name, title, others in rows for alias in (title, *others)]


def _names(actors: Iterable[Actor]) -> Phrases:
    return Phrases(_aliases((one.actor_id, one.name, one.aliases) for one in actors))
