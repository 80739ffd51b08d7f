"""A report is read back as it stands: a number that nobody claimed is found wherever it is printed."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import typst

from pipeline.verifying import VerifyError, _Addresses, _is_labels, unresolved


@pytest.fixture(scope="module")
def report(tmp_path_factory) -> Path:
    """The sample event's report, made once."""
    folder = tmp_path_factory.mktemp("verified")
    data = Path(__file__).parents[1] / "data"
    command = [sys.executable, "-m", "pipeline", "run", "kazakhstan-2022", "--data", str(data)]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return folder / "reports" / "kazakhstan-2022"


@pytest.fixture
def copy(report, tmp_path) -> Path:
    """A copy of it, to be falsified."""
    return Path(shutil.copytree(report, tmp_path / "report"))


def test_every_number_of_the_sample_report_resolves(report):
    assert unresolved(report) == []


def replaced(path: Path, old: str, new: str, times: int = 1) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, times), encoding="utf-8")


def test_a_number_changed_in_the_page_is_found(copy):
    replaced(copy / "report.html", "printed 164", "printed 9164")
    (found,) = unresolved(copy)
    assert (found.file, found.number) == ("report.html", "9164")


def test_a_number_of_another_claim_is_not_at_home_in_a_finding(copy):
    replaced(copy / "report.html", "<h3>6 articles printed 164", "<h3>6 articles printed 4,578")
    (found,) = unresolved(copy)
    assert found.number == "4578"
    assert found.place.startswith("f")


def test_a_label_changed_in_a_figure_is_found(copy):
    replaced(copy / "figures" / "parts-of-a-whole.svg", ">4,578 injured<", ">4,587 injured<")
    (found,) = unresolved(copy)
    assert (found.file, found.number) == ("figures/parts-of-a-whole.svg", "4587")


def test_a_number_in_the_pdf_that_nobody_claimed_is_found(copy):
    (copy / "forged.typ").write_text("987,654 people were killed on 9 January 2022.")
    (copy / "report.pdf").write_bytes(typst.compile(copy / "forged.typ"))
    (found,) = unresolved(copy)
    assert (found.file, found.place, found.number) == ("report.pdf", "page 1", "987654")


def test_a_folder_that_is_no_report_says_what_is_missing(tmp_path):
    with pytest.raises(VerifyError, match=r"articles\.parquet.* is not there"):
        unresolved(tmp_path)


def test_a_figure_that_leads_out_of_the_report_is_not_opened(copy, tmp_path):
    (tmp_path / "secret.svg").write_text("<text>4711</text>")
    replaced(copy / "figures" / "figures.json", '"parts-of-a-whole"', '"../../secret"')
    with pytest.raises(VerifyError, match="names a figure that is none of ours"):
        unresolved(copy)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("report.pdf", b"%PDF-1.7\n1 0 obj\n<< /Root 1 0 R >>\nstartxref\n9\n%%EOF"),
        ("report.html", b"\xff\xfe"),
        ("figures/figures.json", b"[1, 2]"),
        ("figures/figures.json", b"[" * 200_000),
        ("figures/figures.json", b'{"figures": [{"name": 1}]}'),
        ("tables/claims.parquet", b"PAR1" + b"\x00" * 40 + b"PAR1"),
    ],
)
def test_a_damaged_report_cannot_be_read_and_that_is_said(copy, name, content):
    (copy / name).write_bytes(content)
    with pytest.raises(VerifyError, match=r"cannot be read: .*make the report again"):
        unresolved(copy)


def test_two_labels_of_figures_that_touch_are_no_number_and_any_others_are():
    drawn = frozenset({"313", "339"})
    assert _is_labels("313339", drawn)
    assert not _is_labels("313340", drawn)
    assert not _is_labels("313", drawn)


def test_the_longest_address_is_taken_out_over_the_end_of_a_line_too():
    known = _Addresses(frozenset({"https://example.org/2023/1", "https://example.org/2023/12"}))
    assert known.taken_from("7 dead, https://example.org/2023/12") == "7 dead,  "
    assert known.taken_from("https://exam\r\nple.org/2023 /1\r\n7 dead", broken=True) == " \r\n7 dead"
    assert known.taken_from("https://example.com/2023/12") == "https://example.com/2023/12"
