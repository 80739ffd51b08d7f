"""The lexicon is data: an event brings its own entries, and every rule that is named is explained."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

import pipeline
from pipeline.events import load
from pipeline.extract.claims import read
from pipeline.extract.lexicon import load_lexicon
from pipeline.extraction import extract_from

FOLDER = Path(pipeline.__file__).parent
EVENT = """
title = "Riverland"

[[lexicon.metric]]
name = "conscripted"
meaning = "people drafted into an army"
object = ["conscripted", "drafted"]
total = ["number of conscripts"]
source = "Riverland conscription act"

[[lexicon.metric]]
name = "killed"
object = ["defenestrated"]
source = "chronicles of Riverland"

[[lexicon.population]]
name = "rangers"
nouns = ["rangers"]
source = "Riverland park law"

[[populations]]
name = "league_forces"
metrics = ["troops_deployed"]
words = ["league", "league-led", "Northland-led"]

[[populations]]
name = "northland_forces"
within = "league_forces"
metrics = ["troops_deployed"]
words = ["Northland"]

[[populations]]
name = "eastland_forces"
within = "league_forces"
metrics = ["troops_deployed"]
words = ["Eastland"]
"""


def claims(folder: Path, text: str) -> list[tuple[str, int | None, str]]:
    document = read(text, None, (), load_lexicon(load(folder)))
    return [(one.metric, one.mention.value, one.population) for one in document.claims]


def test_a_metric_a_word_and_a_population_are_entries_and_no_code(tmp_path):
    (tmp_path / "event.toml").write_text(EVENT, encoding="utf-8")
    text = "The army drafted 300 men. The mob defenestrated two rangers. Police killed 12 people."
    assert claims(tmp_path, text) == [
        ("conscripted", 300, "all"),
        ("killed", 2, "rangers"),
        ("killed", 12, "all"),
    ]


@pytest.mark.parametrize(
    ("text", "forces"),
    [
        ("The league sent 2,500 troops.", ["league"]),
        ("Some 2,500 Northland-led troops arrived in Riverland.", ["league"]),
        ("Northland sent 2,000 troops, Eastland 500.", ["northland", "eastland"]),
        ("Northland sent 2,000 troops and 500 Eastland troops were deployed.", ["northland", "eastland"]),
        ("Some 2,500 troops were deployed by the league and Eastland.", ["league"]),
        ("Some 2,500 troops were deployed by Eastland.", ["eastland"]),
    ],
)
def test_the_words_nearest_a_number_tell_whose_troops_they_are(tmp_path, text, forces):
    (tmp_path / "event.toml").write_text(EVENT, encoding="utf-8")
    assert [of.removesuffix("_forces") for _, _, of in claims(tmp_path, text)] == forces


def test_other_events_do_not_know_them(tmp_path):
    (tmp_path / "event.toml").write_text('title = "Elsewhere"', encoding="utf-8")
    assert claims(tmp_path, "The army drafted 300 men.") == []


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ('[[lexicon.verb]]\nname = "x"\nsource = "y"', "lexicon.verb"),
        ('[[lexicon.metric]]\nname = "x"\nobject = 3\nsource = "y"', "object"),
        ('[[lexicon.metric]]\nname = "x"\nobject = ["y"]', "has no source"),
    ],
)
def test_a_faulty_entry_is_named(tmp_path, entry, message):
    (tmp_path / "event.toml").write_text(f'title = "Riverland"\n{entry}', encoding="utf-8")
    assert message in (load(tmp_path).config_error or "")


def test_every_rule_in_the_code_is_explained():
    explained = load_lexicon().rules
    known = {match for path in (FOLDER / "extract").glob("*.py") for match in _rule_names(path)}
    assert known
    assert known <= set(explained), known - set(explained)
    assert all(reason and not reason.endswith(".") for reason in explained.values())


def _rule_names(path: Path) -> set[str]:
    """Names given to Binding, Source and Draft in a module of the cascade."""
    code = path.read_text(encoding="utf-8")
    made = re.findall(r'(?:Binding|Source)\([^"]*?"([a-z ]+)"', code)
    added = re.findall(r'\(\*draft\.rules, "([a-z ]+)"\)', code)
    return {*made, *added}


def test_rules_of_the_labelled_articles_are_all_explained():
    folder = Path(__file__).parents[1] / "labels"
    rules = extract_from([folder])[0].get_column("rule").str.split(" > ").explode().unique()
    assert rules.len() > 20
    assert set(rules) <= set(load_lexicon().rules), set(rules) - set(load_lexicon().rules)


def test_every_entry_names_its_source():
    for path in sorted((FOLDER / "lexicon").glob("*.toml")):
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
        rows = [row for value in tables.values() if isinstance(value, list) for row in value]
        sourced = "ource of" in path.read_text(encoding="utf-8") or "source" in tables
        for row in rows:
            if isinstance(row, dict):
                assert row.get("source"), f"{path.name}: {row}"
        assert sourced or any(isinstance(row, dict) for row in rows), path.name
