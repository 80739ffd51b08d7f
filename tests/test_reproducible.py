"""The same files give the same bytes to someone else: elsewhere, later, in another language, on one core."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from elsewhere import ALONE, ONE_CORE, python
from reported import EVENT, write_event

SAID = "---\noutlet: {}\npublished: 2023-05-{:02}\n---\nThe mayor said {} people were killed in Riverton.\n"
OUTLETS = ("Valley News", "Ízgi Kürün", "Қала таңы", "City Radio", "Harbor Post", "河城日报")
HERE = {"TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1", "HOME": "/"}


def write(data: Path) -> None:
    """An event of every kind of input, with days enough for figures."""
    articles = write_event(data) / "articles"
    for day, outlet in enumerate(OUTLETS, 5):
        (articles / f"day{day}.md").write_text(SAID.format(outlet, day, day * 10), encoding="utf-8")


@pytest.fixture(scope="module")
def abroad(tmp_path_factory) -> dict[str, str]:
    """An environment that differs in whatever might tell: its letters are Turkish, and not in UTF-8."""
    place = tmp_path_factory.mktemp("abroad")
    spoken = {"LC_ALL": "tr_TR", "LOCPATH": str(place)}
    try:
        subprocess.run(
            ["localedef", "-i", "tr_TR", "-f", "ISO-8859-9", place / "tr_TR"], check=True, capture_output=True
        )
    except (OSError, subprocess.CalledProcessError):
        spoken = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    (place / "home").mkdir()
    home = {"HOME": str(place / "home"), "USER": "someone-else"}
    return spoken | home | {"TZ": "Pacific/Apia", "PYTHONHASHSEED": "7", "POLARS_MAX_THREADS": "1"}


@pytest.fixture(scope="module")
def reports(tmp_path_factory, abroad) -> list[Path]:
    """The report as it is made here, and as it is made abroad."""
    made = []
    far = ("far away", "077", [*ALONE, *ONE_CORE], abroad)
    for name, umask, prefix, environment in (("here", "022", [], HERE), far):
        root = tmp_path_factory.mktemp("made") / name
        write(root / "data")
        masked = ["sh", "-c", f'umask {umask}; exec "$@"', "sh", *prefix]
        done = python("-m", "pipeline", "run", cwd=root, prefix=masked, **environment)
        assert done.returncode == 0, done.stdout + done.stderr
        made.append(root / "reports" / EVENT)
    return made


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_every_file_has_the_same_bytes(reports):
    here, abroad = map(contents, reports)
    kinds = {".pdf", ".html", ".png", ".svg", ".json", ".parquet", ".csv", ".jsonld"}
    assert {Path(name).suffix for name in here} >= kinds
    assert "Қала таңы".encode() in here["tables/articles.csv"]
    assert here.keys() == abroad.keys()
    assert [name for name in here if here[name] != abroad[name]] == []


@pytest.mark.parametrize(
    ("asked", "why_not"),
    [
        ("time.strftime('%z')", None),
        ("hash('12 people')", None),
        ("os.path.expanduser('~')", None),
        ("locale.setlocale(locale.LC_ALL, '')", None),
        ("sys.getfilesystemencoding()", None),
        ("os.getuid()", "this system lets nobody be another user for a while"),
        ("len(os.sched_getaffinity(0))", "this machine has one core, or this system no taskset"),
    ],
)
def test_abroad_is_not_here(abroad, tmp_path, asked, why_not):
    asking = f"import locale, os, sys, time; print({asked})"
    here = python("-c", asking, cwd=tmp_path, prefix=[], **HERE).stdout
    there = python("-c", asking, cwd=tmp_path, prefix=[*ALONE, *ONE_CORE], **abroad).stdout
    if here == there and why_not:
        pytest.skip(why_not)
    assert here != there
