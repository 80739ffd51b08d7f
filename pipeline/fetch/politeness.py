"""How often a host is asked: never twice within its delay, and after a failure only when it has had time."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Protocol


class Clock(Protocol):
    """Time, so that tests need not wait."""

    def now(self) -> datetime:
        """The time of day, in UTC."""
        ...

    def seconds(self) -> float:
        """Seconds that only grow."""
        ...

    def sleep(self, seconds: float) -> None:
        """Wait."""
        ...


class SystemClock:
    """The computer's own."""

    def now(self) -> datetime:
        """The time of day, in UTC."""
        return datetime.now(UTC)

    def seconds(self) -> float:
        """Seconds that only grow."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(seconds)


class Pace:
    """Keeps the delay between two requests to one host."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._asked: dict[str, float] = {}

    def keep(self, host: str, delay: float) -> None:
        """Wait until `host` was left alone for `delay` seconds."""
        if (last := self._asked.get(host)) is not None:
            self._clock.sleep(max(0.0, last + delay - self._clock.seconds()))

    def asked(self, host: str) -> None:
        """A request to `host` has just ended."""
        self._asked[host] = self._clock.seconds()


def backoff(delay: float, failures: int) -> float:
    """Seconds to wait after so many failures: twice as long each time."""
    return float(delay * 2**failures)


def retry_after(value: str, now: datetime) -> float | None:
    """The seconds that a Retry-After header asks for, as a number or as a date (RFC 9110 §10.2.3)."""
    if value.isascii() and value.isdigit():
        return float(value[:9])
    try:
        until = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    return max(0.0, ((until if until.tzinfo else until.replace(tzinfo=UTC)) - now).total_seconds())
