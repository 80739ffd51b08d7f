"""The documentation is current, its links lead somewhere, and its examples do what they say."""

from __future__ import annotations

import doctest
import re
import shlex
import sys
from pathlib import Path

import pytest
import road
from click.testing import CliRunner
from documented import DOCS, PAGES, ROOT, Example, anchors, examples, links, named

from pipeline.cli import main
from pipeline.compare.findings.registry import KINDS
from pipeline.documenting import findings
from pipeline.documenting.pages import PAGES as REFERENCE
from pipeline.exports import parquet
from pipeline.schema import TABLES

TEXTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *PAGES]
RUN = [page for page in PAGES if any(one.language in ("console", "pycon") for one in examples(page))]


def name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("page", REFERENCE)
def test_a_reference_page_says_what_the_code_says(page):
    written = (DOCS / "reference" / f"{page}.md").read_text(encoding="utf-8")
    assert written == REFERENCE[page](), "run `make reference`"


@pytest.mark.parametrize("find", KINDS, ids=lambda find: find.__module__.rpartition(".")[2])
def test_a_kind_of_finding_says_its_rule_and_what_to_do(find):
    told = findings.told(sys.modules[find.__module__])
    assert [one.partition(":")[0] for one in told[1:]] == ["Rule", "What to do"]
    assert findings.severities(sys.modules[find.__module__])
    constants = re.findall(r"\b[A-Z]{4,}\b(?! \(\d)", " ".join(told))
    assert constants == [], "a constant without its value"


@pytest.mark.parametrize("page", TEXTS, ids=name)
def test_every_link_leads_to_a_page_a_heading_or_a_picture(page):
    broken = []
    for link in links(page):
        path, _, anchor = link.partition("#")
        target = (page.parent / path) if path else page
        if re.match(r"[a-z]+:", link):
            continue
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(link)
    assert broken == []


@pytest.mark.parametrize("page", TEXTS, ids=name)
def test_every_file_that_a_page_names_is_there(page):
    shown = {one.path for one in examples(page)}
    paths = {
        one for one in named(page) if re.fullmatch(r"(pipeline|tests|benchmarks|docs|\.github)/[\w./-]+", one)
    }
    assert [one for one in sorted(paths - shown) if not (ROOT / one).exists()] == []


def test_every_page_stands_in_the_index():
    listed = {(DOCS / link).resolve() for link in links(DOCS / "index.md")}
    assert {name(page) for page in PAGES if page not in listed} == {"docs/index.md"}


@pytest.fixture(scope="session")
def sample(tmp_path_factory) -> Path:
    """A folder that holds reports/kazakhstan-2022/tables, as `make report` leaves them."""
    folder = tmp_path_factory.mktemp("sample")
    tables = folder / "reports" / "kazakhstan-2022" / "tables"
    tables.mkdir(parents=True)
    made = road.walk(ROOT / "data" / "kazakhstan-2022")
    for table in TABLES:
        (tables / f"{table}.parquet").write_bytes(parquet(made[table]))
    return folder


def counterclaim(line: str) -> str:
    """What a command prints, on both streams."""
    program, *arguments = shlex.split(line)
    assert program == "counterclaim"
    return CliRunner().invoke(main, arguments).output


def as_printed(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


def check_console(listing: Example) -> None:
    """Each line that begins with $ prints what follows it; … stands for anything."""
    for block in re.split(r"^\$ ", listing.text, flags=re.MULTILINE)[1:]:
        line, _, expected = block.partition("\n")
        printed = as_printed(counterclaim(line))
        pattern = re.escape(as_printed(expected)).replace("…", ".*")
        assert re.fullmatch(pattern, printed, re.DOTALL), f"$ {line}\n{printed}"


@pytest.mark.parametrize("page", RUN, ids=name)
def test_the_examples_of_a_page_do_what_it_says(page, tmp_path, monkeypatch, request):
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    for variable in ("DAGSTER_HOME", "COUNTERCLAIM_DATA", "COUNTERCLAIM_REPORTS", "COUNTERCLAIM_WAREHOUSE"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("COLUMNS", "100")
    if "reports/kazakhstan-2022" in page.read_text(encoding="utf-8"):
        (tmp_path / "reports").symlink_to(request.getfixturevalue("sample") / "reports")
    shared: dict[str, object] = {}
    for listing in examples(page):
        if listing.path:
            file = tmp_path / (listing.path if listing.language != "python" else Path(listing.path).name)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(listing.text, encoding="utf-8")
        elif listing.language == "console":
            check_console(listing)
        elif listing.language == "pycon":
            test = doctest.DocTestParser().get_doctest(
                listing.text, shared, name(page), name(page), listing.line
            )
            report: list[str] = []
            doctest.DocTestRunner().run(test, out=report.append, clear_globs=False)
            shared = test.globs
            assert report == [], "".join(report)
