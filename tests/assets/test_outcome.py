"""How a run ends: what failed, what a check stopped, what was warned of."""

from __future__ import annotations

import pytest
from materialized import desk

from pipeline.assets import run as graph
from pipeline.checking import accounted
from pipeline.checking.verdict import Broken, judge
from pipeline.report import pdf
from pipeline.standing import recorded, stands

TEXT = "At least 12 people were killed in Riverton, the mayor said."


@pytest.fixture
def end(make_event, article, monkeypatch):
    monkeypatch.delenv("DAGSTER_HOME", raising=False)
    folder = make_event(one=article(TEXT))

    def run():
        with desk(folder.parent) as found:
            event = found.workspace.event(folder.name)
            outcome, mark = graph.run(found.workspace, event), recorded(found.warehouse, event.event_id)
            return outcome, mark if mark and stands(mark, found.settings, event.event_id, folder) else None

    return run


def broken(severity):
    return lambda *_: judge(
        "fine", [Broken(severity, "Numbers left over", (("c1", "one.md", "12"),), "Look.")]
    )


def fail(*_):
    raise ValueError("no ink")


def test_a_good_run_stands(end):
    outcome, standing = end()
    assert (outcome.error, outcome.failed_checks, outcome.warnings) == (None, (), ())
    assert standing.warnings == ()


def test_what_was_warned_of_stands_with_the_report(end, monkeypatch):
    monkeypatch.setattr(accounted, "check", broken("warning"))
    outcome, standing = end()
    (warning,) = outcome.warnings
    assert warning.startswith("extracted: Numbers left over (1)")
    assert standing.warnings == outcome.warnings


def test_a_check_that_stops_a_report_is_no_failure(end, monkeypatch):
    monkeypatch.setattr(accounted, "check", broken("error"))
    outcome, standing = end()
    assert outcome.error is None
    assert outcome.failed_checks[0].startswith("extracted: Numbers left over (1)")
    assert standing is None


def test_a_failure_names_its_asset(end, monkeypatch):
    monkeypatch.setattr(pdf, "render", fail)
    outcome, standing = end()
    assert outcome.error == "report: ValueError: no ink"
    assert standing is None
