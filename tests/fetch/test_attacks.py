"""What hostile servers do, each tried against a server of our own.

- Into a network of one's own (SSRF): addresses given, redirects, robots.txt and feeds that lead to file:,
  loopback, metadata and private addresses in every form that systems read (decimal, octal, hexadecimal,
  short, IPv6, mapped, NAT64, 6to4), and names that change their address or have several. Which addresses are
  public stands in test_reach.py, forms of addresses in test_address.py, feeds and types in test_adding.py.
- For ever: a byte at a time in status, head, body and chunks; silence; heads, hints, bodies and redirects
  without end.
- Too large: gzip bombs in a page, a feed and robots.txt; packings that we did not ask for.
- Broken: answers cut short, contradictory, or of another protocol.
"""

from __future__ import annotations

import gzip
import socket
import time

import pytest
from hostile import LIFE, answer, moved, page, resolve


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


INSIDE = [
    "file:///etc/passwd",
    "data:text/html,x",
    "gopher://127.0.0.1:6379/_",
    "http://127.0.0.1:{port}/secret",
    "http://127.0.0.1.:{port}/secret",
    "http://[::1]:{port}/secret",
    "http://[::]/",
    "http://0.0.0.0/",
    "http://169.254.169.254/latest/meta-data/",
    "http://[fe80::1]/",
    "http://[fd00:ec2::254]/latest/meta-data/",
    "http://2130706433/",  # 127.0.0.1 as one number
    "http://2852039166/latest/meta-data/",  # 169.254.169.254
    "http://0x7f000001/",
    "http://0x7f.1/",
    "http://017700000001/",
    "http://0177.0.0.1/",
    "http://127.1/",
    "http://[::127.0.0.1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/",
    "http://[0:0:0:0:0:ffff:a9fe:a9fe]/",
    "http://[64:ff9b::7f00:1]/",  # NAT64
    "http://[64:ff9b:1::a9fe:a9fe]/",
    "http://[2002:7f00:1::]/",  # 6to4
    "http://[2001:0:7f00:1::]/",  # Teredo
    "http://１２７.0.0.1/",  # digits of full width
    "http://①②⑦.0.0.1/",
    "http://localhost/",
    "http://LOCALHOST./",
]


def is_kept_out(message: str) -> bool:
    return "not spoken to" in message or "not fetched" in message or "no name of a host" in message


@pytest.mark.parametrize("where", INSIDE)
def test_an_address_in_a_network_of_ones_own_is_not_asked(server, client, led, where):
    assert is_kept_out(refused(client(private=False).visit(where.format(port=server.port))))
    assert led == []


def test_the_robots_txt_of_a_host_leads_nowhere_else(server, client, led):
    server.answers |= {"/robots.txt": moved("http://169.254.169.254/"), "/": page()}
    message = refused(client(private=False, resolve=resolve).visit("http://news.example/"))
    assert "leads to 169.254.169.254" in message
    assert led == [LIFE]
    assert server.asked == ["/robots.txt"]


@pytest.mark.parametrize("status", ["301 Moved", "303 Other", "307 Later", "308 Ever"])
def test_every_kind_of_redirect_is_looked_at(server, client, led, status):
    server.answers["/"] = answer(b"", status=status, more="Location: http://169.254.169.254/\r\n")
    assert is_kept_out(refused(client(private=False, resolve=resolve).visit("http://news.example/")))
    assert led == [LIFE, LIFE]


@pytest.mark.parametrize(
    "where", [*INSIDE, "//0/", "http://me:secret@news.example/", "http://news.example:22/"]
)
def test_a_redirect_into_a_network_of_ones_own_is_not_followed(server, client, led, where):
    server.answers["/"] = moved(where.format(port=server.port))
    assert is_kept_out(refused(client(private=False, resolve=resolve).visit("http://news.example/")))
    assert led == [LIFE, LIFE]  # robots.txt and the redirect
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


@pytest.mark.parametrize(
    "addresses", [[LIFE, "10.0.0.1"], ["10.0.0.1", LIFE], ["2606:2800:21f::1", "10.0.0.1"]]
)
def test_one_private_address_among_public_ones_is_one_too_many(client, led, addresses):
    visit = client(private=False, resolve=lambda *_: addresses).visit("http://mixed.example/")
    assert "leads to 10.0.0.1" in refused(visit)
    assert led == []


def test_of_several_public_addresses_the_next_is_asked_and_no_other(client, monkeypatch):
    opened = []

    def connect(address, _):
        opened.append(address[0])
        raise ConnectionRefusedError(111, "Connection refused")

    monkeypatch.setattr(socket, "create_connection", connect)
    both = [LIFE, "2606:2800:21f::1"]
    refused(client(private=False, resolve=lambda *_: both, tries=1).visit("http://two.example/"))
    assert opened == both


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


def test_endless_hints_of_an_answer_end_at_the_cap(server, client):
    server.answers["/"] = dripping(b"", b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" * 500, pause=0)
    assert "sends more than it may" in refused(client(wire_bytes=300_000).visit(server.url()))


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


BOMB = gzip.compress(b"0" * 50_000_000)


@pytest.mark.parametrize("kind", ["text/html", "application/rss+xml"])
def test_a_gzip_bomb_is_not_unpacked(server, client, kind):
    server.answers["/"] = answer(BOMB, kind=kind, more="Content-Encoding: gzip\r\n")
    visit = client(page_bytes=100_000).visit(server.url())
    assert refused(visit) == "is too large, unpacked"
    assert "COUNTERCLAIM_PAGE_BYTES above 100000" in visit.failure.remedy


def test_a_gzip_bomb_in_place_of_rules_is_not_unpacked(server, client):
    packed = answer(BOMB, kind="text/plain", more="Content-Encoding: gzip\r\n")
    server.answers |= {"/robots.txt": packed, "/": page()}
    visit = client(page_bytes=100_000).visit(server.url())
    assert refused(visit).endswith(
        "/robots.txt cannot be read, so nothing is fetched there: is too large, unpacked"
    )
    assert server.asked == ["/robots.txt"]


def test_a_gzip_that_is_cut_short_or_none_at_all_is_tried_again(server, client):
    whole = gzip.compress(b"<p>12 people</p>" * 100)
    packed = "Content-Encoding: gzip\r\n"
    server.answers["/"] = [answer(whole[:-20], more=packed), answer(b"no gzip", more=packed)]
    assert "cannot be unpacked" in refused(client(tries=2).visit(server.url()))
    assert server.asked.count("/") == 2


@pytest.mark.parametrize("packing", ["br", "deflate", "zstd", "gzip, gzip", "gzip\x80"])
def test_a_packing_that_we_did_not_ask_for_is_refused(server, client, packing):
    server.answers["/"] = answer(b"...", more=f"Content-Encoding: {packing}\r\n")
    assert f"is packed as '{packing[:4]}" in refused(client().visit(server.url()))


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
