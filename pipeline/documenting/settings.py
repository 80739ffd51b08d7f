"""Settings: the environment variables that are read, their defaults and what they bound."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Final

from pipeline.documenting.markup import code, grid, number
from pipeline.fetch.limits import ENVIRONMENT as FETCH_LIMITS
from pipeline.fetch.limits import FetchLimits
from pipeline.limits import ENVIRONMENT as LIMITS
from pipeline.limits import Limits
from pipeline.settings import ALLOW_PRIVATE, CLUSTER, ENVIRONMENT, LAKE, PROCESSES, Settings

_HEAD: Final = """# Settings

Environment variables, read by `pipeline/settings.py`; `COUNTERCLAIM_REVIEWER` is an option of
[`review`](commands.md#review). An option of a [command](commands.md) goes before its variable. What belongs
to an event stands in its `event.toml` instead.
This page is made from `pipeline/settings.py` and the two modules called `limits.py` by `make reference`.
"""
_PATHS: Final = {
    "data": "event folders",
    "reports": "where reports are written",
    "warehouse": "the DuckDB file, which can be deleted: the next run makes it anew",
}


def markdown() -> str:
    """The page: paths, limits of reading, limits of fetching."""
    paths = (
        (f"`{key}`", f"`{getattr(Settings(), name)}`", _PATHS[name]) for name, key in ENVIRONMENT.items()
    )
    head = ("variable", "default", "of what")
    return "\n".join(
        [
            _HEAD,
            "## Paths\n",
            grid(head, paths),
            "The warehouse may also be `ducklake:postgres:host=… dbname=…`, which [several machines]"
            f"(../scaling.md) write; {code(LAKE)} names the folder or bucket of its files.\n",
            f"{code(PROCESSES)} says how many processes of this machine [extract]"
            "(../methods/extraction.md#all-cores): 1 is the run's own, and without it an event with many "
            "articles has all cores.\n",
            f"{code(CLUSTER)} is the address of a scheduler, as in `tcp://127.0.0.1:8786`, whose workers "
            "[extract](../scaling.md#extraction-on-several-machines); without it, this machine does.\n",
            "## Limits of reading and extraction\n",
            "What asks for more is a row of `problems` that names the limit; the rest is read.\n",
            grid(head, _limits(Limits(), LIMITS)),
            "## Limits of fetching\n",
            f"For `counterclaim add` and the schedule `feeds`. {code(ALLOW_PRIVATE)} set to 1 lets them "
            "speak to any address and port, for tests on one's own machine.\n",
            grid(head, _limits(FetchLimits(), FETCH_LIMITS)),
        ]
    )


def _limits(limits: Limits | FetchLimits, variables: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """A row a limit; what it bounds is said in the docstring of its class."""
    text = " ".join((type(limits).__doc__ or "").split())
    meanings = dict(re.findall(r"- `(\w+)`: ([^;.]+)[;.]", text))
    for one in fields(limits):
        yield f"`{variables[one.name]}`", number(getattr(limits, one.name)), meanings[one.name]
