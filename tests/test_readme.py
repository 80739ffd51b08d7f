"""The README's commands, typed as it shows them: the tutorial in a shell; of the others is said why not."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest
from documented import ROOT, examples
from pypdf import PdfReader
from saved import page

from pipeline.cli import main

README = ROOT / "README.md"
TUTORIAL = "## Three pages of your own, in ten minutes"
ACTIVATE = ". .venv/bin/activate"
EVENT = "riverton-2023"
# Commands that this test does not type, and why. One that is in neither list fails the test below.
NOT_TYPED = {
    "make report": "asks a registry for packages; .ci/run types it",
    "make test": "is what runs this test; .ci/run types it",
    "make ui": "serves until it is stopped; tests/assets load what it serves",
    "python3 -m venv .venv": "installs; Makefile types it",
    ".venv/bin/pip install --no-deps --require-hashes -r requirements.lock": "installs; Makefile types it",
    ".venv/bin/pip install --no-deps --no-build-isolation -e .": "installs; Makefile types it",
    ".venv/bin/counterclaim run": "makes the sample's report, a minute; .ci/run makes it by `make report`",
    ".venv/bin/pytest": "is what runs this test",
}
# Three pages about one event, saved by a reader who has not read this.
PAGES = {
    "page1.html": (
        "2023-05-03",
        "At least 12 people were killed in Riverton on Tuesday, the mayor said, and 30 others were injured.",
    ),
    "page2.html": (
        "2023-05-04",
        "The mayor said on Wednesday that 15 people were killed in Riverton, including three children.",
    ),
    "page3.html": (
        "2023-05-05",
        "The Interior Ministry said on Thursday that 14 people were killed. Police had detained 120 people.",
    ),
}
# What is typed while `counterclaim review` asks: a name, and of the claim it shows a rejection with a reason.
ANSWERS = "Ada Reader\nr\nthe children are counted twice\nq\n"


def commands(section: str) -> list[str]:
    """The lines of the README that a person types, within a section or everywhere."""
    lines = README.read_text(encoding="utf-8").splitlines()
    first = lines.index(section) if section else 0
    later = (at for at in range(first + 1, len(lines)) if section and lines[at].startswith("## "))
    last = next(later, len(lines))
    return [
        re.sub(r"\s+#.*", "", line)
        for one in examples(README)
        if one.language == "sh" and first < one.line <= last
        for line in one.text.splitlines()
    ]


def typed(folder: Path, lines: list[str], answers: str = "") -> str:
    """What a shell prints that knows nothing but a path, told to stop at the first command that fails."""
    script = "\n".join(["set -eu", *lines])
    done = subprocess.run(
        ["sh", "-c", script],
        cwd=folder,
        env={"PATH": "/usr/bin:/bin", "HOME": str(folder), "LC_ALL": "C.UTF-8"},
        input=answers,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def walk(tmp_path_factory):
    """The folder of a person who walked the tutorial, what was printed, and the claims before the review."""
    if not (Path(sys.prefix) / "bin" / "activate").is_file():
        pytest.skip("the README's environment is one made by venv")
    folder = tmp_path_factory.mktemp("stranger")
    (folder / ".venv").symlink_to(sys.prefix)
    for name, (day, text) in PAGES.items():
        head = f'<meta property="article:published_time" content="{day}">'
        (folder / name).write_bytes(page(text, title="Unrest in Riverton", head=head))
    lines = commands(TUTORIAL)
    at = next(number for number, line in enumerate(lines) if "CLAIM_ID" in line)
    first = typed(folder, lines[:at])
    claims = pl.read_parquet(folder / "reports" / EVENT / "tables" / "claims.parquet")
    twelve = claims.filter(pl.col("value") == 12)["claim_id"].item()
    explained = typed(folder, [ACTIVATE, lines[at].replace("CLAIM_ID", twelve)])
    last = typed(folder, [ACTIVATE, *lines[at + 1 :]], ANSWERS)
    return folder, (first, explained, last), claims


def test_every_command_of_the_readme_is_typed_or_named_with_the_reason_why_not():
    tutorial = commands(TUTORIAL)
    assert tutorial[0] == ACTIVATE
    assert len(tutorial) == 7
    assert set(commands("")) - set(tutorial) == set(NOT_TYPED)


def test_no_command_of_the_readme_hides_from_this_test():
    assert {one.language for one in examples(README)} == {"sh", "text"}
    assert re.findall(r"\n\n {4}\S", README.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "line", [line for line, why in NOT_TYPED.items() if why.endswith("Makefile types it")]
)
def test_the_makefile_types_what_is_said_of_it(line):
    recipe = (ROOT / "Makefile").read_text(encoding="utf-8")
    words = line.replace("-e .", "--editable .").split()[1:]
    assert any(set(words) <= set(one.replace("$(VENV)", ".venv").split()) for one in recipe.splitlines())


@pytest.mark.parametrize("line", [line for line, why in NOT_TYPED.items() if ".ci/run types it" in why])
def test_the_gate_types_what_is_said_of_it(line):
    assert re.search(rf"^{line}\b", (ROOT / ".ci" / "run").read_text(encoding="utf-8"), re.MULTILINE)


def test_three_saved_pages_become_a_report(walk):
    folder, (first, _, _), claims = walk
    assert f"3 added to data/{EVENT}, 0 failed" in first
    assert "3 articles, 6 claims" in first
    assert "problem" not in first
    assert set(claims["value"]) == {12, 30, 15, 3, 14, 120}
    text = "".join(page.extract_text() for page in PdfReader(folder / "reports" / EVENT / "report.pdf").pages)
    assert "Riverton, May 2023" in text
    assert "At least 12 people were killed" in " ".join(text.split())


def test_a_claim_is_explained_with_its_sentence(walk):
    _, (_, explained, _), _ = walk
    assert "⟦At least 12 people were killed⟧ in Riverton on Tuesday, the mayor said" in explained
    assert "articles/page1.html" in explained


def test_ids_are_as_the_readme_describes_them(walk):
    _, _, claims = walk
    assert "a `c` with twelve letters and digits" in README.read_text(encoding="utf-8")
    assert all(re.fullmatch(r"c[a-z0-9]{12}", one) for one in claims["claim_id"])


def test_a_correction_is_kept_and_the_next_run_applies_it(walk):
    folder, (_, _, last), claims = walk
    (decision,) = pl.read_csv(folder / "data" / EVENT / "reviews.csv").to_dicts()
    assert (decision["verdict"], decision["reviewer"]) == ("reject", "Ada Reader")
    assert "1 rejected" in last
    assert "3 articles, 5 claims" in last
    tables = folder / "reports" / EVENT / "tables"
    left = pl.read_parquet(tables / "claims.parquet")
    assert set(claims["claim_id"]) - set(left["claim_id"]) == {decision["claim_id"]}
    assert "Ada Reader" in (tables.parent / "report.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_command_says_how_it_ends(name):
    command = main.commands[name]
    told = command.get_help(command.make_context(name, [], resilient_parsing=True))
    assert re.search(r"Exit status: 0 ", " ".join(told.split()))
