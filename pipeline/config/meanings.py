"""Mistakes that only the rest of an event.toml, or the lexicons, can tell: names of nothing, names of two."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Final

from pipeline.coded.layout import names as described
from pipeline.config.entries import Entry, Mistake
from pipeline.config.keys import FIGURES

_CODE: Final = re.compile(r"[A-Z]{2}")
# Keys that name a metric or a population, by heading.
_METRICS: Final[Mapping[str, tuple[str, ...]]] = {
    "populations": ("metrics",),
    "accepted_falls": ("metric",),
    "lexicon.metric": ("among", "over"),
}
_POPULATIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "populations": ("within",),
    "lexicon.metric": ("whose",),
}


def meanings(entries: Sequence[Entry]) -> Iterator[Mistake]:
    """What is wrong with entries whose keys and values are well formed. The first of them is the event."""
    yield from _twice(entries)
    metrics = described("metric") | _named(entries, "lexicon.metric", "meaning")
    populations = (
        described("population") | _named(entries, "lexicon.population") | _named(entries, "populations")
    )
    for entry in entries:
        yield from _of_nothing(entry, "metric", metrics, _METRICS)
        yield from _of_nothing(entry, "population", populations, _POPULATIONS)
        yield from _in_figures(entry, metrics, populations)
        if entry.heading == "lexicon.metric" and (name := entry.values["name"]) not in metrics:
            remedy = f"give it a meaning if it is a metric of your own{_or_near(name, metrics)}"
            yield entry.error(
                "name", f"there is no metric {name!r} to which its words could be added", remedy
            )
        if entry.heading == "accepted_falls" and entry.values["from"] <= entry.values["to"]:
            yield entry.error(
                "from", "from is not above to, so nothing fell", "give the higher figure as from"
            )
        if not _CODE.fullmatch(entry.values.get("country", "XX")) and entry.heading != "coded":
            remedy = 'give the two capital letters of ISO 3166-1: "KZ"'
            yield entry.warning(
                "country", f"country {entry.values['country']!r} is no code of a country", remedy
            )
    yield from _elsewhere(entries)


def _named(entries: Iterable[Entry], heading: str, key: str = "name") -> frozenset[str]:
    """The names of the entries under `heading` that have `key`."""
    return frozenset(one.values["name"] for one in entries if one.heading == heading and key in one.values)


def _twice(entries: Iterable[Entry]) -> Iterator[Mistake]:
    """Places and actors that have the id of another, whose words then lead to the last of them."""
    seen = set()
    for entry in entries:
        if entry.heading in ("places", "actors"):
            if (place := (entry.heading, entry.values["id"])) in seen:
                message = f"the id {entry.values['id']!r} is there twice; the last entry counts"
                yield entry.warning("id", message, "give each one of its own")
            seen.add(place)


def _of_nothing(
    entry: Entry, kind: str, known: frozenset[str], keys: Mapping[str, tuple[str, ...]]
) -> Iterator[Mistake]:
    """Names of metrics or populations (`kind`) that there are not, in the keys that hold such names."""
    for key in keys.get(entry.heading, ()):
        value = entry.values.get(key, [])
        for name in [value] if isinstance(value, str) else value:
            if name not in known:
                yield entry.error(key, f"{key}: there is no {kind} {name!r}", _remedy(kind, name, known))


def _in_figures(entry: Entry, metrics: frozenset[str], populations: frozenset[str]) -> Iterator[Mistake]:
    for figure in entry.values.get(FIGURES, ()) if entry.heading == "coded" else ():
        for kind, known in (("metric", metrics), ("population", populations)):
            if (name := figure.get(kind, "all")) not in known and name != "all":
                message = f"coded.figures: there is no {kind} {name!r}"
                yield entry.error(FIGURES, message, _remedy(kind, name, known))


def _elsewhere(entries: Sequence[Entry]) -> Iterator[Mistake]:
    """An event's place that its list of places does not have: figures for it would stand apart."""
    event, places = entries[0], _named(entries, "places")
    place = event.values.get("place")
    if place is not None and places and place not in places:
        remedy = f"give the name of one of them{_or_near(place, places)}, or add it"
        yield event.warning("place", f"place {place!r} is the name of no entry of [[places]]", remedy)


def _remedy(kind: str, name: str, known: frozenset[str]) -> str:
    if near := get_close_matches(name, sorted(known), 1):
        return f"did you mean {near[0]!r}?"
    return f"correct it, or add it as [[lexicon.{kind}]]; there are {', '.join(sorted(known))}"


def _or_near(name: str, known: frozenset[str]) -> str:
    near = get_close_matches(name, sorted(known), 1)
    return f" (did you mean {near[0]!r}?)" if near else ""
