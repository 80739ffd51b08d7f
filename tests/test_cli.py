"""The commands as a person types them, each in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from pipeline.warehouse import Warehouse

CONFIG = """
title = "Riverton, May 2023"
place = "Riverton"

[[places]]
id = "rv"
name = "Riverton"
kind = "city"

[[actors]]
id = "rv-mayor"
name = "Mayor of Riverton"
side = "authorities"
aliases = ["mayor"]
"""
FIRST = "At least 12 people were killed in Riverton on Tuesday, the mayor said, and 30 others were injured."
SECOND = "The mayor said on Wednesday that 15 people were killed, including three children."
FALL = "The mayor said on Wednesday that 11 people had been killed."


def counterclaim(*arguments: str | Path, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    inherited = {
        name: value for name, value in os.environ.items() if not name.startswith(("COUNTERCLAIM_", "DAGSTER"))
    }
    return subprocess.run(
        [sys.executable, "-m", "pipeline", *map(str, arguments)],
        cwd=cwd,
        env=inherited | environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def riverton(make_event, article):
    """A small event of two good articles; gives its data folder."""
    folder = make_event(
        config=CONFIG,
        one=article(FIRST, published="2023-05-03", url="https://example.org/1"),
        two=article(SECOND, outlet="Valley News", published="2023-05-04", url="https://example.org/179"),
    )
    return folder.parent


@pytest.fixture(scope="module")
def ran(tmp_path_factory) -> Path:
    """A folder in which the event, with one more article, was run once; `told` holds what that printed.

    Tests may change it if they run it again: that leaves it as it was made.
    """
    folder = tmp_path_factory.mktemp("ran")
    articles = folder / "data" / "riverton-2023" / "articles"
    articles.mkdir(parents=True)
    (articles.parent / "event.toml").write_text(CONFIG)
    for day, outlet, text in ((3, "Riverton Post", FIRST), (4, "Valley News", SECOND), (10, "Post", FALL)):
        front = f"---\noutlet: {outlet}\npublished: 2023-05-{day:02}\n---\n"
        (articles / f"day{day}.md").write_text(front + text)
    done = counterclaim("run", cwd=folder)
    assert done.returncode == 0, done.stdout + done.stderr
    (folder / "told").write_text(done.stdout)
    return folder


def test_run_writes_the_report_and_says_where(ran):
    told = (ran / "told").read_text()
    folder = ran / "reports" / "riverton-2023"
    assert (folder / "report.pdf").read_bytes().startswith(b"%PDF")
    assert "15" in (folder / "report.html").read_text(encoding="utf-8")
    assert {path.suffix for path in (folder / "tables").iterdir()} == {".parquet", ".csv", ".jsonld"}
    assert "3 articles" in told
    for place in ("report.pdf", "report.html", "figures", "tables"):
        assert str(Path("reports") / "riverton-2023" / place) in told


def test_one_broken_file_is_said_and_the_rest_is_done(riverton, tmp_path):
    articles = riverton / "riverton-2023" / "articles"
    (articles / "broken\x1b[31m.md").write_bytes(b"---\ntitle: [\n---\ntext")
    (articles / "latin.txt").write_bytes(b"caf\xe9")
    (articles / "undated.txt").write_text("Two people died.")
    done = counterclaim("run", "--data", riverton, cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "4 problems" in done.stdout
    assert "articles/latin.txt: not UTF-8: read as cp1252" in done.stdout
    assert "articles/undated.txt: no date of publication" in done.stdout
    assert "\x1b" not in done.stdout
    assert "4 articles" in done.stdout


def test_an_event_without_articles_still_gets_its_report(make_event, tmp_path):
    folder = make_event(config=CONFIG)
    done = counterclaim("run", "--data", folder, cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "the folder holds no files" in done.stdout
    assert (tmp_path / "reports" / "riverton-2023" / "report.pdf").exists()


def test_no_event_at_all_says_what_to_do(tmp_path):
    (tmp_path / "data").mkdir()
    done = counterclaim("run", cwd=tmp_path)
    assert done.returncode == 2
    assert "no event in data: make a folder data/<event>/articles" in done.stderr


def test_an_unknown_event_is_named_with_those_there_are(riverton, tmp_path):
    done = counterclaim("run", "atlantis", "--data", riverton, cwd=tmp_path)
    assert done.returncode == 2
    assert "no event atlantis" in done.stderr
    assert "riverton-2023" in done.stderr


def test_a_file_that_is_no_warehouse_is_named_and_left_alone(riverton, tmp_path):
    content = "not a database " * 400
    (tmp_path / "w.duckdb").write_text(content)
    done = counterclaim("run", "--data", riverton, "--warehouse", "w.duckdb", cwd=tmp_path)
    assert done.returncode == 1
    assert "w.duckdb is damaged" in done.stderr
    assert "counterclaim run --rebuild" in done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert (tmp_path / "w.duckdb").read_text() == content


def test_a_damaged_warehouse_is_rebuilt_on_request(riverton, tmp_path):
    (tmp_path / "w.duckdb").write_text("not a database " * 400)
    done = counterclaim("run", "--rebuild", "--data", riverton, "--warehouse", "w.duckdb", cwd=tmp_path)
    assert done.returncode == 0, done.stdout
    assert "w.duckdb is made anew; as it was it is kept as w.duckdb.old" in done.stdout
    assert Warehouse(tmp_path / "w.duckdb").count("riverton-2023", "claims")


def test_a_warehouse_of_another_version_is_set_aside(riverton, tmp_path):
    with duckdb.connect(str(tmp_path / "w.duckdb")) as connection:
        connection.execute("CREATE TABLE findings (finding_id VARCHAR)")
    done = counterclaim("run", "--data", riverton, "--warehouse", "w.duckdb", cwd=tmp_path)
    assert done.returncode == 0, done.stdout
    assert "kept as w.duckdb.old" in done.stdout
    assert (tmp_path / "w.duckdb.old").exists()


def test_a_failure_exits_1_with_its_cause_and_no_traceback(riverton, tmp_path):
    (tmp_path / "reports").write_text("a file where a folder should be")
    done = counterclaim("run", "--data", riverton, cwd=tmp_path)
    assert done.returncode == 1
    assert "failed: " in done.stdout
    assert "reports" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


def test_a_terminal_that_is_not_of_unicode_is_no_hindrance(riverton, tmp_path):
    environment = {**os.environ, "PYTHONIOENCODING": "latin-1"}
    command = [sys.executable, "-m", "pipeline", "extract", "--format", "table", str(riverton)]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert b"\\u2026" in done.stdout


def test_extract_prints_one_json_line_a_claim(riverton, tmp_path):
    done = counterclaim("extract", riverton, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    claims = [json.loads(line) for line in done.stdout.splitlines()]
    texts = {"articles/one.md": FIRST, "articles/two.md": SECOND}
    assert {claim["document"] for claim in claims} == set(texts)
    assert all(texts[claim["document"]][claim["start"] : claim["end"]] == claim["quote"] for claim in claims)
    killed = next(
        claim for claim in claims if claim["document"] == "articles/one.md" and claim["metric"] == "killed"
    )
    assert (killed["value"], killed["low"], killed["high"], killed["modifier"]) == (12, 12, None, "at_least")
    assert killed["place"] == "Riverton"
    assert not (tmp_path / ".counterclaim").exists()


@pytest.mark.parametrize("layout", ["csv", "table"])
def test_extract_prints_other_layouts(riverton, tmp_path, layout):
    done = counterclaim("extract", riverton, "--format", layout, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "killed" in done.stdout
    assert "12" in done.stdout


@pytest.mark.parametrize("command", [(), ("run",), ("extract",)])
def test_every_command_has_help(command, tmp_path):
    done = counterclaim(*command, "--help", cwd=tmp_path)
    assert done.returncode == 0
    assert "Usage:" in done.stdout


def test_an_event_of_which_nothing_changed_is_passed_over_and_its_warnings_are_told_again(ran):
    told = (ran / "told").read_text().splitlines()
    (warning,) = (line for line in told if "warning: findings: Running totals" in line)
    done = counterclaim("run", cwd=ran)
    assert done.returncode == 0
    assert "nothing changed since the last run" in done.stdout
    assert warning in done.stdout
    assert "figures" not in done.stdout


IMPORTED = """
import atexit, json, sys
from pipeline.cli import main
heavy = {"dagster", "polars", "matplotlib", "rich", "trafilatura", "pipeline.events"}
atexit.register(lambda: print(json.dumps(sorted(heavy & set(sys.modules)))))
main(sys.argv[1:])
"""


@pytest.mark.parametrize("command", [("run",), ("--help",), ("run", "--help")])
def test_what_only_work_needs_is_not_imported_where_there_is_none(ran, command):
    started = [sys.executable, "-c", IMPORTED, *command]
    done = subprocess.run(started, cwd=ran, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "Usage:" in done.stdout or "nothing changed" in done.stdout
    assert json.loads(done.stdout.splitlines()[-1]) == []


def test_what_a_killed_run_left_is_no_report_that_stands(ran):
    left = ran / "reports" / ".riverton-2023.making"
    left.mkdir()
    done = counterclaim("run", cwd=ran)
    assert done.returncode == 0, done.stdout
    assert not left.exists()
    assert "nothing changed" in counterclaim("run", cwd=ran).stdout


@pytest.mark.parametrize("change", ["an input", "the report", "asked for"])
def test_an_event_is_made_again_if_its_files_or_its_report_changed_or_if_it_is_asked_for(ran, change):
    report = ran / "reports" / "riverton-2023" / "report.html"
    good = report.read_bytes()
    if change == "an input":
        (ran / "data" / "riverton-2023" / "event.toml").write_text(CONFIG + "# looked at\n")
    elif change == "the report":
        report.write_bytes(good.replace(b"15", b"16"))
    done = counterclaim("run", *["--full"][change != "asked for" :], cwd=ran)
    assert "nothing changed" not in done.stdout
    assert done.returncode == 0, done.stdout
    if change != "an input":
        assert report.read_bytes() == good
