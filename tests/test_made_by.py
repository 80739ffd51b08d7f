"""What a stage is made by is declared; here it is watched at work, and what it opens compared with that."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline import versions
from pipeline.versions import COMPARISON, EXTRACTION, INGEST, READING, REPORT, REVIEW, Maker

PACKAGE = Path(versions.__file__).parent
SAMPLE = PACKAGE.parent / "data" / "kazakhstan-2022"
# What a stage does, in a process of its own that notes what knowledge is opened and what code is loaded.
WATCH = """
import json, sys
from pathlib import Path
from pipeline.events import load
package, used = Path(sys.argv[1]), set()
event = load(Path(sys.argv[2]))
def note(event, arguments):
    if event == "open" and isinstance(arguments[0], str) and arguments[0].endswith(".toml"):
        used.add(Path(arguments[0]))
sys.addaudithook(note)
"""
TELL = """
used |= {Path(module.__file__) for name, module in sys.modules.items() if name.startswith("pipeline.")}
print(json.dumps(sorted(path.relative_to(package).as_posix() for path in used if package in path.parents)))
"""
READ = """
from pipeline.ingest.reading import read
from pipeline.limits import Limits
list(read(event.event_id, event.root, event.files[:3], Limits()))
"""
ASSEMBLED = """
from pipeline.ingest.articles import ingest
from pipeline.ingest.copies import copies
found = ingest(event)
copies(found.articles, found.furniture)
"""
EXTRACTED = """
from pipeline.schema import ARTICLES, FURNITURE
from pipeline.extract.claims import at_home, extract
from pipeline.extract.coded import coded
from pipeline.extract.changes import changes
from pipeline.extract.lexicon import load_lexicon
row = dict.fromkeys(("article_id", "event_id", "text_sha256", "raw_path", "raw_sha256"), "")
row["kind"], row["text"] = "article", "At least 12 people were killed, police said."
extract(ARTICLES.frame([row]), FURNITURE.frame(), at_home(load_lexicon(event), ARTICLES.frame([row])))
"""
REVIEWED = """
import pipeline.review.applying, pipeline.review.reading
"""
COMPARED = """
from pipeline import actors, schema
from pipeline.compare import estimates, evidence, series, troops
from pipeline.compare.findings import registry
tables = {name: table.frame() for name, table in schema.TABLES.items()}
claims, articles, known = tables["claims"], tables["articles"], actors.actors(event)
groups = evidence.evidence(claims, articles, tables["copies"], known, event.tolerance)
found = series.series(claims, articles, groups, event)
troops.troops(claims, articles)
estimates.estimates(claims, found.series, found.statements, known)
registry.findings(tables, event, known)
"""
PRINTED = """
import pipeline.actors, pipeline.exports, pipeline.interchange
from pipeline.report import html, pdf, methods, quality, codebooks
from pipeline.report.figures import gallery
methods.areas(), quality.measured(), codebooks.descriptions()
"""


def used(tmp_path, work: str) -> set[str]:
    code = WATCH + work + TELL
    done = subprocess.run(
        [sys.executable, "-c", code, str(PACKAGE), str(SAMPLE)],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
    )
    return set(json.loads(done.stdout.splitlines()[-1]))


def declared(maker: Maker) -> set[str]:
    return {path.relative_to(PACKAGE).as_posix() for path in maker.files}


@pytest.mark.parametrize(
    ("maker", "work"),
    [
        (READING, READ),
        (INGEST, ASSEMBLED),
        (EXTRACTION, EXTRACTED),
        (REVIEW, REVIEWED),
        (COMPARISON, COMPARED),
        (REPORT, PRINTED),
    ],
    ids=["reading", "ingest", "extraction", "review", "comparison", "report"],
)
def test_a_stage_uses_nothing_that_it_does_not_name(tmp_path, maker, work):
    assert used(tmp_path, work) - declared(maker) == set()


def test_a_codebook_is_known_to_comparison_and_report_alone():
    knowing = {
        name
        for name, maker in vars(versions).items()
        if isinstance(maker, Maker) and "codebooks/acled.toml" in declared(maker)
    }
    assert knowing == {"COMPARISON", "REPORT"}


@pytest.mark.parametrize("maker", [READING, INGEST, EXTRACTION, REVIEW, COMPARISON, REPORT])
def test_what_is_named_is_there(maker):
    for name in (*maker.code, *maker.knowledge):
        assert (PACKAGE / name).exists()


def test_the_version_changes_with_a_file_and_with_nothing_else(tmp_path, monkeypatch):
    monkeypatch.setattr(versions, "_HERE", tmp_path)
    monkeypatch.setattr(versions, "_SHARED", ())
    (tmp_path / "lexicon.toml").write_text("a = 1")
    (tmp_path / "other.toml").write_text("a = 1")
    maker = Maker(("lexicon.toml",))
    first = versions.version_of(maker)
    (tmp_path / "other.toml").write_text("a = 2")
    assert versions.version_of(maker) == first
    (tmp_path / "lexicon.toml").write_text("a = 2")
    assert versions.version_of(maker) != first
