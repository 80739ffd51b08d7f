"""One address, fetched as a good guest does: robots.txt heeded, the pace kept, failures waited out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from pipeline.fetch.address import Address, parse
from pipeline.fetch.connection import Connector, Exchange
from pipeline.fetch.content import unpacked
from pipeline.fetch.failure import SAVE, FetchError
from pipeline.fetch.politeness import Clock, Pace, backoff, retry_after
from pipeline.fetch.robots import Robots

_FINE: Final = 200
_MISSING: Final = (404, 410)
_GONE: Final = "check the address; a web archive may still have the page"
_MOVED: Final = (301, 302, 303, 307, 308)
_LATER: Final = (429, 500, 502, 503, 504)


@dataclass(slots=True)
class Visit:
    """What came of one address: `chain` leads from it over redirects to its page, and is empty on `failure`.

    `others` are the answers that led nowhere, and those of robots.txt. `spent`: seconds on the wire.
    """

    chain: list[Exchange] = field(default_factory=list)
    others: list[Exchange] = field(default_factory=list)
    failure: FetchError | None = None
    spent: float = 0


class Client:
    """Visits addresses, one after the other. `page_bytes`: how large a page may be, unpacked."""

    def __init__(self, connector: Connector, clock: Clock, page_bytes: int) -> None:
        self._connector, self._clock, self._page_bytes = connector, clock, page_bytes
        self._limits = connector.limits
        self._pace = Pace(clock)
        self._asides: list[Exchange] = []
        self._robots = Robots(connector.agent, self._rules)

    def visit(self, url: str) -> Visit:
        """Fetch `url`. What fails is told in the visit, never raised."""
        visit = self._visit(url, ask=True)
        visit.others[:0], self._asides = self._asides, []
        return visit

    def _rules(self, url: str) -> bytes:
        visit = self._visit(url, ask=False)
        self._asides += visit.others + visit.chain
        if visit.failure:
            raise visit.failure
        return unpacked(visit.chain[-1], self._page_bytes)

    def _visit(self, url: str, *, ask: bool) -> Visit:
        visit = Visit()
        for failures in range(self._limits.tries):
            try:
                self._walk(parse(url), visit, ask=ask)
            except FetchError as error:
                visit.failure = error
                visit.others += visit.chain
                visit.chain = []
                if not error.again or failures + 1 == self._limits.tries:
                    break
                if not self._waited(error, visit, failures):
                    break
            else:
                visit.failure = None
                break
        return visit

    def _waited(self, error: FetchError, visit: Visit, failures: int) -> bool:
        wait = max(error.wait or 0, backoff(self._limits.delay_seconds, failures))
        if wait > self._limits.wait_seconds:
            reason = f"{error.message}, and asks us to wait {wait:.0f} seconds"
            visit.failure = FetchError(reason, self._limits.later(), status=error.status)
            return False
        self._clock.sleep(wait)
        return True

    def _walk(self, address: Address, visit: Visit, *, ask: bool) -> None:
        for _ in range(self._limits.redirects + 1):
            exchange = self._ask(address, visit, ask=ask)
            if exchange.status not in _MOVED:
                break
            where = exchange.header("location")
            if not where:
                raise FetchError(f"{address.host} says that the page has moved, and not where to", SAVE)
            address = parse(where, base=address)
        else:
            raise FetchError("is redirected too often", self._limits.remedy("redirects"))
        self._judge(address, exchange)
        unpacked(exchange, self._page_bytes)

    def _ask(self, address: Address, visit: Visit, *, ask: bool) -> Exchange:
        wanted = self._robots.delay(address) if ask else 0.0
        self._pace.keep(address.host, max(self._limits.delay_seconds, min(wanted, self._limits.wait_seconds)))
        left = self._limits.address_seconds - visit.spent
        if left <= 0:
            remedy = self._limits.remedy("address_seconds")
            raise FetchError(f"{address.host} takes longer than it may", remedy)
        started = self._clock.seconds()
        try:
            exchange = self._connector.get(address, left, self._clock.now())
        finally:
            visit.spent += self._clock.seconds() - started
            self._pace.asked(address.host)
        visit.chain.append(exchange)
        if exchange.failure:
            raise exchange.failure
        return exchange

    def _judge(self, address: Address, exchange: Exchange) -> None:
        status = exchange.status
        if status == _FINE:
            return
        message = f"{address.host} answers {status}"
        if status in _LATER:
            wait = retry_after(exchange.header("retry-after"), self._clock.now())
            raise FetchError(message, "try again later", again=True, wait=wait, status=status)
        raise FetchError(message, _GONE if status in _MISSING else SAVE, status=status)
