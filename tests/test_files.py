from __future__ import annotations

import pytest

from pipeline.files import UnwritableError, remove_others, write_atomic


def test_a_file_is_written_with_its_folder(tmp_path):
    write_atomic(tmp_path / "new" / "report.pdf", b"%PDF")
    assert (tmp_path / "new" / "report.pdf").read_bytes() == b"%PDF"
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["report.pdf"]


def test_a_write_that_fails_leaves_the_old_file_and_no_part(tmp_path, monkeypatch):
    target = tmp_path / "report.pdf"
    write_atomic(target, b"old")
    monkeypatch.setattr("os.fsync", lambda _: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    with pytest.raises(
        UnwritableError, match=r"report\.pdf cannot be written \(no space left on device\); make room"
    ):
        write_atomic(target, b"new")
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_only_what_this_run_wrote_stays(tmp_path):
    for name in ("a.svg", "b.svg"):
        write_atomic(tmp_path / name, b"<svg/>")
    remove_others(tmp_path, {"a.svg"})
    assert [path.name for path in tmp_path.iterdir()] == ["a.svg"]
    remove_others(tmp_path / "no-such-folder", set())
