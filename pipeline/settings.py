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
from pipeline.whereabouts import Lake, place

ENVIRONMENT = {
    "data": "COUNTERCLAIM_DATA",
    "reports": "COUNTERCLAIM_REPORTS",
    "warehouse": "COUNTERCLAIM_WAREHOUSE",
}
LAKE = "COUNTERCLAIM_LAKE"
CLUSTER = "COUNTERCLAIM_CLUSTER"
PROCESSES = "COUNTERCLAIM_PROCESSES"
ALLOW_PRIVATE = "COUNTERCLAIM_ALLOW_PRIVATE"
AnyLimits = TypeVar("AnyLimits", Limits, FetchLimits)


@dataclass(frozen=True, slots=True)
class Settings:
    """Of one installation: event folders in, reports out, the warehouse between them, limits of reading.

    `allow_private`: whether `counterclaim add` may speak to any address and port, as tests do. `processes`:
    how many extract, 1 being the run's own, 0 as many as there are cores if there are many articles.
    `cluster`: address of the scheduler of the machines that extract, if several do.
    """

    data: Path = Path("data")
    reports: Path = Path("reports")
    warehouse: Path | Lake = Path(".counterclaim/warehouse.duckdb")
    limits: Limits = field(default_factory=Limits)
    fetch_limits: FetchLimits = field(default_factory=FetchLimits)
    allow_private: bool = False
    processes: int = 0
    cluster: str | None = None


def from_environment(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings that COUNTERCLAIM_DATA, …_PAGE_BYTES, …_ALLOW_PRIVATE (1: yes) and so on give.

    Raises ValueError if a limit is no number above 0, or the warehouse is named wrongly.
    """
    given: dict[str, Any] = {
        name: warehouse_at(environment[key], environment) if name == "warehouse" else Path(environment[key])
        for name, key in ENVIRONMENT.items()
        if environment.get(key)
    }
    return Settings(
        **given,
        limits=_limited(Limits(), LIMITS, environment),
        fetch_limits=_limited(FetchLimits(), FETCH_LIMITS, environment),
        allow_private=environment.get(ALLOW_PRIVATE) == "1",
        processes=int(_number(PROCESSES, asked, int)) if (asked := environment.get(PROCESSES)) else 0,
        cluster=environment.get(CLUSTER) or None,
    )


def warehouse_at(text: str, environment: Mapping[str, str] = os.environ) -> Path | Lake:
    """The warehouse that `text` names. COUNTERCLAIM_LAKE says where the files of a lake are. Raises
    ValueError.
    """
    return place(text, environment.get(LAKE), LAKE)


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
