"""Every pattern that reads what others wrote, against runs that slow a pattern which goes back too often."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
import time
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

import pytest
from mutations import RUNS

import pipeline
from pipeline.ingest.furniture import patterns
from pipeline.ingest.wires import _marks

LONG = 20_000
# A pattern that goes back takes the square of a run's length: two seconds, not a hundredth.
SECONDS = 0.3
ROOMS = ("extract", "ingest", "coded", "config", "review", "fetch")
PUMPS = (
    *RUNS,
    *("a.", "a'", '"', "“", "1,000", "1 000", " 000", "#a +", "1\u200b", "<a ", "&#", "['", "\\"),
    *("http://", "a@", "By A ", "AP, ", "Reuters/", "1.0", "\n\n", " \n", "A. ", "\u00a0 "),
)


def compiled() -> Iterator[tuple[str, re.Pattern[Any], bool]]:
    """The patterns of the rooms that read, each once: its name, itself, and whether it is searched for."""
    seen = set()
    for room in ROOMS:
        for found in pkgutil.walk_packages([f"{pipeline.__path__[0]}/{room}"], f"pipeline.{room}."):
            module = importlib.import_module(found.name)
            for name, value in vars(module).items():
                for pattern in within(value):
                    if pattern not in seen:
                        seen.add(pattern)
                        known = f"{found.name.removeprefix('pipeline.')}.{name}"
                        yield known, pattern, searches(inspect.getsource(module), name)
    for name, value in (("furniture", patterns()), ("wires", _marks())):
        yield from ((f"{name} {number}", one, True) for number, one in enumerate(within(value)))


def searches(source: str, name: str) -> bool:
    """Whether a module looks for a pattern anywhere in a text, and not at its beginning alone."""
    at_start = re.search(rf"\b{name}\.(?:full)?match\b", source)
    return not at_start or bool(re.search(rf"\b{name}\.(?:search|find|sub|split)", source))


def within(value: object) -> Iterator[re.Pattern[Any]]:
    """The patterns in a value of a module."""
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict):
        yield from within(list(value.values()))
    elif isinstance(value, list | tuple | frozenset):
        for one in value:
            yield from within(one)
    elif is_dataclass(value) and not isinstance(value, type):
        for one in fields(value):
            yield from within(getattr(value, one.name))


@pytest.mark.parametrize(
    ("pattern", "anywhere"), [pytest.param(one, anywhere, id=name) for name, one, anywhere in compiled()]
)
def test_no_run_makes_a_pattern_slow(pattern, anywhere):
    for pump in PUMPS:
        run = (pump * (LONG // len(pump)))[:LONG] + "$"
        text = run.encode() if isinstance(pattern.pattern, bytes) else run
        started = time.process_time()
        if anywhere:
            for _ in pattern.finditer(text):
                pass
        pattern.match(text), pattern.fullmatch(text)
        assert time.process_time() - started < SECONDS, pump
