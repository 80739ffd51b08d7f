"""A claim laid open."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_cli import counterclaim

from pipeline.explaining import explain
from pipeline.extract.lexicon import load_lexicon

TEXTS = (
    "The mayor said on Tuesday that at least 12 people were killed in Riverton, including three children.",
    "15 people were killed in Riverton, the police said on Wednesday.",
)


@pytest.fixture(scope="module")
def ran(tmp_path_factory) -> Path:
    """A folder in which the event of an article that moves cursors was run."""
    folder = tmp_path_factory.mktemp("ran")
    articles = folder / "data" / "riverton-2023" / "articles"
    articles.mkdir(parents=True)
    (articles / "one.md").write_text("---\npublished: 2023-05-04\n---\n12 people were killed.\x1b[2J\n")
    assert counterclaim("run", cwd=folder).returncode == 0
    return folder


def test_every_slot_rule_and_comparison_of_a_claim_is_told(make_event, article, tables_of):
    tables = tables_of(make_event(one=article(TEXTS[0]), two=article(TEXTS[1], outlet="Gazette")))
    claim = tables["claims"].filter(value=12).row(0, named=True)
    told = "\n".join(explain(tables, claim["claim_id"], load_lexicon().rules))
    assert "⟦at least 12 people were killed⟧" in told
    assert "modifier: at_least" in told
    assert "passive: those counted suffer what the verb says" in told
    assert "raw_sha256" in told
    assert "15 people were killed" in told  # what it was compared with


def test_an_unknown_claim_is_an_error_of_one_line(tmp_path, ran):
    missing = counterclaim("explain", "c0", cwd=tmp_path)
    assert missing.returncode == 2
    assert "counterclaim run" in missing.stderr
    unknown = counterclaim("explain", "c0", cwd=ran)
    assert unknown.returncode == 2
    assert unknown.stderr.count("\n") == 1


def test_article_text_does_not_move_the_cursor(ran):
    table = (ran / "reports" / "riverton-2023" / "tables" / "claims.csv").read_text(encoding="utf-8")
    claim_id = next(
        cell for cell in table.splitlines()[1].split(",") if cell.startswith("c") and len(cell) == 13
    )
    told = counterclaim("explain", claim_id, cwd=ran)
    assert told.returncode == 0
    assert "\x1b" not in told.stdout
