"""Whose outlet it is: the table of publishers, looked up by a page's address, else by the outlet's name."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

_PUBLISHERS: Final = Path(__file__).parent.parent / "codebooks" / "publishers.toml"
_LONGEST: Final = 253  # characters of a host's name (RFC 1035, 2.3.4)


@dataclass(frozen=True, slots=True)
class Outlet:
    """An outlet by its usual name, and who owns it."""

    name: str
    publisher: str


def host(url: str | None) -> str | None:
    """Whose address an http(s) address is, in small letters and without "www."; None if it has none."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    name = (parts.hostname or "").rstrip(".")
    named = parts.scheme in ("http", "https") and len(name) <= _LONGEST
    return name.removeprefix("www.") or None if named else None


def outlet(name: str | None, url: str | None) -> Outlet | None:
    """The outlet that holds the address's domain; without an address, the one that goes by that name."""
    domains, names = _table()
    labels = (host(url) or "").split(".")
    if labels != [""]:
        suffixes = (".".join(labels[start:]) for start in range(len(labels)))
        return next((domains[suffix] for suffix in suffixes if suffix in domains), None)
    return names.get((name or "").casefold())


@cache
def _table(path: Path = _PUBLISHERS) -> tuple[dict[str, Outlet], dict[str, Outlet]]:
    """Outlets by domain and by name. Raises ValueError if two claim one domain or name."""
    domains: dict[str, Outlet] = {}
    names: dict[str, Outlet] = {}
    for publisher in tomllib.loads(path.read_text(encoding="utf-8"))["publisher"]:
        for row in publisher["outlets"]:
            entry = Outlet(row["name"], publisher["name"])
            called = [name.casefold() for name in (row["name"], *row.get("also", ()))]
            for table, keys in ((domains, row["domains"]), (names, called)):
                for key in keys:
                    if key in table:
                        raise ValueError(
                            f"{path.name}: {key} belongs to {table[key].name} and to {entry.name}"
                        )
                    table[key] = entry
    return domains, names
