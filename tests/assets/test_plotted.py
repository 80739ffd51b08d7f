"""Numbers that a person watches from run to run are told at every materialisation."""

from __future__ import annotations

import json

import dagster as dg
import pytest
from materialized import desk

from pipeline.compare.findings.registry import KIND_NAMES
from pipeline.words import plain

EVENT = "riverton-2023"
TEXT = "At least 12 people were killed in Riverton, the mayor said. It is 30 years old."
LABEL = {
    "metric": "killed",
    "value": 12,
    "low": 12,
    "high": None,
    "modifier": "at_least",
    "stance": "asserted",
}


@pytest.fixture
def told(make_event, article):
    """The numbers of each asset's materialisation, by asset and name."""
    folder = make_event(one=article(TEXT, published=None))
    quote = "At least 12 people were killed"
    label = LABEL | {
        "quote": quote,
        "start": 0,
        "end": len(quote),
        "population": "all",
        "scope": "cumulative",
    }
    line = {
        "file": "articles/one.md",
        "claims": [label | {"place": None, "attribution": None, "subset_of": None}],
    }
    (folder / "labels.jsonl").write_text(json.dumps(line))
    with desk(folder.parent, checks=False) as found:
        for _ in range(2):  # made, and found as it was: the same numbers
            result = found.make(EVENT)
        yield {
            event.asset_key.to_user_string(): {
                name: value.value
                for name, value in event.materialization.metadata.items()
                if isinstance(value, dg.IntMetadataValue | dg.FloatMetadataValue)
            }
            for event in result.get_asset_materialization_events()
        }


def test_every_asset_tells_its_rows_and_seconds(told):
    for name, numbers in told.items():
        assert numbers["seconds"] >= 0, name
        assert numbers["dagster/row_count"] == numbers[f"{name} rows"], name


def test_what_extraction_did(told):
    assert told["extracted"]["extracted rows"] == 1
    assert told["extracted"]["share of numbers rejected"] == 0.5
    assert told["extracted"]["confidence: high"] == 1
    assert told["extracted"]["extraction F1 on labels"] == 1.0


def test_problems_and_findings_by_kind_zero_or_not(told):
    assert told["articles"]["problems: warning"] == 1
    assert told["articles"]["problems: error"] == 0
    kinds = {name.removeprefix("findings: ") for name in told["findings"] if name.startswith("findings: ")}
    assert kinds == {plain(kind) for kind in KIND_NAMES}
