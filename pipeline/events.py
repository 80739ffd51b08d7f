"""Events: what the one in a folder is about and which files belong to it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

from pipeline.coded.files import tables
from pipeline.coded.layout import Coded
from pipeline.config import keys
from pipeline.config.entries import Mistake
from pipeline.config.mistakes import read
from pipeline.folders import ARTICLES, CODED, CONFIG, REVIEWS, article_files, is_event, places, slug

# How far two figures may lie apart and still be taken for one in other words, if an event sets nothing else.
TOLERANCE: Final = 0.05
LEXICONS: Final = keys.LEXICONS
SIDES: Final = keys.SIDES


class EventError(ValueError):
    """There is no event where one was asked for. The message says what to do."""


@dataclass(frozen=True, slots=True)
class Place:
    """A row of the event's gazetteer. `kind`: country, region, city or other; a city is not its region."""

    place_id: str
    name: str
    kind: str
    country: str | None
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Actor:
    """A real-world source. `aliases` are the words by which articles name it."""

    actor_id: str
    name: str
    side: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Population:
    """People an event tells apart: claims of `metrics` whose sentence has one of `words` are of them.

    `within` names the population they are some of: the Russian contingent is within the alliance's force.
    `label` is what pages call them, if it is not the name's own words.
    """

    name: str
    metrics: tuple[str, ...]
    words: tuple[str, ...]
    within: str | None = None
    label: str | None = None


def people(populations: Sequence[Population], name: str) -> str:
    """A population as pages call it: its label, else its name's words."""
    labels = {one.name: one.label for one in populations if one.label}
    return labels.get(name, name.replace("_", " "))


@dataclass(frozen=True, slots=True)
class AcceptedFall:
    """A running total that fell, from one number to another, and the reason why that is no surprise."""

    metric: str
    before: int
    after: int
    reason: str


@dataclass(frozen=True, slots=True)
class Event:
    """What a report is about. `place` is the event's own place, which claims without one are about.

    An event that names no places of its own knows the world's countries (codebooks/countries.toml).
    `lexicon` holds the event's own entries, by kind (LEXICONS) and in the form of pipeline/lexicon/*.toml.
    `tolerance` is the share of its number within which "about" is taken for comparison.
    `feeds` are addresses that the schedule of Dagster fetches, if it is turned on.
    `mistakes` are those of event.toml; with an error among them the event is read without it.
    """

    event_id: str
    root: Path
    files: tuple[Path, ...]
    title: str
    question: str | None = None
    notice: str | None = None
    place: str | None = None
    country: str | None = None
    window: tuple[date, date] | None = None
    places: tuple[Place, ...] = ()
    actors: tuple[Actor, ...] = ()
    populations: tuple[Population, ...] = ()
    lexicon: tuple[tuple[str, Mapping[str, Any]], ...] = ()
    coded: tuple[Coded, ...] = ()
    feeds: tuple[str, ...] = ()
    tolerance: float = TOLERANCE
    accepted_falls: tuple[AcceptedFall, ...] = ()
    mistakes: tuple[Mistake, ...] = ()

    @property
    def config_error(self) -> str | None:
        """Why event.toml could not be used, if it could not."""
        errors = [f"{one.message}: {one.remedy}" for one in self.mistakes if one.severity == "error"]
        return "; ".join(errors) or None

    @property
    def reviews(self) -> Path:
        """Where people's decisions on its claims are, if there are any."""
        return self.root / REVIEWS


def discover(path: Path) -> list[Event]:
    """The events under `path`: a data folder, one event's folder, a folder of articles, or one article.

    Raises EventError if there is none.
    """
    return [at(place) for place in found(path).values()]


def found(path: Path) -> dict[str, Path]:
    """The `places` of the events under `path`. Raises EventError if there is none."""
    if not path.exists():
        raise EventError(f"{path} does not exist; give a data folder, an event's folder or an article file")
    if not (there := places(path)):
        raise EventError(
            f"no event in {path}: make a folder {path}/<event>/{ARTICLES} and put article files into it"
        )
    return there


def at(place: Path) -> Event:
    """The event that lies at one of the `places`."""
    if place.is_file():
        return replace(_around(place.parent, place.stem), root=place.parent, files=(place,))
    if is_event(place):
        return load(place)
    return replace(_around(place, place.resolve().name), root=place, files=article_files(place))


def load(folder: Path) -> Event:
    """One event's folder, with or without an `event.toml`."""
    inner = folder / ARTICLES
    files = article_files(inner if inner.is_dir() else folder)
    name = folder.resolve().name
    files = tuple(path for path in files if not path.is_relative_to(folder / CODED))
    bare = Event(slug(name), folder, files, name, places=countries(), coded=tables(folder))
    config = folder / CONFIG
    if not config.is_file():
        return bare
    try:
        values, mistakes = read(config)
        known = replace(bare, mistakes=mistakes)
        return known if known.config_error else _configured(known, values)
    except (OSError, ValueError) as error:  # a file that cannot be opened, or named in a table
        return replace(bare, mistakes=(Mistake("error", str(error), "correct or remove it"),))


def _around(folder: Path, name: str) -> Event:
    """An event called `name` that knows what the event.toml beside an `articles` folder says, if one is."""
    known = load(folder.parent) if folder.name == ARTICLES and (folder.parent / CONFIG).is_file() else None
    bare = Event(slug(name), folder, (), name, places=countries())
    return replace(known, event_id=slug(name), coded=()) if known else bare


def _configured(event: Event, values: Mapping[str, Any]) -> Event:
    """The event with what event.toml says, which has no mistakes."""
    window = values.get("window")
    return replace(
        event,
        title=values["title"],
        question=values.get("question"),
        notice=values.get("notice"),
        place=values.get("place"),
        country=values.get("country"),
        window=(window["start"], window["end"]) if window else None,
        places=tuple(
            Place(row["id"], row["name"], row["kind"], row.get("country"), tuple(row.get("aliases", ())))
            for row in values.get("places", ())
        )
        or event.places,
        actors=tuple(actor(row) for row in values.get("actors", ())),
        populations=tuple(
            Population(
                row["name"], tuple(row["metrics"]), tuple(row["words"]), row.get("within"), row.get("label")
            )
            for row in values.get("populations", ())
        ),
        lexicon=tuple((kind, row) for kind, rows in values.get("lexicon", {}).items() for row in rows),
        tolerance=float(values.get("tolerance", TOLERANCE)),
        accepted_falls=tuple(
            AcceptedFall(row["metric"], row["from"], row["to"], row["reason"])
            for row in values.get("accepted_falls", ())
        ),
        coded=tables(event.root, values.get("coded", ())),
        feeds=tuple(values.get("feeds", ())),
        # Where tables are, articles have a folder of their own.
        files=tuple(path for path in event.files if not values.get("coded") or ARTICLES in path.parts),
    )


@cache
def countries() -> tuple[Place, ...]:
    """The world's countries; the id of one is its ISO 3166-1 code in lower case."""
    path = Path(__file__).parent / "codebooks" / "countries.toml"
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["countries"]
    return tuple(
        Place(code.lower(), names[0], "country", code, tuple(names[1:])) for code, names in rows.items()
    )


def actor(row: Mapping[str, Any]) -> Actor:
    """One `[[actors]]` entry of event.toml or codebooks/actors.toml. Raises ValueError on an unknown side."""
    if row["side"] not in SIDES:
        raise ValueError(f"actor {row['id']}: side {row['side']!r} is not one of {', '.join(SIDES)}")
    return Actor(row["id"], row["name"], row["side"], tuple(row.get("aliases", ())))
