"""The real-world sources that articles name: codebooks/actors.toml, and those of an event."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Final

from pipeline.events import Actor, Event, actor

_FILE: Final = Path(__file__).parent / "codebooks" / "actors.toml"


def actors(event: Event | None = None) -> tuple[Actor, ...]:
    """The actors that are known, those of `event` first: "the Interior Ministry" is that of its country.

    Raises ValueError on a faulty entry.
    """
    return (*(event.actors if event else ()), *_everywhere())


@cache
def _everywhere() -> tuple[Actor, ...]:
    rows = tomllib.loads(_FILE.read_text(encoding="utf-8"))["actor"]
    return tuple(actor(row) for row in rows)
