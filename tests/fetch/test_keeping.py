from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pipeline.fetch import failed
from pipeline.fetch.address import parse
from pipeline.fetch.keeping import capture_name, file_name, keep_bytes


def test_a_file_is_never_written_over(tmp_path):
    assert keep_bytes(tmp_path, "a", ".html", b"one").name == "a.html"
    assert keep_bytes(tmp_path, "a", ".html", b"two").name == "a-2.html"
    assert keep_bytes(tmp_path, "a", ".html", b"one").name == "a.html"
    assert sorted(path.read_bytes() for path in tmp_path.iterdir()) == [b"one", b"two"]


def test_a_link_is_not_written_through(tmp_path):
    outside = tmp_path / "outside"
    outside.write_bytes(b"mine")
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "a.html").symlink_to(outside)
    assert keep_bytes(folder, "a", ".html", b"mine").name == "a-2.html"
    assert outside.read_bytes() == b"mine"


def test_without_hard_links_it_is_the_same(tmp_path, monkeypatch):
    def no(*_):
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr("pathlib.Path.hardlink_to", no)
    test_a_file_is_never_written_over(tmp_path)


def test_a_write_that_fails_leaves_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr("os.fsync", lambda _: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    with pytest.raises(OSError, match="No space"):
        keep_bytes(tmp_path, "a", ".html", b"one")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("Riverton: 12 killed", "Riverton-12-killed"),
        ("../../etc/passwd", "etc-passwd"),
        ("a\nb\x1b[31m", "a-b-31m"),
        ("новости", "новости"),
        (".hidden", "hidden"),
        ("README", "article-README"),
        ("...", "article-"),
        ("x" * 400, "x" * 120),
    ],
)
def test_a_name_that_somebody_chose_is_made_safe(name, safe):
    assert file_name(name) == safe


def test_a_capture_is_named_after_host_address_and_time():
    at = datetime(2023, 5, 4, 12, 0, 1, tzinfo=UTC)
    one, other = (capture_name(parse(f"https://news.example/{path}"), at) for path in ("..%2f..%2fa", "b"))
    assert one != other
    assert one.startswith("news.example-")
    assert one.endswith("-20230504T120001Z")
    assert "/" not in capture_name(parse("http://[2606:2800:21f::1]/a"), at)


def test_failures_are_listed_until_they_are_fetched(tmp_path):
    path = tmp_path / failed.FILE
    failed.update(tmp_path, {"https://a.example/": "answers 503; try\nlater", "https://b.example/": None})
    failed.update(tmp_path, {"https://c.example/": "answers 404; save it"})
    lines = path.read_text().splitlines()
    assert [line for line in lines if not line.startswith("#") and line] == [
        "https://a.example/",
        "https://c.example/",
    ]
    assert "# answers 503; try later" in lines
    failed.update(tmp_path, {"https://a.example/": None, "https://c.example/": None})
    assert not path.exists()
