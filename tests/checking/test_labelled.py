from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest
from riverland import cascade

from pipeline.checking.labelled import check, read
from pipeline.labels import LabelError

TEXT = "At least 12 people were killed in Riverton, the mayor said, and police detained 30 men."
ARTICLES = pl.DataFrame({"article_id": ["a"], "raw_path": ["articles/one.md"]})


def label(quote: str, metric: str, value: int) -> dict[str, object]:
    start = TEXT.index(quote)
    return {"metric": metric, "value": value, "start": start, "end": start + len(quote)}


KILLED = label("At least 12", "killed", 12)
HELD = label("30 men", "detained", 30)
MISSED = label("the mayor", "killed", 1)


@pytest.fixture
def event(tmp_path: Path):
    def write(*claims: dict[str, object], bar: float | None = None) -> Path:
        line = json.dumps({"file": "articles/one.md", "claims": claims})
        (tmp_path / "labels.jsonl").write_text(f"{line}\n", encoding="utf-8")
        if bar is not None:
            (tmp_path / "labels.toml").write_text(f'f1 = {bar}\nsource = "two of us"\n', encoding="utf-8")
        return tmp_path

    return write


def verdict(folder: Path, articles: pl.DataFrame = ARTICLES):
    return check(read(folder), cascade(TEXT).claims, articles)


def test_an_event_without_labels_passes_and_says_so(tmp_path):
    found = verdict(tmp_path)
    assert (found.severity, found.message, found.counts) == (None, "no labels", {})


def test_an_f1_that_reaches_the_bar_passes_and_is_told(event):
    found = verdict(event(KILLED, HELD, MISSED, bar=0.8))
    assert found.severity is None
    assert found.message == "F1 0.800 on 1 labelled articles, the bar is 0.8 (two of us)"
    assert found.counts == {
        "F1": 0.8,
        "precision": 1.0,
        "recall": 2 / 3,
        "bar": 0.8,
        "labelled articles": 1,
    }


def test_an_f1_below_the_bar_is_an_error_that_names_what_was_missed(event):
    found = verdict(event(KILLED, HELD, MISSED, bar=0.81))
    assert found.severity == "error"
    assert "F1 0.800" in found.message
    assert "articles/one.md: missed: killed 1" in found.message


def test_labels_without_a_bar_pass_and_say_how_to_set_one(event):
    found = verdict(event(KILLED))
    assert found.severity is None
    assert "no bar: put `f1` and `source` into labels.toml" in found.message


def test_a_labelled_article_that_is_gone_is_a_warning(event):
    found = verdict(event(KILLED), ARTICLES.clear())
    assert (found.severity, "articles/one.md: is not there" in found.message) == ("warning", True)


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("labels.jsonl", b"{\n", "line 1"),
        ("labels.jsonl", b"\xff\xfe\n", "save it as UTF-8"),
        ("labels.toml", b'f1 = "high"\n', "`f1 = 0.95` and a `source`"),
        ("labels.toml", b"f1 = 0.9\n", "labels.toml: KeyError('source')"),
        ("labels.toml", b"=\n", "labels.toml"),
        ("labels.toml", b"\xff", "labels.toml"),
    ],
)
def test_files_that_cannot_be_read_are_named(event, name, content, told):
    folder = event(KILLED)
    (folder / name).write_bytes(content)
    with pytest.raises(LabelError) as caught:
        read(folder)
    assert told in str(caught.value)
