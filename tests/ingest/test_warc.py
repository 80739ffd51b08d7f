from __future__ import annotations

import gzip
import zlib
from datetime import datetime

import pytest
from saved import HTML, LEAD, URL, archive, page, response

from pipeline.ingest import warc
from pipeline.ingest.page import Source, UnreadableError
from pipeline.limits import Limits

PAGE = page()
RECORD = response(PAGE)


@pytest.fixture
def found(tmp_path):
    """What an archive holds: sources, and the messages of errors."""

    def read(raw: bytes, limits: Limits | None = None) -> list[Source | str]:
        path = tmp_path / "a.warc.gz"
        path.write_bytes(raw)
        every = list(warc.sources(path, limits or Limits()))
        assert all(one.remedy for one in every if isinstance(one, UnreadableError))
        return [str(one) if isinstance(one, UnreadableError) else one for one in every]

    return read


def test_each_page_has_its_address_and_the_time_of_its_capture(found):
    (source,) = found(archive([RECORD]))
    assert (source.part, source.raw, source.apart) == ("#1", PAGE, True)
    assert source.known == {"retrieved_at": datetime(2023, 5, 4, 8)}
    (read,) = source.read(source.raw)
    assert read.url == URL
    assert LEAD in read.text


def test_plain_archives_are_read_too(found):
    assert [one.part for one in found(RECORD + RECORD)] == ["#1", "#2"]


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (gzip.compress(PAGE), {"Content-Encoding": "gzip"}),
        (zlib.compress(PAGE), {"Content-Encoding": "deflate"}),
        (b"%x\r\n%s\r\n0\r\n\r\n" % (len(PAGE), PAGE), {"Transfer-Encoding": "chunked"}),
    ],
)
def test_a_packed_page_is_unpacked(found, body, headers):
    (source,) = found(archive([response(body, headers=HTML | headers)]))
    assert source.raw == PAGE


@pytest.mark.parametrize(
    "record",
    [
        response(PAGE, status="404 Not Found"),
        response(b"\x89PNG", headers={"Content-Type": "image/png"}),
        response(b"12 died", headers={}),
    ],
)
def test_an_archive_without_pages_says_so(found, record):
    assert found(archive([record])) == ["holds no page of HTML"]


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        (response(b"zz\r\n" + PAGE, headers=HTML | {"Transfer-Encoding": "chunked"}), "cannot be unpacked"),
        (response(PAGE, headers=HTML | {"Content-Encoding": "gzip"}), "cannot be unpacked"),
        (response(PAGE, headers=HTML | {"Content-Encoding": "br"}), "cannot be unpacked"),
        (response(PAGE, headers=HTML | {"Content-Encoding": "no-such"}), "cannot be unpacked"),
        (response(b"a" * 200_000), "is too large"),
        (
            response(gzip.compress(b"a" * 50_000_000), headers=HTML | {"Content-Encoding": "gzip"}),
            "too large",
        ),
    ],
)
def test_a_broken_record_stops_none_after_it(found, broken, said):
    error, source = found(archive([broken, RECORD]), Limits(page_bytes=100_000))
    assert error.startswith("record #1 ")
    assert said in error
    assert source.raw == PAGE


def test_a_record_that_is_cut_short_is_no_page(found):
    cut = archive([RECORD, RECORD])[:-60]
    source, *errors = found(cut)
    assert source.part == "#1"
    assert any("record #2 is cut short" in error for error in errors)
    assert any("is broken after record #2" in error for error in errors)


@pytest.mark.parametrize("packed", [True, False])
def test_what_follows_a_broken_stretch_is_read(found, packed):
    whole, half = (archive([RECORD]), archive([RECORD])[:-60]) if packed else (RECORD, RECORD[:-400])
    every = found(whole + half + whole + whole)
    assert any(isinstance(one, str) and "is broken after record #" in one for one in every)
    assert [one.raw for one in every if isinstance(one, Source)][-1] == PAGE


def test_a_header_that_is_cut_off_is_not_passed_over(found):
    source, error = found(RECORD + RECORD[:60])
    assert source.raw == PAGE
    assert "is broken after record" in error


def test_bytes_that_do_not_match_their_digest_are_used_and_said(found):
    digest = "WARC-Block-Digest: sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\r\n"
    (source,) = found(archive([response(PAGE, about=digest)]))
    assert "digest does not match" in source.notes[0].message


def test_an_archive_beyond_its_limit_is_left_where_it_passes_it(found):
    first, error = found(archive([RECORD, RECORD]), Limits(archive_bytes=len(PAGE) - 1))
    assert first.raw == PAGE
    assert error == "is too large after record #1"


def test_a_length_that_is_a_lie_takes_nothing_from_other_records(found):
    every = found(archive([response(PAGE, length=10**15), RECORD]))
    assert not any(isinstance(one, Source) for one in every)
    assert "cut short" in every[0]


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"hello\n" * 1000,
        gzip.compress(b"hello", mtime=0),
        b"\x1f\x8b\x08" * 100_000,
        b"WARC/1." * 100_000,
    ],
)
def test_what_is_no_archive_ends_soon_and_says_so(found, raw):
    errors = found(raw)
    assert 0 < len(errors) <= 21
    assert len(set(errors)) == len(errors)


def test_a_page_that_was_cut_short_is_no_whole_page(found):
    packed = gzip.compress(PAGE)
    (error,) = found(archive([response(packed[:-40], headers=HTML | {"Content-Encoding": "gzip"})]))
    assert error == "record #1 cannot be unpacked: it is cut short"
    (source,) = found(archive([response(PAGE, about="WARC-Truncated: length\r\n")]))
    assert "its end is missing" in source.notes[0].message


def test_a_record_that_runs_into_the_next_is_no_page(found):
    every = found(RECORD[:-300] + RECORD)
    assert any("the next record begins within it" in one for one in every if isinstance(one, str))
    assert not any(b"WARC-Type" in one.raw for one in every if isinstance(one, Source))


def test_an_address_in_angle_brackets_is_an_address(found):
    (source,) = found(archive([response(PAGE, url=f"<{URL}>")]))
    assert source.read(source.raw)[0].url == URL


def test_an_archive_that_is_given_up_says_so(found):
    half = archive([RECORD])[:-60]
    every = found(b"".join(half + archive([RECORD]) for _ in range(30)))
    assert "the rest was not read" in every[-1]
