"""What hostile servers do, each tried against a server of our own."""

from __future__ import annotations

import gzip
import socket
import time

import pytest
from hostile import answer, moved, page

LIFE = "91.198.174.192"  # a public address; no test connects to it


def dripping(head: bytes, drop: bytes, pause: float = 0.05):
    def answer(line: socket.socket) -> None:
        line.sendall(head)
        while True:
            line.sendall(drop)
            time.sleep(pause)

    return answer


def refused(visit) -> str:
    assert visit.chain == []
    assert visit.failure is not None
    assert visit.failure.remedy
    return visit.failure.message


@pytest.mark.parametrize(
    "where",
    [
        "file:///etc/passwd",
        "http://127.0.0.1:{port}/secret",
        "http://[::1]:{port}/secret",
        "http://169.254.169.254/latest/meta-data/",
        "http://2130706433/",  # 127.0.0.1 as one number
        "http://0x7f.1/",
        "http://0177.0.0.1/",
        "http://127.1/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::ffff:7f00:1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://１２７.0.0.1/",  # digits of full width
        "http://localhost/",
        "//0/",
        "http://me:secret@news.example/",
    ],
)
def test_a_redirect_into_a_network_of_ones_own_is_not_followed(server, client, monkeypatch, where):
    # The first hop is a public name, whose checked address the test leads to its own server.
    server.answers["/"] = moved(where.format(port=server.port))
    real = socket.create_connection
    opened = []

    def connect(address, timeout):
        opened.append(address[0])
        return real(("127.0.0.1", server.port), timeout)

    def resolve(host, port):
        if host == "news.example":
            return [LIFE]
        return [entry[4][0] for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]

    monkeypatch.setattr(socket, "create_connection", connect)
    message = refused(client(private=False, resolve=resolve).visit("http://news.example/"))
    assert "not spoken to" in message or "not fetched" in message
    assert opened == [LIFE, LIFE]  # robots.txt and the redirect
    assert server.asked == ["/robots.txt", "/"]


def test_a_name_that_changes_its_address_leads_to_the_one_that_was_checked(client, monkeypatch):
    answers = iter([[LIFE], [LIFE], ["127.0.0.1"]])
    asked, opened = [], []

    def resolve(host, _):
        asked.append(host)
        return next(answers)

    def connect(address, _):
        opened.append(address[0])
        raise ConnectionRefusedError(111, "Connection refused")

    monkeypatch.setattr(socket, "create_connection", connect)
    message = refused(client(private=False, resolve=resolve, tries=3).visit("http://rebind.example/"))
    assert message == "rebind.example leads to 127.0.0.1, which is not spoken to (loopback address)"
    assert opened == [LIFE, LIFE]
    assert len(asked) == 3  # once for each connection


def test_one_private_address_among_public_ones_is_one_too_many(client):
    visit = client(private=False, resolve=lambda *_: [LIFE, "10.0.0.1"]).visit("http://mixed.example/")
    assert "leads to 10.0.0.1" in refused(visit)


def test_other_ports_are_not_spoken_to(client):
    visit = client(private=False, resolve=lambda *_: [LIFE]).visit("http://news.example:6379/")
    assert "port 6379 is not spoken to" in refused(visit)


def test_a_proxy_of_the_environment_is_not_used(server, client, monkeypatch):
    server.answers["/"] = page()
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9/")
    assert client().visit(server.url()).failure is None


@pytest.mark.parametrize(
    "slow",
    [
        dripping(b"", b"H"),
        dripping(b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n"),
        dripping(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 9999\r\n\r\n", b"a"),
        dripping(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\na\r\n"),
    ],
    ids=["status", "headers", "body", "chunks"],
)
def test_a_byte_at_a_time_ends_with_the_time_of_the_address(server, client, slow):
    server.answers["/"] = slow
    started = time.monotonic()
    visit = client(address_seconds=0.4).visit(server.url())
    message = refused(visit)
    assert time.monotonic() - started < 1.5
    assert "takes longer than it may" in message or "broken answer" in message
    assert "COUNTERCLAIM_FETCH_SECONDS" in visit.failure.remedy or "broken" in message


def test_silence_ends_too(server, client):
    server.answers["/"] = lambda _: time.sleep(1.5)
    visit = client(read_seconds=0.2, tries=2).visit(server.url())
    assert "sends nothing for 0.2 seconds" in refused(visit)
    assert server.asked.count("/") == 2


def test_a_server_that_does_not_agree_on_encryption_is_left(server, client):
    visit = client(connect_seconds=0.2, tries=1).visit(server.url().replace("http:", "https:"))
    assert "does not agree on encryption" in refused(visit)


def test_an_endless_body_ends_at_the_cap(server, client):
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    server.answers["/"] = dripping(head, b"a" * 50_000, pause=0)
    visit = client(wire_bytes=300_000).visit(server.url())
    assert "sends more than it may" in refused(visit)
    assert "COUNTERCLAIM_FETCH_BYTES above 300000" in visit.failure.remedy
    assert len(visit.others[-1].response) < 500_000


def test_endless_headers_end_at_the_cap(server, client):
    server.answers["/"] = dripping(b"HTTP/1.1 200 OK\r\n", b"X: " + b"a" * 5000 + b"\r\n", pause=0)
    assert "broken answer" in refused(client().visit(server.url()))


def test_a_gzip_bomb_is_not_unpacked(server, client):
    bomb = gzip.compress(b"0" * 50_000_000)
    server.answers["/"] = answer(bomb, more="Content-Encoding: gzip\r\n")
    visit = client(page_bytes=100_000).visit(server.url())
    assert refused(visit) == "is too large, unpacked"
    assert "COUNTERCLAIM_PAGE_BYTES above 100000" in visit.failure.remedy


def test_a_gzip_that_is_cut_short_or_none_at_all_is_tried_again(server, client):
    whole = gzip.compress(b"<p>12 people</p>" * 100)
    packed = "Content-Encoding: gzip\r\n"
    server.answers["/"] = [answer(whole[:-20], more=packed), answer(b"no gzip", more=packed)]
    assert "cannot be unpacked" in refused(client(tries=2).visit(server.url()))
    assert server.asked.count("/") == 2


def test_a_packing_that_we_did_not_ask_for_is_refused(server, client):
    server.answers["/"] = answer(b"...", more="Content-Encoding: br\r\n")
    assert "is packed as 'br'" in refused(client().visit(server.url()))


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nshort", "ends before its answer is whole"),
        (
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello",
            "ends before its answer is whole",
        ),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\nhello\r\n0\r\n\r\n", "broken answer"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 9\r\n\r\nhello", "broken answer"),
        (b"SSH-2.0-OpenSSH_9.6\r\n\r\n", "broken answer"),
        (b"HTTP/1.1 200 O", "gives no answer"),
        (b"", "gives no answer"),
    ],
)
def test_a_broken_answer_is_no_page(server, client, sent, said):
    server.answers["/"] = sent
    visit = client(tries=2).visit(server.url())
    assert said in refused(visit)
    assert server.asked.count("/") == 2
    assert visit.others[-1].response == sent


def test_redirects_in_a_circle_end(server, client):
    server.answers["/a"] = moved("/b")
    server.answers["/b"] = moved("/a")
    visit = client(redirects=4).visit(server.url("/a"))
    assert refused(visit) == "is redirected too often"
    assert len(server.asked) == 1 + 5


def test_a_redirect_to_nowhere_is_said(server, client):
    server.answers["/"] = answer(b"", status="302 Found")
    assert "has moved, and not where to" in refused(client().visit(server.url()))
