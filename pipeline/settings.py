"""Where things are. Every path can be set by an environment variable; nothing else reads the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ENVIRONMENT = {
    "data": "COUNTERCLAIM_DATA",
    "reports": "COUNTERCLAIM_REPORTS",
    "warehouse": "COUNTERCLAIM_WAREHOUSE",
}


@dataclass(frozen=True, slots=True)
class Settings:
    """Paths of one installation: event folders in, reports out, and the DuckDB file between them."""

    data: Path = Path("data")
    reports: Path = Path("reports")
    warehouse: Path = Path(".counterclaim/warehouse.duckdb")


def from_environment(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings that COUNTERCLAIM_DATA, COUNTERCLAIM_REPORTS and COUNTERCLAIM_WAREHOUSE give."""
    given = {name: Path(environment[key]) for name, key in ENVIRONMENT.items() if environment.get(key)}
    return Settings(**given)
