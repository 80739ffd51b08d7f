"""Web addresses: taken apart once, so that what is checked is what is connected to."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urljoin, urlsplit

import idna

from pipeline.fetch.failure import FetchError

PORTS: Final = {"http": 80, "https": 443}
_HOST: Final = re.compile(r"[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*")
_LONGEST: Final = 4000  # characters
_SAFE: Final = "!#$%&'()*+,/:;=?@[]~"  # what an address may hold as it is (RFC 3986)
_REMEDY: Final = "give an address as a browser shows it: https://host/path"


@dataclass(frozen=True, slots=True)
class Address:
    """`host` in ASCII, or an IP address without brackets; `target` is path and query as they are sent."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def authority(self) -> str:
        """Host and port as the Host header gives them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        """Scheme, host and port: what a robots.txt is for."""
        return f"{self.scheme}://{self.authority}"

    @property
    def url(self) -> str:
        """The whole address, without a fragment."""
        return self.origin + self.target


def parse(text: str, *, base: Address | None = None) -> Address:
    """The address that `text` gives, seen from `base`. Raises FetchError if its form is not one we fetch."""
    text = text.strip(" ")
    if len(text) > _LONGEST or "\\" in text or not text.isprintable():
        raise FetchError(f"no web address: {text[:80]!a}", _REMEDY)
    try:
        parts = urlsplit(urljoin(base.url, text) if base else text)
        port = parts.port
    except ValueError as error:
        raise FetchError(f"no web address: {text[:80]!a}", _REMEDY) from error
    scheme = parts.scheme
    if scheme not in PORTS:
        raise FetchError(f"{text[:80]!a} is not fetched: only http and https are", _REMEDY)
    if "@" in parts.netloc:
        raise FetchError("an address with a name or password is not fetched", "leave out what ends in @")
    if port == 0:
        raise FetchError("there is no port 0", _REMEDY)
    target = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    return Address(scheme, _host(parts.hostname or ""), port or PORTS[scheme], quote(target, safe=_SAFE))


def _host(name: str) -> str:
    """The name in ASCII. Numbers in other forms than four decimals stay: they are checked once resolved."""
    try:
        return str(ipaddress.ip_address(name))
    except ValueError:
        pass
    name = name.rstrip(".")
    try:
        known = name if name.isascii() else idna.encode(name, uts46=True).decode("ascii")
    except idna.IDNAError as error:
        raise FetchError(f"{name[:80]!a} is no name of a host", _REMEDY) from error
    if not _HOST.fullmatch(known):
        raise FetchError(f"{name[:80]!a} is no name of a host", _REMEDY)
    return known
