"""Files that no person wrote, by name and content: each is told of, and none stops the others."""

from __future__ import annotations

import io
import os
import socket
import struct
import time
import zipfile
from dataclasses import replace

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from mutations import FUZZ, RUNS
from saved import LEAD, archive, page, response
from targets import LIMITS, check_ingest

from pipeline.events import load
from pipeline.extraction import extract_from
from pipeline.ingest import wacz, warc, wires
from pipeline.ingest.articles import ingest
from pipeline.ingest.decoding import decode
from pipeline.ingest.furniture import furniture, patterns
from pipeline.ingest.head import head
from pipeline.ingest.languages import language
from pipeline.ingest.page import UnreadableError
from pipeline.ingest.publishers import host, outlet
from pipeline.ingest.versions import address

DATED = page(head='<meta name="date" content="2023-05-04">')
RSS = (
    b'<rss version="2.0"><channel><title>Riverton Post</title><language>en</language><item>'
    b"<title>Flood</title><link>http://example.org/flood</link><author>Ann Lee</author>"
    b"<description>Twelve died</description><pubDate>Thu, 4 May 2023 10:00:00 +0200</pubDate></item>"
    b"</channel></rss>"
)


def check_error(error: UnreadableError) -> None:
    assert error.message
    assert error.remedy
    str(error).encode("utf-8", "backslashreplace")


def put(root, files: dict[str, bytes]):
    """An event's folder with `files`."""
    for name, raw in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw)
    return root


@pytest.fixture(autouse=True)
def no_socket(monkeypatch):
    """Ingest asks for no address and connects to none; its own processes talk through local sockets."""

    def refuse(*_args, **_kwargs):
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)


@pytest.mark.parametrize("ending", ["warc", "warc.gz", "wacz"])
def test_an_archive_may_be_cut_off_anywhere(tmp_path, ending):
    whole = archive([response(page()), response(page())]) if ending == "warc.gz" else response(page()) * 2
    if ending == "wacz":
        with zipfile.ZipFile(box := io.BytesIO(), "w") as package:
            package.writestr("archive/a.warc", whole)
        whole = box.getvalue()
    half = len(whole) // 2  # where the first record ends, behind four characters that it can do without
    complete = () if ending == "wacz" else range(half - 4, half + 1)
    for length in range(1, len(whole) - 4, 37):
        (tmp_path / f"cut.{ending}").write_bytes(whole[:length])
        try:
            read = wacz.sources if ending == "wacz" else warc.sources
            found = list(read(tmp_path / f"cut.{ending}", LIMITS))
        except UnreadableError as error:
            found = [error]
        errors = [one for one in found if isinstance(one, UnreadableError)]
        assert errors or length in complete, length
        for error in errors:
            check_error(error)


WORDS = st.sampled_from(
    ["By Ann Lee", "4 May 2023", "RIVERTON (AP) — ", "(Reuters)", "Share this", "© 2023", "\u2028"]
)
TEXT = st.lists(
    st.one_of(WORDS, st.text(max_size=12), st.sampled_from(["\n", " ", "\t", "-", "/"])), max_size=30
)


@settings(FUZZ, derandomize=True, max_examples=150, phases=[Phase.generate])
@given(pieces=TEXT, declared=st.text(max_size=12), raw=st.binary(max_size=60))
def test_any_text_has_a_head_furniture_and_a_language(pieces, declared, raw):
    try:
        decode(raw, declared)
        text, _ = decode("".join(pieces).encode("utf-8", "replace"), declared)
    except UnreadableError as error:
        check_error(error)
        return
    for stretch in (*head(text).stretches, *furniture(text, patterns())):
        assert 0 <= stretch.start < stretch.end <= len(text)
    language(text, declared)
    wires.wire(text, byline=declared, outlet_name=declared, url=declared, declared=declared or None)
    for url in (declared, f"http://{declared}", f"https://example.org:{declared}/flood"):
        address(url), host(url), outlet(declared, url)


HOSTILE = {
    "surrogate.md": b'---\nurl: "http://a.org/\\uD800"\ntitle: "\\e[31m"\nlanguage: "\\e[2J"\n---\n12 died.',
    "late.jsonl": b'{"text": "A\\n9999-12-31 23:59:59 -2000\\nB.", "date": "0001-01-01T00:00:00+14:00"}',
    "late.warc": response(page()).replace(b"2023-05-04T08:00:00Z", b"0001-01-01T00:00:00+14:00"),
    "wide.warc": response(page(), url="http://example.org/\x1b[31m"),
    "labels.jsonl": b'{"text": "Twelve died.", "url": "http://' + b"a." * 15_000 + b'org/x"}\n',
    "port.jsonl": b'{"text": "Twelve died.", "url": "http://example.org:le/x"}\n',
    "control.rss": RSS.replace(b"Twelve died", b"&lt;p&gt;Twelve&amp;#11;died&lt;/p&gt;"),
    "blank.txt": b"Flood\n" + b" " * 150_000 + b"\nTwelve died.",
    "hex.md": b"---\ntitle: 0x" + b"f" * 5000 + b"\n---\nTwelve died.\n",
    "set.md": b"---\ntitle: !!set {a, b, c}\n---\nTwelve died.\n",
    "a\nb.pdf": b"",
    "a\\nb.pdf": b"",
    "end.\udcff": b"",
    "end.\x1b[31m": b"",
}


def test_hostile_files_by_name_and_content(tmp_path):
    root = put(tmp_path, {"articles/good.html": DATED, "coded/\udcff\x1b.csv": b"a,b\n1,2\n"})
    for name, raw in HOSTILE.items():
        (root / "articles" / name).write_bytes(raw)
    (root / "articles" / "ring.txt").symlink_to("ring.txt")
    with zipfile.ZipFile(root / "articles" / "names.wacz", "w") as package:
        for name in ("\x1b[31m\n.warc", "../../up.warc"):
            package.writestr(f"archive/{name}", response(page()))
    started = time.process_time()
    found = ingest(load(root), limits=LIMITS)
    assert time.process_time() - started < 10
    check_ingest(found)
    assert "articles/good.html" in found.articles["raw_path"].to_list()
    said = dict(found.problems.select("path", "message").iter_rows())
    assert "articles/control.rss#1" in found.articles["raw_path"].to_list()
    assert said["articles/ring.txt"] == "is a link to nothing"
    assert said["articles/end.\\udcff"] == "files of the kind .\\udcff are not read"


def test_days_that_no_calendar_has_are_problems(tmp_path):
    table = b"#date,#meta+source,#affected+killed\n0000-01-01,Post,12\n2023-05-04,Post,13\n"
    claims, _, problems = extract_from([put(tmp_path, {"coded/a.csv": table})])
    assert [row["value"] for row in claims.to_dicts()] == [13]
    assert problems["message"].to_list() == ["#date “0000-01-01” is no date"]


def test_no_file_outside_of_the_folder_is_opened(tmp_path):
    secret = tmp_path / "sentinel.txt"
    secret.write_text("Twelve died, the sentinel said.")
    entity = f'<!DOCTYPE x [<!ENTITY s SYSTEM "file://{secret}"><!ENTITY % p SYSTEM "file://{secret}"> %p;]>'
    root = put(
        tmp_path / "riverton",
        {
            "articles/a.html": f'{entity}<base href="file://{secret}"><p>&s; {LEAD}</p>'.encode(),
            "articles/b.xml": RSS.replace(b"<rss", f"<?xml version='1.0'?>{entity}<rss".encode(), 1).replace(
                b"Flood", b"&s;"
            ),
            "articles/c.md": f"---\nurl: file://{secret}\ntitle: !include {secret}\n---\n12 died.\n".encode(),
            "articles/d.jsonl": f'{{"text": "{secret}", "url": "file://{secret}"}}\n'.encode(),
            "articles/e.rss": f"{secret}".encode(),
        },
    )
    (root / "failed.txt").symlink_to(secret)
    found = ingest(load(root), limits=LIMITS)
    check_ingest(found)
    assert "the sentinel said" not in str(found.articles.to_dicts()) + str(found.problems.to_dicts())


def test_a_text_that_is_no_article_by_its_length_is_refused(tmp_path):
    root = put(tmp_path, {"articles/a.txt": b"12\n" * 5_000, "articles/b.txt": b"Twelve died."})
    found = ingest(load(root), limits=replace(LIMITS, text_characters=10_000))
    check_ingest(found)
    assert found.articles["raw_path"].to_list() == ["articles/b.txt"]
    assert "COUNTERCLAIM_TEXT_CHARACTERS above 10000" in found.problems["remedy"].sort().to_list()[0]


def test_a_file_larger_than_an_archive_may_be_is_not_looked_into(tmp_path):
    root = put(
        tmp_path, {f"articles/a.{ending}": b"" for ending in ("jsonl", "warc", "warc.gz", "wacz", "txt")}
    )
    for path in (root / "articles").iterdir():
        os.truncate(path, 1 << 30)  # a file with a hole: it takes no room
    found = ingest(load(root), limits=LIMITS)
    assert found.problems["message"].to_list() == ["is too large"] * 5


def test_a_package_whose_files_lie_in_one_another_is_refused(tmp_path):
    with zipfile.ZipFile(box := io.BytesIO(), "w") as package:
        package.writestr("archive/a.warc", response(page()))
    raw = box.getvalue()
    directory, end = raw.index(b"PK\x01\x02"), raw.index(b"PK\x05\x06")
    entries = raw[directory:end] * 50
    last = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 50, 50, len(entries), directory, 0)
    (tmp_path / "a.wacz").write_bytes(raw[:directory] + entries + last)
    with pytest.raises(UnreadableError, match="lie in one another"):
        list(wacz.sources(tmp_path / "a.wacz", LIMITS))


@pytest.mark.parametrize("pump", RUNS)
def test_no_line_or_name_makes_a_pattern_slow(pump):
    line = pump * (100_000 // len(pump))
    started = time.process_time()
    list(furniture(f"{line[:240]}\n{line}", patterns()))
    head(f"Flood\n{line}\nTwelve died.")
    wires.wire(f"{line}\nTwelve died.", byline=line, outlet_name=line)
    language(line, "en")
    outlet(line, "http://" + "a." * 15_000)
    assert time.process_time() - started < 1
