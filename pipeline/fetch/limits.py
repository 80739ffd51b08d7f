"""How much one address may ask for. What asks for more is refused, and the message names the limit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

ENVIRONMENT: Final = {
    "wire_bytes": "COUNTERCLAIM_FETCH_BYTES",
    "header_bytes": "COUNTERCLAIM_FETCH_HEADER_BYTES",
    "connect_seconds": "COUNTERCLAIM_FETCH_CONNECT_SECONDS",
    "read_seconds": "COUNTERCLAIM_FETCH_READ_SECONDS",
    "address_seconds": "COUNTERCLAIM_FETCH_SECONDS",
    "redirects": "COUNTERCLAIM_FETCH_REDIRECTS",
    "tries": "COUNTERCLAIM_FETCH_TRIES",
    "delay_seconds": "COUNTERCLAIM_FETCH_DELAY",
    "wait_seconds": "COUNTERCLAIM_FETCH_WAIT",
    "feed_entries": "COUNTERCLAIM_FEED_ENTRIES",
}


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """Bounds of one address.

    - `wire_bytes`: one answer as it is sent;
    - `header_bytes`: the head of an answer;
    - `connect_seconds`: to be connected;
    - `read_seconds`: without a byte;
    - `address_seconds`: on the wire for one address, with all its redirects and tries;
    - `redirects`: followed for one address;
    - `tries`: of an address that fails for a while;
    - `delay_seconds`: between two requests to one host;
    - `wait_seconds`: the longest that a server may ask us to wait;
    - `feed_entries`: fetched of one feed.
    """

    wire_bytes: int = 20_000_000
    header_bytes: int = 100_000
    connect_seconds: float = 10.0
    read_seconds: float = 20.0
    address_seconds: float = 90.0
    redirects: int = 5
    tries: int = 3
    delay_seconds: float = 1.0
    wait_seconds: float = 120.0
    feed_entries: int = 500

    def later(self) -> str:
        """What to do about a host that wants more time than we wait."""
        return f"add it again then, or raise {ENVIRONMENT['wait_seconds']} above {self.wait_seconds}"

    def remedy(self, name: str) -> str:
        """What to do about an address that goes beyond the limit `name`."""
        return f"save the page and add the file, or raise {ENVIRONMENT[name]} above {getattr(self, name)}"
