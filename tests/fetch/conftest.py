"""A server on 127.0.0.1 and a client that may speak to it."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator

import pytest
from hostile import FakeClock, Server, serve

from pipeline.fetch.client import Client
from pipeline.fetch.connection import Connector
from pipeline.fetch.limits import FetchLimits

AGENT = "Counterclaim/test (tests)"


@pytest.fixture
def server() -> Iterator[Server]:
    with socket.create_server(("127.0.0.1", 0)) as line:
        found = Server(line.getsockname()[1])
        threading.Thread(target=serve, args=[line, found.answer], daemon=True).start()
        yield found
        line.shutdown(socket.SHUT_RDWR)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def led(server, monkeypatch) -> list[str]:
    """The addresses that were connected to, each of which is led to our own server."""
    real = socket.create_connection
    opened: list[str] = []

    def connect(address, timeout):
        opened.append(address[0])
        return real(("127.0.0.1", server.port), timeout)

    monkeypatch.setattr(socket, "create_connection", connect)
    return opened


@pytest.fixture
def client(clock) -> Callable[..., Client]:
    """Makes a client that may speak to 127.0.0.1 unless told otherwise."""

    def make(*, page_bytes: int = 1_000_000, private: bool = True, **given) -> Client:
        own = {name: given.pop(name) for name in ("resolve", "context") if name in given}
        limits = FetchLimits(**{"read_seconds": 1, "address_seconds": 2, "connect_seconds": 1, **given})
        return Client(Connector(AGENT, limits, private, **own), clock, page_bytes)

    return make
