"""Which column of a coded table is what: by an event's `[[coded]]` entry, or by a format that is known."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

_FILE: Final = Path(__file__).parents[1] / "codebooks" / "coded_tables.toml"
# What may be named by one column, or by several of which the first filled cell counts.
_COLUMNS: Final = ("outlet", "published", "start", "end", "incident", "place", "country", "attribution")
_ENDS: Final = ("best", "low", "high")
MODIFIERS: Final = ("at_least", "about")  # whose ends are open, so that one column says it all


@dataclass(frozen=True, slots=True)
class Figure:
    """Columns that hold one metric: its best, lowest and highest figure.

    `population`: whose; `people`: the column that names them. `modifier`: how the codebook bounds a figure of
    one column (MODIFIERS); None: it is exact. `change`: it counts what was added, not what there is.
    """

    metric: str
    best: str
    low: str | None = None
    high: str | None = None
    population: str = "all"
    people: str | None = None
    modifier: str | None = None
    change: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that must hold whole numbers."""
        return tuple(column for column in (self.best, self.low, self.high) if column)


@dataclass(frozen=True, slots=True)
class Coded:
    """A table of figures that people have coded, a row a report.

    - `file`: relative to the event's folder; `name`: of its format; `header`: its columns' labels, in order;
    - `figures`: without them the table is of no format that is known;
    - `coder`: the outlet where no column names one;
    - `days`: forms of dates besides YYYY-MM-DD; `certain`: column and value without which a day is not sure;
    - `unread`: columns of people whom no population stands for.

    The rest are columns by label, of which the first that is filled counts.
    """

    file: str
    name: str
    header: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    coder: str | None = None
    outlet: tuple[str, ...] = ()
    published: tuple[str, ...] = ()
    start: tuple[str, ...] = ()
    end: tuple[str, ...] = ()
    incident: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    attribution: tuple[str, ...] = ()
    days: tuple[str, ...] = ()
    certain: tuple[str, str] | None = None
    unread: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that is named, once, in order of the header; those that it lacks come last."""
        named = {column for role in _COLUMNS for column in getattr(self, role)}
        named |= {column for figure in self.figures for column in figure.columns}
        named |= {figure.people for figure in self.figures if figure.people}
        named |= {self.certain[0]} if self.certain else set()
        there = [column for column in self.header if column in named]
        return (*there, *sorted(named - set(there)))


def layout(values: Mapping[str, Any], file: str, header: tuple[str, ...], name: str | None = None) -> Coded:
    """A table as `values` describe it: a `[[coded]]` entry or a format. Raises KeyError, ValueError."""
    certain = values.get("certain")
    return Coded(
        file=file,
        name=name or file,
        header=header,
        figures=tuple(_figure(one) for one in values["figures"]),
        coder=values.get("coder"),
        days=tuple(values.get("days", ())),
        certain=(certain["column"], certain["value"]) if certain else None,
        **{role: _listed(values.get(role)) for role in _COLUMNS},
    )


def _figure(values: Mapping[str, Any]) -> Figure:
    if (modifier := values.get("modifier")) not in (None, *MODIFIERS):
        raise ValueError(f"coded.figures: modifier {modifier!r} is not one of {', '.join(MODIFIERS)}")
    names = ("low", "high", "people")
    low, high, named = (values.get(name) or None for name in names)
    population, change = values.get("population", "all"), bool(values.get("change"))
    return Figure(values["metric"], values["best"], low, high, population, named, modifier, change)


def known(file: str, header: tuple[str, ...]) -> Coded | None:
    """The table as the first format that its header fits, with the columns that it has; None if none fits."""
    labels = {label.casefold(): label for label in reversed(header)}
    for values in knowledge()["format"]:
        if all(need in labels for need in values["needs"]):
            return layout(_present(values, labels), file, header, values["name"])
    return None


@cache
def knowledge() -> Mapping[str, Any]:
    """codebooks/coded_tables.toml."""
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


def _present(values: Mapping[str, Any], labels: Mapping[str, str]) -> dict[str, Any]:
    """A format in the labels of one table, without the columns that the table lacks."""
    present = dict(values)
    for role in _COLUMNS:
        present[role] = [labels[one] for one in _listed(values.get(role)) if one in labels]
    present["figures"] = [
        {key: labels.get(one, "") if key in (*_ENDS, "people") else one for key, one in figure.items()}
        for figure in values["figures"]
        if figure["best"] in labels
    ]
    if "certain" in values and values["certain"]["column"] in labels:
        present["certain"] = {**values["certain"], "column": labels[values["certain"]["column"]]}
    else:
        present.pop("certain", None)
    return present


def _listed(value: str | Iterable[str] | None) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value or ())


@cache
def names(kind: str) -> frozenset[str]:
    """What a figure may count (kind "metric") and of whom ("population"), by the lexicons."""
    path = _FILE.parents[1] / "lexicon" / f"{kind}s.toml"
    rows = tomllib.loads(path.read_text(encoding="utf-8"))[kind]
    return frozenset(("all", "side_a", "side_b")) | frozenset(row["name"] for row in rows)
