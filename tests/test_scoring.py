"""Scores against labels: what counts as found, and how good extraction is on our own labels."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from test_cli import counterclaim

from pipeline.extraction import score_of
from pipeline.labels import LabelError, read_labels
from pipeline.scoring import Score

LABELS = Path(__file__).parent / "labels" / "gold.jsonl"
TEXT = "At least 12 people were killed in Riverton, the mayor said. Police held 30 men."


def gold(folder: Path, *claims: dict[str, object]) -> Path:
    """A labelled article and its labels."""
    (folder / "articles").mkdir()
    (folder / "articles" / "one.md").write_text(f"---\noutlet: Post\n---\n{TEXT}\n", encoding="utf-8")
    path = folder / "gold.jsonl"
    path.write_text(json.dumps({"file": "articles/one.md", "claims": claims}) + "\n", encoding="utf-8")
    return path


def label(quote: str, metric: str, value: int, **more: object) -> dict[str, object]:
    start = TEXT.index(quote)
    exact = {"low": value, "high": value, "modifier": "exact"}
    return {"metric": metric, "value": value, "start": start, "end": start + len(quote), **exact, **more}


KILLED = label(
    "At least 12", "killed", 12, modifier="at_least", high=None, attribution="the mayor", place="Riverton"
)
HELD = label("30 men", "detained", 30)


def test_labels_that_are_all_found_score_one(tmp_path):
    score, absent = score_of(gold(tmp_path, KILLED, HELD))
    assert absent == []
    assert score.fact.f1 == score.mention.f1 == 1.0
    assert score.attribution.found == score.attribution.labelled == 1
    assert score.slots["place"].share == score.slots["modifier"].share == 1.0


def test_what_is_missed_and_what_is_wrong_are_named(tmp_path):
    score, _ = score_of(gold(tmp_path, KILLED, label("30 men", "detained", 31)))
    assert (score.fact.precision, score.fact.recall) == (0.5, 0.5)
    assert score.missed == [("articles/one.md", "detained", 31)]
    assert score.wrong == [("articles/one.md", "detained", 30)]


def test_a_withdrawn_figure_that_comes_out_as_asserted_is_a_leak(tmp_path):
    score, _ = score_of(gold(tmp_path, {**KILLED, "stance": "retracted"}, HELD))
    assert (score.leaks["retracted"].same, score.leaks["retracted"].count) == (1, 1)
    assert score.slots["stance"].share == 0.5


def test_an_optional_label_is_neither_merit_nor_fault(tmp_path):
    score, _ = score_of(gold(tmp_path, KILLED, {**HELD, "detail": "single_victim"}))
    assert (score.fact.found, score.fact.put_out, score.fact.labelled) == (1, 1, 1)


def test_an_article_that_is_not_there_is_named_and_not_scored(tmp_path):
    path = gold(tmp_path, KILLED, HELD)
    (tmp_path / "articles" / "one.md").unlink()
    score, absent = score_of(path)
    assert (score.articles, absent) == (0, ["articles/one.md"])


@pytest.mark.parametrize(
    "line", ["{", '{"file": "a.md"}', '{"file": "a.md", "claims": [{"metric": "killed"}]}']
)
def test_a_faulty_line_is_named(tmp_path, line):
    path = tmp_path / "gold.jsonl"
    path.write_text(f'{{"file": "a.md", "claims": []}}\n{line}\n', encoding="utf-8")
    with pytest.raises(LabelError, match="line 2"):
        read_labels(path)


def test_the_command_prints_a_table_and_json(tmp_path):
    path = gold(tmp_path, KILLED, HELD)
    table = counterclaim("score", path, "--show", "3", cwd=tmp_path)
    assert table.returncode == 0
    assert "fact" in table.stdout
    figures = json.loads(counterclaim("score", path, "--format", "json", cwd=tmp_path).stdout)
    assert figures["fact"]["f1"] == 1.0
    path.write_text("{\n", encoding="utf-8")
    failed = counterclaim("score", path, cwd=tmp_path)
    assert (failed.returncode, "line 1" in failed.stderr) == (2, True)


def test_our_labels_are_of_many_kinds_and_quote_their_articles():
    articles = read_labels(LABELS)
    assert len(articles) >= 60
    assert len({article.file.parts[0] for article in articles}) >= 8
    for row in map(json.loads, LABELS.read_text(encoding="utf-8").splitlines()):
        text = (LABELS.parent / row["file"]).read_text(encoding="utf-8").split("\n---\n", 1)[1]
        for claim in row["claims"]:
            assert text[claim["start"] : claim["end"]] == claim["quote"], row["file"]
        for words in row["not_claims"]:
            assert words in text, row["file"]


def at_least(share: float | None, bar: float) -> bool:
    return share is not None and share >= bar


def test_extraction_is_as_good_on_our_labels_as_it_was():
    """The bar is what was reached when it was last raised (see the README); it may rise and not fall."""
    score: Score = score_of(LABELS)[0]
    assert at_least(score.fact.precision, 0.97)
    assert at_least(score.fact.f1, 0.95)
    assert at_least(score.vague.f1, 0.80)
    assert at_least(score.attribution.f1, 0.93)
    assert at_least(score.part_of.f1, 0.86)
    for slot, bar in {"modifier": 0.99, "stance": 0.98, "place": 0.90, "population": 0.97}.items():
        assert at_least(score.slots[slot].share, bar), slot
    assert score.leaks["retracted"].same == score.leaks["hypothetical"].same == 0
