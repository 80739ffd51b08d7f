"""What event.toml may say: the keys of each kind of entry, what they hold, and which of them are needed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

SIDES: Final = (
    "authorities",
    "opposition",
    "belligerent_a",
    "belligerent_b",
    "ally",
    "international",
    "ngo",
    "medical",
    "press",
)
PLACES: Final = ("country", "region", "city", "other")
EVENT: Final = ""  # the keys above the first heading
FIGURES: Final = "figures"


@dataclass(frozen=True, slots=True)
class Kind:
    """What a value must be. `remedy` completes "must be …"."""

    fits: Callable[[object], bool]
    remedy: str


def one_of(allowed: tuple[str, ...]) -> Kind:
    """One of a closed list of words."""
    return Kind(lambda value: value in allowed, f"one of {', '.join(allowed)}")


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(_is_text(one) for one in value)


def _is_window(value: object) -> bool:
    if not isinstance(value, dict) or value.keys() != {"start", "end"}:
        return False
    start, end = value["start"], value["end"]
    return type(start) is type(end) is date and start <= end


TEXT: Final = Kind(_is_text, 'a text in quotation marks: "…"')
TEXTS: Final = Kind(_are_texts, 'a list of texts: ["…", "…"]')
TEXT_OR_TEXTS: Final = Kind(
    lambda value: _is_text(value) or _are_texts(value), 'a text or a list of texts: ["…", "…"]'
)
COUNT: Final = Kind(
    lambda value: type(value) is int and value >= 0, "a whole number without quotation marks: 12"
)
YES_OR_NO: Final = Kind(lambda value: isinstance(value, bool), "true or false, without quotation marks")
SHARE: Final = Kind(
    lambda value: type(value) in (int, float) and 0 <= float(str(value)) < 1,
    "a share below 1: 0.05 is five in a hundred",
)
WINDOW: Final = Kind(
    _is_window,
    "its first and last day, in this order, without quotation marks: "
    "{ start = 2023-05-01, end = 2023-05-31 }",
)
TABLES: Final = Kind(
    lambda value: isinstance(value, list) and bool(value) and all(isinstance(one, dict) for one in value),
    'a list of tables: [{ metric = "killed", best = "deaths" }]',
)
CELL: Final = Kind(
    lambda value: (
        isinstance(value, dict) and value.keys() == {"column", "value"} and all(map(_is_text, value.values()))
    ),
    'a column and its value: { column = "…", value = "…" }',
)


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of one kind of entry."""

    needed: Mapping[str, Kind]
    others: Mapping[str, Kind]

    @property
    def all(self) -> dict[str, Kind]:
        """Every key that there is."""
        return {**self.needed, **self.others}


_WORDS: Final = (
    "object",
    "subject",
    "state",
    "count",
    "total",
    "people",
    "gate",
    "weak",
    "among",
    "over",
    "partial",
)
_COLUMNS: Final = ("outlet", "published", "start", "end", "incident", "place", "country", "attribution")

# By heading: `[[places]]` begins one entry of "places".
ENTRIES: Final[Mapping[str, Keys]] = {
    EVENT: Keys(
        {"title": TEXT},
        {
            "question": TEXT,
            "notice": TEXT,
            "place": TEXT,
            "country": TEXT,
            "window": WINDOW,
            "tolerance": SHARE,
            "feeds": TEXTS,
        },
    ),
    "places": Keys(
        {"id": TEXT, "name": TEXT, "kind": one_of(PLACES)},
        {"country": TEXT, "aliases": TEXTS, "source": TEXT},
    ),
    "actors": Keys({"id": TEXT, "name": TEXT, "side": one_of(SIDES)}, {"aliases": TEXTS, "source": TEXT}),
    "populations": Keys(
        {"name": TEXT, "metrics": TEXTS, "words": TEXTS}, {"within": TEXT, "label": TEXT, "source": TEXT}
    ),
    "accepted_falls": Keys({"metric": TEXT, "from": COUNT, "to": COUNT, "reason": TEXT}, {"source": TEXT}),
    "coded": Keys(
        {"file": TEXT, FIGURES: TABLES},
        {
            **dict.fromkeys(_COLUMNS, TEXT_OR_TEXTS),
            "coder": TEXT,
            "days": TEXTS,
            "certain": CELL,
            "source": TEXT,
        },
    ),
    FIGURES: Keys(
        {"metric": TEXT, "best": TEXT},
        {
            "low": TEXT,
            "high": TEXT,
            "population": TEXT,
            "people": TEXT,
            "modifier": one_of(("at_least", "about")),
            "change": YES_OR_NO,
        },
    ),
    "lexicon.metric": Keys(
        {"name": TEXT, "source": TEXT}, {"meaning": TEXT, "whose": TEXT, **dict.fromkeys(_WORDS, TEXTS)}
    ),
    "lexicon.population": Keys(
        {"name": TEXT, "nouns": TEXTS, "source": TEXT}, {"circumstances": TEXTS, "within": YES_OR_NO}
    ),
    "lexicon.rejection": Keys({"reason": TEXT, "source": TEXT}, {"nouns": TEXTS, "before": TEXTS}),
}
HEADINGS: Final = tuple(name for name in ENTRIES if name not in (EVENT, FIGURES))
LEXICONS: Final = tuple(name.removeprefix("lexicon.") for name in HEADINGS if name.startswith("lexicon."))
