from __future__ import annotations

import shutil
import socket
import ssl
import subprocess
import threading
from contextlib import suppress

import pytest
from hostile import ALLOWING, answer, moved, page


def test_a_page_is_fetched_over_its_redirects(server, client):
    server.answers |= {"/old": moved("/new#part"), "/new": page()}
    visit = client().visit(server.url("/old"))
    assert [(one.url, one.status) for one in visit.chain] == [
        (server.url("/old"), 302),
        (server.url("/new"), 200),
    ]
    assert b"12 people" in visit.chain[-1].body
    assert server.asked == ["/robots.txt", "/old", "/new"]


def test_we_say_who_we_are_and_send_nothing_of_the_users(server, client):
    server.answers["/"] = page(more="Set-Cookie: id=1\r\n")
    one = client()
    one.visit(server.url())
    one.visit(server.url())
    names = {line.split(b":")[0] for line in server.heads[-1].splitlines()[1:] if line}
    assert b"User-Agent: Counterclaim/" in server.heads[-1]
    assert names == {b"Host", b"User-Agent", b"Accept", b"Accept-Encoding", b"Connection"}


def test_a_chunked_page_is_put_together(server, client):
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
    server.answers["/"] = head + b"3\r\n12 \r\n6\r\npeople\r\n0\r\n\r\n"
    assert client().visit(server.url()).chain[-1].body == b"12 people"


def test_a_server_that_fails_twice_is_asked_a_third_time(server, client, clock):
    server.answers["/"] = [answer(b"", status="503 Busy"), b"", page()]
    visit = client(delay_seconds=2, tries=3).visit(server.url())
    assert visit.failure is None
    assert [one.status for one in visit.chain] == [200]
    assert clock.slept == pytest.approx([2, 2, 4], abs=0.3)  # after robots.txt; then twice as long each time


def test_a_server_that_goes_on_failing_is_given_up(server, client):
    server.answers["/"] = answer(b"", status="500 Broken")
    visit = client(tries=3).visit(server.url())
    assert visit.failure.message == "127.0.0.1 answers 500"
    assert server.asked.count("/") == 3


def test_what_will_not_go_better_is_not_tried_again(server, client):
    visit = client().visit(server.url("/gone"))
    assert visit.failure.message == "127.0.0.1 answers 404"
    assert server.asked.count("/gone") == 1


@pytest.mark.parametrize(("wanted", "seconds"), [("30", 30), ("Thu, 04 May 2023 12:00:41 GMT", 40)])
def test_a_server_that_names_a_time_is_asked_then(server, client, clock, wanted, seconds):
    server.answers["/"] = [answer(b"", status="429 Slow", more=f"Retry-After: {wanted}\r\n"), page()]
    assert client().visit(server.url()).failure is None
    assert clock.slept[1:] == [seconds]


def test_a_server_that_wants_too_long_a_wait_is_left_alone(server, client, clock):
    server.answers["/"] = answer(b"", status="429 Slow", more="Retry-After: 86400\r\n")
    visit = client().visit(server.url())
    assert "asks us to wait 86400 seconds" in visit.failure.message
    assert "COUNTERCLAIM_FETCH_WAIT" in visit.failure.remedy
    assert sum(clock.slept) < 10


def test_a_host_is_left_alone_between_two_requests(server, client, clock):
    server.answers["/"] = page()
    one = client(delay_seconds=3)
    one.visit(server.url())
    one.visit(server.url())
    assert clock.slept == pytest.approx([3, 3], abs=0.3)


@pytest.mark.parametrize(
    "rules", ["User-agent: *\nDisallow: /", "\ufeffUser-agent: counterclaim\nDisallow: /*x"]
)
def test_what_robots_txt_forbids_is_not_fetched(server, client, rules):
    server.answers |= {"/robots.txt": answer(rules.encode(), kind="text/plain"), "/x": page()}
    visit = client().visit(server.url("/x"))
    assert visit.failure.message == "the robots.txt of 127.0.0.1 does not allow it"
    assert server.asked == ["/robots.txt"]


def test_robots_txt_is_asked_for_once_and_its_delay_is_kept_up_to_a_cap(server, client, clock):
    server.answers |= {
        "/robots.txt": answer(b"User-agent: *\nCrawl-delay: 900\n", kind="text/plain"),
        "/x": page(),
    }
    one = client(wait_seconds=7)
    assert one.visit(server.url("/x")).failure is None
    assert one.visit(server.url("/x")).failure is None
    assert server.asked == ["/robots.txt", "/x", "/x"]
    assert clock.slept == pytest.approx([7, 7], abs=0.3)


@pytest.mark.parametrize(
    ("robots", "allowed"),
    [
        (ALLOWING, True),
        (answer(b"", status="403 No"), True),
        (answer(b"<html>no rules</html>"), True),
        (answer(b"", status="500 Broken"), False),
        (answer(b"", status="429 Slow"), False),
        (b"", False),
    ],
)
def test_no_rules_are_leave_but_a_host_that_cannot_say_gives_none(server, client, robots, allowed):
    server.answers |= {"/robots.txt": robots, "/x": page()}
    visit = client(tries=1).visit(server.url("/x"))
    assert (visit.failure is None) == allowed
    assert ("/x" in server.asked) == allowed
    if not allowed:
        assert "/robots.txt cannot be read, so nothing is fetched there" in visit.failure.message


def test_the_host_of_a_redirect_is_asked_for_its_rules_too(server, client):
    other = server.url("/x", host="localhost")
    server.answers |= {
        "/": moved(other),
        "/x": page(),
        "/robots.txt": [ALLOWING, answer(b"User-agent: *\nDisallow: /x")],
    }
    visit = client(resolve=lambda *_: ["127.0.0.1"]).visit(server.url())
    assert visit.failure.message == "the robots.txt of localhost does not allow it"


def test_an_unknown_name_is_said(client):
    def resolve(*_):
        raise OSError(-2, "Name or service not known")

    visit = client(resolve=resolve, tries=1).visit("https://nowhere.example/")
    assert "nowhere.example has no address" in visit.failure.message


@pytest.mark.skipif(not shutil.which("openssl"), reason="openssl makes the certificate")
@pytest.mark.parametrize(("name", "fine"), [("news.example", True), ("other.example", False)])
def test_a_certificate_is_checked_by_name_though_an_address_is_connected_to(tmp_path, client, name, fine):
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subject = ["-subj", "/CN=news.example", "-addext", "subjectAltName=DNS:news.example"]
    made = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        *subject,
    ]
    subprocess.run([*made, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    ours = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ours.load_cert_chain(certificate, key)
    with socket.create_server(("127.0.0.1", 0)) as line:

        def serve():
            with suppress(OSError):
                while True:
                    raw, _ = line.accept()
                    with suppress(OSError), ours.wrap_socket(raw, server_side=True) as wrapped:
                        wrapped.recv(65536)
                        wrapped.sendall(page())

        threading.Thread(target=serve, daemon=True).start()
        context = ssl.create_default_context(cafile=certificate)
        one = client(context=context, resolve=lambda *_: ["127.0.0.1"], tries=1)
        visit = one.visit(f"https://{name}:{line.getsockname()[1]}/")
        line.shutdown(socket.SHUT_RDWR)
    assert (visit.failure is None) == fine
    if not fine:
        assert "the certificate of other.example is not valid" in visit.failure.message
