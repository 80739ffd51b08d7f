from __future__ import annotations

import zipfile

import pytest
from saved import archive, page, response

from pipeline.ingest import wacz
from pipeline.ingest.page import UnreadableError
from pipeline.limits import Limits

ARCHIVE = archive([response(page())])


@pytest.fixture
def package(tmp_path):
    """Writes a package of the given members."""

    def write(**members: bytes):
        path = tmp_path / "a.wacz"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
            for name, content in members.items():
                file.writestr(name, content)
        return path

    return write


def test_the_pages_of_every_archive_in_it_are_read(package):
    path = package(
        **{"archive/b.warc.gz": ARCHIVE, "archive/a.warc": response(page()), "pages/pages.jsonl": b"{}"}
    )
    assert [one.part for one in wacz.sources(path, Limits())] == ["#a.warc#1", "#b.warc.gz#1"]


def test_a_name_that_leads_out_of_the_package_leads_nowhere(package, tmp_path):
    path = package(**{"../../archive/x.warc.gz": ARCHIVE, "archive/../../y.warc.gz": ARCHIVE})
    found = list(wacz.sources(path, Limits()))
    assert [one.part for one in found] == ["#../../y.warc.gz#1"]
    assert [one.name for one in tmp_path.iterdir()] == ["a.wacz"]


def test_a_bomb_is_refused_before_it_is_unpacked(package):
    path = package(**{"archive/a.warc": b"\0" * 1_000_000})
    with pytest.raises(UnreadableError, match="is too large") as caught:
        list(wacz.sources(path, Limits(archive_bytes=100_000)))
    assert "COUNTERCLAIM_ARCHIVE_BYTES" in caught.value.remedy


def test_a_member_that_is_damaged_is_named(package):
    path = package(**{"archive/a.warc": response(page(), headers={}) * 50})
    raw = bytearray(path.read_bytes())
    raw[200:240] = bytes(40)
    path.write_bytes(raw)
    (error,) = (one for one in wacz.sources(path, Limits()) if "unpacked" in str(one))
    assert str(error).startswith("a.warc cannot be unpacked")


@pytest.mark.parametrize("raw", [b"", b"PK\x03\x04", b"no zip"])
def test_what_is_no_package_is_unreadable(tmp_path, raw):
    path = tmp_path / "a.wacz"
    path.write_bytes(raw)
    with pytest.raises(UnreadableError, match="is no WACZ"):
        list(wacz.sources(path, Limits()))
