"""A claim laid open."""

from __future__ import annotations

import pytest
from test_cli import counterclaim

from pipeline.explaining import explain
from pipeline.extract.lexicon import load_lexicon

TEXTS = (
    "The mayor said on Tuesday that at least 12 people were killed in Riverton, including three children.",
    "15 people were killed in Riverton, the police said on Wednesday.",
)


def test_every_slot_rule_and_comparison_of_a_claim_is_told(make_event, article, tables_of):
    tables = tables_of(make_event(one=article(TEXTS[0]), two=article(TEXTS[1], outlet="Gazette")))
    claim = tables["claims"].filter(value=12).row(0, named=True)
    told = "\n".join(explain(tables, claim["claim_id"], load_lexicon().rules))
    assert "⟦at least 12 people were killed⟧" in told
    assert "modifier: at_least" in told
    assert "passive: those counted suffer what the verb says" in told
    assert "raw_sha256" in told
    assert "15 people were killed" in told  # what it was compared with


def test_an_unknown_claim_is_an_error_of_one_line(tmp_path, make_event, article):
    make_event(one=article(TEXTS[0]))
    missing = counterclaim("explain", "c0", cwd=tmp_path)
    assert missing.returncode == 2
    assert "counterclaim run" in missing.stderr
    assert counterclaim("run", cwd=tmp_path).returncode == 0
    unknown = counterclaim("explain", "c0", cwd=tmp_path)
    assert unknown.returncode == 2
    assert unknown.stderr.count("\n") == 1


@pytest.mark.parametrize("text", ["12 people were killed.\x1b[2J"])
def test_article_text_does_not_move_the_cursor(tmp_path, make_event, article, text):
    make_event(one=article(text))
    assert counterclaim("run", cwd=tmp_path).returncode == 0
    table = (tmp_path / "reports" / "riverton-2023" / "tables" / "claims.csv").read_text(encoding="utf-8")
    claim_id = next(
        cell for cell in table.splitlines()[1].split(",") if cell.startswith("c") and len(cell) == 13
    )
    told = counterclaim("explain", claim_id, cwd=tmp_path)
    assert told.returncode == 0
    assert "\x1b" not in told.stdout
