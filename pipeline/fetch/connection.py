"""One request and its answer: resolved, checked, connected to what was checked, within time and size.

HTTP is h11's; the socket is ours, since three things are needed that no client gives together: a connection
to the very address that was checked while certificate and Host keep the name, an end to the whole exchange
whatever the server does in between, and the answer's bytes as they came, for the record.
"""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Final

import certifi
import h11

from pipeline.fetch import reach
from pipeline.fetch.address import PORTS, Address
from pipeline.fetch.failure import FetchError, RefusedError
from pipeline.fetch.limits import FetchLimits

Resolve = Callable[[str, int], Sequence[str]]
PRIVATE: Final = "COUNTERCLAIM_ALLOW_PRIVATE"
_STEP: Final = 1 << 16  # bytes
_ACCEPT: Final = "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,*/*;q=0.1"


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request and what came back: `response` as sent, `body` without chunks but still packed.

    `ip` is the address that was spoken to. `failure` says why the answer is not whole, and `cut` says it in a
    word of the WARC standard (length, time, disconnect); such an answer may have no `status`.
    """

    url: str
    ip: str
    at: datetime
    request: bytes
    response: bytes
    status: int | None
    headers: tuple[tuple[str, str], ...]
    body: bytes
    failure: FetchError | None = None
    cut: str | None = None

    def header(self, name: str) -> str:
        """The first header of that name, which is given in small letters; empty if there is none."""
        return next((value for key, value in self.headers if key == name), "")


def resolve(host: str, port: int) -> Sequence[str]:
    """The addresses of a host, by the system. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


@cache
def trust() -> ssl.SSLContext:
    """Certificates are checked against the system's authorities and Mozilla's, and by name."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


@dataclass(frozen=True, slots=True)
class Connector:
    """Speaks to public addresses on ports 80 and 443 alone, unless `allow_private`.

    Articles stand on these two ports; on others stand the services that a hostile redirect would like to
    reach. Proxies of the environment are not used: what a proxy connects to cannot be checked.
    """

    agent: str
    limits: FetchLimits = field(default_factory=FetchLimits)
    allow_private: bool = False
    resolve: Resolve = resolve
    context: ssl.SSLContext = field(default_factory=trust)

    def get(self, address: Address, seconds: float, at: datetime) -> Exchange:
        """Ask for `address` within `seconds`. Raises FetchError if there was nobody to ask."""
        ends = time.monotonic() + min(seconds, self.limits.address_seconds)
        addresses = self._checked(address)
        line, ip = self._connected(address, addresses, ends)
        with line:
            return _Answer(address, line, self.limits, ends).read(self.agent, ip, at)

    def _checked(self, address: Address) -> Sequence[str]:
        if not self.allow_private and address.port not in PORTS.values():
            raise RefusedError(f"port {address.port} is not spoken to: only 80 and 443 are")
        try:
            found = self.resolve(address.host, address.port)
        except (OSError, UnicodeError) as error:
            reason = f"{address.host} has no address: {error}"
            raise FetchError(reason, "check the spelling, or try again later", again=True) from error
        for ip in found:
            if not self.allow_private and (kind := reach.refusal(ip.split("%")[0])):
                raise RefusedError(
                    f"{address.host} leads to {ip}, which is not spoken to ({kind} address)",
                    f"save the page and add the file; {PRIVATE}=1 allows such addresses, for tests",
                )
        return found

    def _connected(
        self, address: Address, addresses: Sequence[str], ends: float
    ) -> tuple[socket.socket, str]:
        last: OSError | str = "it has no address"
        for ip in addresses:
            try:
                line = socket.create_connection((ip, address.port), self._left(ends))
            except OSError as error:
                last = error
                continue
            try:
                return self._wrapped(line, address, ends), ip
            except BaseException:
                line.close()
                raise
        reason = f"{address.host} cannot be connected to: {last}"
        raise FetchError(reason, "try again later", again=True)

    def _wrapped(self, line: socket.socket, address: Address, ends: float) -> socket.socket:
        if address.scheme == "http":
            return line
        line.settimeout(self._left(ends))
        try:
            return self.context.wrap_socket(line, server_hostname=address.host)
        except ssl.SSLCertVerificationError as error:
            reason = f"the certificate of {address.host} is not valid: {error.verify_message}"
            raise RefusedError(reason) from error
        except OSError as error:
            reason = f"{address.host} does not agree on encryption: {error}"
            raise FetchError(reason, "try again later", again=True) from error

    def _left(self, ends: float) -> float:
        return max(0.001, min(self.limits.connect_seconds, ends - time.monotonic()))


class _Answer:
    """What comes back over one connection."""

    def __init__(self, address: Address, line: socket.socket, limits: FetchLimits, ends: float) -> None:
        self._address, self._line, self._limits, self._ends = address, line, limits, ends
        self._http = h11.Connection(h11.CLIENT, max_incomplete_event_size=limits.header_bytes)
        self._raw, self._body = bytearray(), bytearray()
        self._head: h11.Response | None = None

    def read(self, agent: str, ip: str, at: datetime) -> Exchange:
        request, failure, cut = self._request(agent), None, None
        try:
            self._send(request)
            while not isinstance(event := self._next(), h11.EndOfMessage):
                if isinstance(event, h11.Response):
                    self._head = event
                elif isinstance(event, h11.Data):
                    self._body += event.data
        except _Cut as error:
            failure, cut = error.failure, error.word
        except h11.RemoteProtocolError as error:
            failure = FetchError(f"{self._address.host} sends a broken answer: {error}", again=True)
        head = self._head
        pairs = head.headers if head else ()
        return Exchange(
            url=self._address.url,
            ip=ip,
            at=at,
            request=request,
            response=bytes(self._raw),
            status=head.status_code if head else None,
            headers=tuple((key.decode("latin-1"), value.decode("utf-8", "replace")) for key, value in pairs),
            body=bytes(self._body),
            failure=failure,
            cut=cut,
        )

    def _request(self, agent: str) -> bytes:
        headers = [
            ("Host", self._address.authority),
            ("User-Agent", agent),
            ("Accept", _ACCEPT),
            ("Accept-Encoding", "gzip"),
            ("Connection", "close"),
        ]
        request = h11.Request(method="GET", target=self._address.target, headers=headers)
        return (self._http.send(request) or b"") + (self._http.send(h11.EndOfMessage()) or b"")

    def _send(self, request: bytes) -> None:
        self._line.settimeout(self._wait())
        try:
            self._line.sendall(request)
        except OSError as error:
            raise self._broken(error) from error

    def _next(self) -> object:
        while (event := self._http.next_event()) is h11.NEED_DATA:
            data = self._receive()
            self._raw += data
            if len(self._raw) > self._limits.wire_bytes:
                raise _Cut("length", FetchError("sends more than it may", self._limits.remedy("wire_bytes")))
            self._http.receive_data(data)
            if not data:
                return self._last()
        return event

    def _last(self) -> object:
        """What the end of the connection means: the end of the body, or an answer that is cut short."""
        try:
            return self._http.next_event()
        except h11.RemoteProtocolError as error:
            what = "ends before its answer is whole" if self._head else "gives no answer"
            raise _Cut("disconnect", self._failed(what)) from error

    def _receive(self) -> bytes:
        self._line.settimeout(self._wait())
        try:
            return self._line.recv(_STEP)
        except TimeoutError as error:
            self._wait()
            reason = f"{self._address.host} sends nothing for {self._limits.read_seconds:g} seconds"
            raise _Cut("time", FetchError(reason, self._limits.remedy("read_seconds"), again=True)) from error
        except OSError as error:
            raise self._broken(error) from error

    def _wait(self) -> float:
        left = self._ends - time.monotonic()
        if left <= 0:
            reason = f"{self._address.host} takes longer than it may"
            raise _Cut("time", FetchError(reason, self._limits.remedy("address_seconds")))
        return min(left, self._limits.read_seconds)

    def _broken(self, error: OSError) -> _Cut:
        return _Cut("disconnect", self._failed(f"breaks the connection: {error}"))

    def _failed(self, what: str) -> FetchError:
        return FetchError(f"{self._address.host} {what}", "try again later", again=True)


class _Cut(Exception):  # noqa: N818 it is no error of ours: an answer that ends early
    """The answer ends here, for a reason that the record keeps."""

    def __init__(self, word: str, failure: FetchError) -> None:
        super().__init__(failure.message)
        self.word, self.failure = word, failure
