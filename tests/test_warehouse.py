from __future__ import annotations

import duckdb
import pytest

from pipeline.schema import FINDINGS, PROBLEMS
from pipeline.warehouse import Done, Warehouse


@pytest.fixture
def warehouse(tmp_path):
    return Warehouse(tmp_path / "made" / "w.duckdb")


def problem(event_id, path):
    return {
        "event_id": event_id,
        "path": path,
        "stage": "ingest",
        "severity": "error",
        "message": "empty",
        "remedy": "fill it",
    }


def test_what_is_put_in_comes_out(warehouse):
    finding = {
        "finding_id": "f1",
        "event_id": "e",
        "rank": 1,
        "kind": "k",
        "severity": "high",
        "headline": "Robert'); DROP TABLE claims;--",
        "detail": "نص",
        "claims": ["c1", "c2"],
        "numbers": [],
    }
    frame = FINDINGS.frame([finding])
    warehouse.replace("e", {"findings": frame})
    assert warehouse.read("e", "findings")["findings"].equals(frame)


def test_an_event_is_replaced_and_others_stay(warehouse):
    warehouse.replace("e", {"problems": PROBLEMS.frame([problem("e", "a"), problem("e", "b")])})
    warehouse.replace("f", {"problems": PROBLEMS.frame([problem("f", "a")])})
    warehouse.replace("e", {"problems": PROBLEMS.frame([problem("e", "c")])})
    assert warehouse.read("e", "problems")["problems"]["path"].to_list() == ["c"]
    assert warehouse.read("f", "problems")["problems"]["path"].to_list() == ["a"]


def test_columns_land_by_name_whatever_their_order(warehouse):
    frame = PROBLEMS.frame([problem("e", "a")])
    warehouse.replace("e", {"problems": frame.select(reversed(frame.columns))})
    assert warehouse.read("e", "problems")["problems"].equals(frame)


def test_a_write_that_fails_leaves_every_table_as_it_was(warehouse):
    before = PROBLEMS.frame([problem("e", "a")])
    warehouse.replace("e", {"problems": before})
    broken = FINDINGS.frame([{"finding_id": None, "event_id": "e"}])
    with pytest.raises(duckdb.ConstraintException):
        warehouse.replace("e", {"problems": PROBLEMS.frame(), "findings": broken})
    assert warehouse.read("e", "problems")["problems"].equals(before)


def test_an_event_without_rows_reads_as_empty_tables_of_the_right_shape(warehouse):
    assert warehouse.read("nobody", "problems")["problems"].equals(PROBLEMS.frame())


def paths(warehouse):
    return warehouse.read("e", "problems")["problems"]["path"].to_list()


def test_a_part_is_put_in_place_of_the_same_part(warehouse):
    warehouse.replace("e", {"problems": PROBLEMS.frame([problem("e", "a"), problem("e", "b")])})
    warehouse.replace("f", {"problems": PROBLEMS.frame([problem("f", "a")])})
    new = PROBLEMS.frame([problem("e", "a") | {"message": "torn"}])
    warehouse.put("e", {"problems": new}, "path", ["a", "c"])
    found = warehouse.read("e", "problems")["problems"]
    assert dict(found.select("path", "message").iter_rows()) == {"a": "torn", "b": "empty"}
    assert warehouse.count("f", "problems") == 1


def test_a_stage_whose_parts_are_changed_is_not_done_until_it_says_so(warehouse):
    done = Done("articles", "inputs", "version")
    warehouse.replace("e", {}, done)
    warehouse.put("e", {"problems": PROBLEMS.frame()}, "path", ["a"])
    assert warehouse.done("e") == {"articles": done}
    warehouse.put("e", {"problems": PROBLEMS.frame()}, "path", ["a"], undo="articles")
    assert warehouse.done("e") == {}


def test_each_stage_replaces_its_own_problems(warehouse):
    of_review = problem("e", "reviews.csv") | {"stage": "review"}
    warehouse.replace("e", {"problems": PROBLEMS.frame([problem("e", "a")])}, problems_of="ingest")
    warehouse.replace("e", {"problems": PROBLEMS.frame([of_review])}, problems_of="review")
    assert paths(warehouse) == ["a", "reviews.csv"]
    warehouse.replace("e", {"problems": PROBLEMS.frame([problem("e", "b")])}, problems_of="ingest")
    assert paths(warehouse) == ["b", "reviews.csv"]


def test_some_rows_and_some_columns_are_read_in_the_order_of_the_key(warehouse):
    rows = [problem("e", path) for path in ("c", "a", "b")]
    warehouse.replace("e", {"problems": PROBLEMS.frame(rows)})
    found = warehouse.some("e", ["problems"], "path", ["c", "a", "nothing"])["problems"]
    assert found["path"].to_list() == ["a", "c"]
    assert warehouse.columns("e", "problems", "remedy", "path").columns == ["remedy", "path"]


def test_what_is_forgotten_is_what_need_not_be_done_again(warehouse):
    warehouse.replace("e", {"problems": PROBLEMS.frame([problem("e", "a")])}, Done("articles", "i", "v"))
    warehouse.forget("e")
    assert warehouse.done("e") == {}
    assert paths(warehouse) == ["a"]


def test_a_file_that_is_kept_open_is_opened_once(warehouse, monkeypatch):
    opened, connect = [], duckdb.connect
    monkeypatch.setattr(duckdb, "connect", lambda path, **how: opened.append(path) or connect(path, **how))
    with warehouse.opened(), Warehouse(warehouse.place).opened():
        warehouse.replace("e", {"problems": PROBLEMS.frame([problem("e", "a")])})
        assert paths(warehouse) == ["a"]
    assert len(opened) == 1
    assert paths(warehouse) == ["a"]
    assert len(opened) == 2
