"""A server that answers as it is told, byte by byte, and a clock that does not wait."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

ALLOWING = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
LIFE = "91.198.174.192"  # a public address; no test connects to it
Answer = bytes | Callable[[socket.socket], None]


def page(text: str = "The mayor of Riverton said 12 people were killed.", *, more: str = "") -> bytes:
    body = f"<html><head><title>Riverton</title></head><body><article><p>{text}</p></article></body></html>"
    return answer(body.encode(), more=more)


def answer(
    body: bytes, kind: str = "text/html; charset=utf-8", status: str = "200 OK", more: str = ""
) -> bytes:
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n{more}\r\n"
    return head.encode() + body


def moved(to: str) -> bytes:
    return answer(b"", status="302 Found", more=f"Location: {to}\r\n")


def resolve(host: str, port: int) -> list[str]:
    """news.example has a public address; other names have those that the system finds."""
    if host == "news.example":
        return [LIFE]
    return [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


@dataclass
class Server:
    """Answers each path with what `answers` holds for it: bytes, a function that is given the socket, or a
    list of these, one for each request and the last for all others. `asked` holds paths, `heads` requests.
    """

    port: int
    answers: dict[str, Answer | list[Answer]] = field(default_factory=lambda: {"/robots.txt": ALLOWING})
    asked: list[str] = field(default_factory=list)
    heads: list[bytes] = field(default_factory=list)

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def answer(self, line: socket.socket) -> None:
        head = b""
        while b"\r\n\r\n" not in head:
            if not (more := line.recv(65536)):
                return
            head += more
        path = head.split(b" ", 2)[1].decode()
        self.asked.append(path)
        self.heads.append(head)
        found = self.answers.get(path, ALLOWING)
        if isinstance(found, list):
            found = found.pop(0) if len(found) > 1 else found[0]
        if callable(found):
            found(line)
        else:
            line.sendall(found)


def serve(line: socket.socket, handle: Callable[[socket.socket], None]) -> None:
    def one(client: socket.socket) -> None:
        with suppress(OSError), client:
            client.settimeout(5)
            handle(client)

    with suppress(OSError):
        while True:
            threading.Thread(target=one, args=[line.accept()[0]], daemon=True).start()


@dataclass
class FakeClock:
    """Time that passes when somebody sleeps, and as it does while the network is waited for."""

    slept: list[float] = field(default_factory=list)

    def now(self) -> datetime:
        return datetime(2023, 5, 4, 12, tzinfo=UTC) + timedelta(seconds=round(sum(self.slept)))

    def seconds(self) -> float:
        return time.monotonic() + sum(self.slept)

    def sleep(self, seconds: float) -> None:
        if seconds:
            self.slept.append(seconds)
