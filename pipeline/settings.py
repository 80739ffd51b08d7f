"""Where things are and how much they may ask for, by environment variables; nothing else reads those."""

from __future__ import annotations

import math
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

from pipeline.fetch.limits import ENVIRONMENT as FETCH_LIMITS
from pipeline.fetch.limits import FetchLimits
from pipeline.limits import ENVIRONMENT as LIMITS
from pipeline.limits import Limits

ENVIRONMENT = {
    "data": "COUNTERCLAIM_DATA",
    "reports": "COUNTERCLAIM_REPORTS",
    "warehouse": "COUNTERCLAIM_WAREHOUSE",
}
ALLOW_PRIVATE = "COUNTERCLAIM_ALLOW_PRIVATE"
AnyLimits = TypeVar("AnyLimits", Limits, FetchLimits)


@dataclass(frozen=True, slots=True)
class Settings:
    """Of one installation: event folders in, reports out, the DuckDB file between them, limits of reading.

    `allow_private`: whether `counterclaim add` may speak to any address and port, as tests do.
    """

    data: Path = Path("data")
    reports: Path = Path("reports")
    warehouse: Path = Path(".counterclaim/warehouse.duckdb")
    limits: Limits = field(default_factory=Limits)
    fetch_limits: FetchLimits = field(default_factory=FetchLimits)
    allow_private: bool = False


def from_environment(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings that COUNTERCLAIM_DATA, …_PAGE_BYTES, …_ALLOW_PRIVATE (1: yes) and so on give.

    Raises ValueError if a limit is no number above 0.
    """
    given: dict[str, Any] = {
        name: Path(environment[key]) for name, key in ENVIRONMENT.items() if environment.get(key)
    }
    return Settings(
        **given,
        limits=_limited(Limits(), LIMITS, environment),
        fetch_limits=_limited(FetchLimits(), FETCH_LIMITS, environment),
        allow_private=environment.get(ALLOW_PRIVATE) == "1",
    )


def _limited(limits: AnyLimits, names: Mapping[str, str], environment: Mapping[str, str]) -> AnyLimits:
    """`limits` with those that the environment sets; `names` gives the variable of each."""
    found: dict[str, Any] = {}
    for name, key in names.items():
        if text := environment.get(key):
            found[name] = _number(key, text, type(getattr(limits, name)))
    return replace(limits, **found)


def _number(key: str, text: str, kind: type[int] | type[float]) -> int | float:
    try:
        number = kind(text)
    except ValueError:
        number = 0
    if not 0 < number < math.inf:
        raise ValueError(f"{key} is {text!a}: give a {'whole ' if kind is int else ''}number above 0")
    return number
