"""An event with enough in it for every figure, and with text that tries to get out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from road import walk

from pipeline.events import load
from pipeline.extract.lexicon import load_lexicon
from pipeline.report.view import View, build

CONFIG = """
title = 'Riverland <b>May</b> #raise("x") $x^2$'
place = "Riverland"

[[actors]]
id = "rl-health"
name = "Riverland Health Ministry"
side = "authorities"
aliases = ["Health Ministry"]

[[actors]]
id = "rl-police"
name = "Riverland police"
side = "authorities"
aliases = ["Riverland police"]

[[actors]]
id = "rl-opposition"
name = "Riverland United"
side = "opposition"
aliases = ["Riverland United"]

[[places]]
id = "rl-riverton"
name = "Riverton"
kind = "city"

[[places]]
id = "rl-lakeville"
name = "Lakeville"
kind = "city"
"""
HOSTILE = (
    "<script>alert(1)</script> #panic() \\input{x} $\\frac{1}{0}$ *b* _i_ [link](javascript:x) "
    "\u202eright\u202c \x00\x1b[31m \ufeff\u00ad 🙂 @label <c> // /* `raw` ~ \\u{41}"
)


@pytest.fixture
def riverland(make_event, article) -> Path:
    """Five days of statements, a withdrawal, and hostile words around one claim."""
    said = "The Health Ministry said {} people were killed."
    texts = {
        "d1": ("Post", 5, said.format("dozens of")),
        "d2": ("News", 6, said.format("at least 40")),
        "d3": ("Wire", 7, f"{said.format(164)[:-1]}, including 103 in Riverton and 21 in Lakeville."),
        "d4": ("News", 9, "The Health Ministry withdrew its report that 164 people had been killed."),
        "d5": ("Late", 11, "The unrest left 164 people dead."),
        "d6": ("Post", 12, f"{HOSTILE} Riverland police said 120 people were killed {HOSTILE}"),
        "e1": (
            "Free Press",
            12,
            "Riverland United said 310 people were killed and 5,200 people were detained.",
        ),
        "d7": ("Post", 13, "Riverland police said 2,000 people were detained."),
        "d8": ("News", 13, "The Health Ministry said about 2,500 people were detained."),
        "d9": ("<b>Wire</b>", 14, "More than 3,000 people were detained, said an eyewitness."),
    }
    articles = {
        name: article(
            text, outlet=outlet, published=f"2023-05-{day:02}", url=f"https://example.org/{name}?a=1&b=<x>"
        )
        for name, (outlet, day, text) in texts.items()
    }
    return make_event(name="riverland-2023", config=CONFIG, **articles)


@pytest.fixture
def view(riverland: Path, view_of: Callable[[Path], View]) -> View:
    """The view-model of that event."""
    return view_of(riverland)


@pytest.fixture(scope="session")
def sample() -> View:
    """The view-model of the event that comes with the project."""
    event = load(Path(__file__).parents[2] / "data" / "kazakhstan-2022")
    return build(event, walk(event.root), load_lexicon(event).actors)
