from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO

from fastwarc.warc import ArchiveIterator, WarcRecordType
from hostile import answer, moved, page

from pipeline.fetch.capture import archive
from pipeline.ingest import warc
from pipeline.ingest.page import UnreadableError
from pipeline.limits import Limits


def test_requests_and_answers_are_kept_as_they_were_sent(server, client):
    server.answers |= {"/old": moved("/new"), "/new": page()}
    chain = client().visit(server.url("/old")).chain
    raw = archive(chain, "Counterclaim/test")
    records = list(ArchiveIterator(BytesIO(raw), parse_http=False))
    kinds = [str(record.record_type) for record in ArchiveIterator(BytesIO(raw))]
    assert kinds == ["warcinfo", "response", "request", "response", "request"]
    assert len(records) == 5
    identities = [record.record_id for record in ArchiveIterator(BytesIO(raw))]
    assert all(identity.startswith("<urn:uuid:") for identity in identities)
    concurrent = [record.headers.get("WARC-Concurrent-To") for record in ArchiveIterator(BytesIO(raw))]
    assert concurrent == [None, identities[2], None, identities[4], None]
    answers = []
    for record in ArchiveIterator(BytesIO(raw), parse_http=False):
        assert record.verify_block_digest()
        if record.record_type == WarcRecordType.response:
            answers.append((record.headers["WARC-Target-URI"], record.reader.read()))
            assert record.headers["WARC-IP-Address"] == "127.0.0.1"
    assert answers == [(server.url("/old"), moved("/new")), (server.url("/new"), page())]


def test_the_digest_of_the_payload_holds(server, client):
    server.answers["/"] = page()
    raw = archive(client().visit(server.url()).chain, "Counterclaim/test")
    responses = list(ArchiveIterator(BytesIO(raw), record_types=WarcRecordType.response))
    assert len(responses) == 1
    for record in ArchiveIterator(BytesIO(raw), record_types=WarcRecordType.response):
        assert record.verify_payload_digest()


def test_the_same_exchange_gives_the_same_bytes(server, client):
    server.answers["/"] = page()
    chain = client().visit(server.url()).chain
    assert archive(chain, "Counterclaim/test") == archive(chain, "Counterclaim/test")


def test_what_is_cut_short_says_so(server, client):
    server.answers["/"] = b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nshort"
    visit = client(tries=1).visit(server.url())
    raw = archive(visit.others, "Counterclaim/test")
    cut = [record.headers.get("WARC-Truncated") for record in ArchiveIterator(BytesIO(raw))]
    assert cut == [None, None, None, "disconnect", None]


def test_a_run_reads_the_page_with_its_address_and_time(server, client):
    kind = "Content-Type: text/html; charset=windows-1251"
    head = f"HTTP/1.1 200 OK\r\n{kind}\r\nTransfer-Encoding: chunked\r\n\r\n"
    body = (
        "<html><body><article><p>Погибли 12 человек, сказал мэр города Ривертон.</p></article></body></html>"
    )
    raw = body.encode("cp1251")
    server.answers |= {
        "/old": moved("/new"),
        "/new": head.encode() + b"%x\r\n%b\r\n0\r\n\r\n" % (len(raw), raw),
    }
    visit = client().visit(server.url("/old"))
    assert visit.failure is None
    (source,) = warc.records(BytesIO(archive(visit.chain, "Counterclaim/test")), Limits())
    (read,) = source.read(source.raw)
    assert "Погибли 12 человек" in read.text
    assert read.url == server.url("/new")
    assert source.known["retrieved_at"].replace(tzinfo=UTC) == datetime(2023, 5, 4, 12, 0, 2, tzinfo=UTC)


def test_an_answer_that_is_an_error_is_no_page_of_a_run(server, client):
    server.answers["/"] = answer(b"<p>12 people were killed.</p>", status="404 Not Found")
    visit = client().visit(server.url())
    found = list(warc.records(BytesIO(archive(visit.others, "Counterclaim/test")), Limits()))
    assert all(isinstance(one, UnreadableError) for one in found)
