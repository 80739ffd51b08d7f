"""A report stands if it is as it was made, and would be made from the same: its mark says what that was."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline import marks, workspace
from pipeline.limits import Limits
from pipeline.progress import LoggedProgress
from pipeline.schema import WARNINGS
from pipeline.settings import Settings
from pipeline.standing import WHOLE, Mark, inputs, outputs, recorded, stands
from pipeline.versions import REPORT, Maker
from pipeline.warehouse import Done, Warehouse
from pipeline.watching import look

EVENT = "riverton-2023"


@pytest.fixture
def folder(make_event, article):
    return make_event(one=article("At least 12 people were killed in Riverton, the mayor said."))


@pytest.fixture
def settings(folder, tmp_path):
    (tmp_path / "reports" / EVENT / "figures").mkdir(parents=True)
    (tmp_path / "reports" / EVENT / "figures" / "one.svg").write_text("<svg/>")
    return Settings(folder.parent, tmp_path / "reports", tmp_path / "warehouse.duckdb")


@pytest.fixture
def mark(folder, settings):
    return Mark(inputs(look(folder), settings.limits), outputs(settings.reports / EVENT), ("Look.",))


def test_a_report_stands_while_nothing_changes(mark, settings, folder):
    assert stands(mark, settings, EVENT, folder)


@pytest.mark.parametrize("name", ["articles/two.md", "event.toml", "coded/deaths.csv"])
def test_it_does_not_if_there_is_more_that_it_is_made_from(mark, settings, folder, name):
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text("")
    assert not stands(mark, settings, EVENT, folder)


@pytest.mark.parametrize("name", ["figures/one.svg", "figures/two.svg"])
def test_it_does_not_if_its_own_files_changed(mark, settings, folder, name):
    (settings.reports / EVENT / name).write_text("<svg>2</svg>")
    assert not stands(mark, settings, EVENT, folder)


@pytest.mark.parametrize("left", ["making", "part"])
def test_it_does_not_if_a_run_left_something_beside_it(mark, settings, folder, left):
    (settings.reports / f".{EVENT}.{left}").mkdir()
    assert not stands(mark, settings, EVENT, folder)


def test_it_does_not_under_other_limits_or_with_other_code(mark, settings, folder, monkeypatch):
    assert not stands(mark, replace(settings, limits=Limits(page_bytes=1_000)), EVENT, folder)
    version = Maker.version.fget
    changed = property(lambda maker: version(maker) + "changed" * (maker is REPORT))
    monkeypatch.setattr(Maker, "version", changed)
    assert not stands(mark, settings, EVENT, folder)


def test_a_file_that_comes_while_the_event_is_found_is_looked_at_by_the_next_run(
    folder, settings, monkeypatch
):
    def late(place):
        seen = look(place)
        (place / "articles" / "late.md").write_text("Late.")
        return seen

    monkeypatch.setattr(workspace, "look", late)
    found = workspace.Workspace(settings, LoggedProgress(lambda _: None))
    assert [path.name for path in found.event(EVENT).files] == ["late.md", "one.md"]
    assert found.looks[EVENT] != look(folder)
    assert not found.changed(found.event(EVENT))


def test_marks_are_read_from_the_file_as_the_warehouse_holds_them(settings, mark):
    warehouse = Warehouse(settings.warehouse)
    assert recorded(warehouse, EVENT) is None
    told = WARNINGS.frame([(EVENT, place, one) for place, one in enumerate(mark.warnings)])
    warehouse.replace(EVENT, {"warnings": told}, Done(WHOLE, mark.inputs, mark.outputs))
    warehouse.replace("calm-2023", {}, Done("articles", "a", "b"))
    assert marks.read(settings.warehouse) == {EVENT: mark}
    assert recorded(warehouse, EVENT) == mark


@pytest.mark.parametrize("content", [None, b"", b"no database" * 500])
def test_there_are_no_marks_in_what_is_no_warehouse(tmp_path, content):
    if content is not None:
        (tmp_path / "w.duckdb").write_bytes(content)
    assert marks.read(tmp_path / "w.duckdb") == {}
    assert marks.read("ducklake:postgres:dbname=claims") == {}
