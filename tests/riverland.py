"""Riverland, where tests happen: a country, two cities and two sources; one text through the cascade."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any, Final

import polars as pl

from pipeline.events import Actor, Event, Place
from pipeline.extract.claims import Extraction, at_home, extract
from pipeline.extract.lexicon import load_lexicon
from pipeline.schema import ARTICLES, FURNITURE

EVENT: Final = Event(
    "riverland-2023",
    Path(),
    (),
    "Riverland, May 2023",
    place="Riverland",
    places=(
        Place("rl", "Riverland", "country", "XX", ()),
        Place("rt", "Riverton", "city", "XX", ("Rivertown",)),
        Place("hp", "Harborport", "city", "XX", ()),
    ),
    actors=(
        Actor("rl-health", "Riverland Health Ministry", "authorities", ("Health Ministry",)),
        Actor("rl-police", "Riverland police", "authorities", ("Riverland police",)),
    ),
)
PUBLISHED: Final = datetime(2023, 5, 10)  # a Wednesday


def cascade(text: str) -> Extraction:
    """Claims and rejected numbers of one article."""
    row = {
        "article_id": "a",
        "event_id": EVENT.event_id,
        "title": None,
        "text": text,
        "published_at": PUBLISHED,
    }
    articles = pl.DataFrame([row], schema={name: ARTICLES.polars_schema[name] for name in row})
    found = extract(articles, FURNITURE.frame(), at_home(load_lexicon(EVENT), articles))
    assert found.refused.rows() == []
    return found


def claims_in(text: str) -> list[dict[str, Any]]:
    """The claims of a text, in order of place."""
    return cascade(text).claims.sort("start").to_dicts()


def rejected_in(text: str) -> dict[str, str]:
    """Each rejected number with its reason."""
    return dict(cascade(text).rejected.select("text", "reason").rows())
