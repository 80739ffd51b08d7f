"""What a host allows us to fetch (robots.txt, RFC 9309), read by protego, once for each host and run."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from protego import Protego

from pipeline.fetch.address import Address
from pipeline.fetch.failure import FetchError, RefusedError

_MOST: Final = 512_000  # bytes that are read of a robots.txt (RFC 9309 §2.5 asks for 500 KiB at least)
_ASK: Final = "ask the outlet for leave, or save the page in a browser and add the file"
_BUSY: Final = 429


class Robots:
    """Rules by host. `get` gives the text of a robots.txt, or raises FetchError with the server's status."""

    def __init__(self, agent: str, get: Callable[[str], bytes]) -> None:
        self._agent, self._get = agent, get
        self._known: dict[str, Protego | FetchError] = {}

    def delay(self, address: Address) -> float:
        """The seconds that the host wants between requests; 0 if it does not say.

        Raises FetchError if `address` may not be fetched: its host says so, or cannot say.
        """
        rules = self._known.get(address.origin)
        if rules is None:
            rules = self._known[address.origin] = self._read(address.origin)
        if isinstance(rules, FetchError):
            raise rules
        if not rules.can_fetch(address.url, self._agent):
            raise FetchError(f"the robots.txt of {address.host} does not allow it", _ASK)
        return float(rules.crawl_delay(self._agent) or 0)

    def _read(self, origin: str) -> Protego | FetchError:
        """No file, no rules (4xx); but a host that cannot say what it allows has not allowed it (§2.3.1)."""
        try:
            raw = self._get(f"{origin}/robots.txt")
        except RefusedError as error:
            return error
        except FetchError as error:
            if error.status and 400 <= error.status < 500 and error.status != _BUSY:
                return Protego.parse("")
            return FetchError(f"{origin}/robots.txt cannot be read, so nothing is fetched there: {error}")
        return Protego.parse(raw[:_MOST].decode("utf-8-sig", "replace"))
