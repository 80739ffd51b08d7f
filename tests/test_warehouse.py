from __future__ import annotations

import subprocess
import sys

import duckdb
import pytest

from pipeline.schema import FINDINGS, PROBLEMS
from pipeline.warehouse import Warehouse, WarehouseError


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


def test_a_warehouse_of_another_version_is_refused_with_a_remedy(warehouse):
    warehouse.path.parent.mkdir()
    with duckdb.connect(str(warehouse.path)) as connection:
        connection.execute("CREATE TABLE claims (old VARCHAR)")
    with pytest.raises(WarehouseError, match=r"another version.*delete the file"):
        warehouse.read("e", "claims")


def test_a_file_that_is_no_warehouse_is_refused_with_a_remedy(warehouse):
    warehouse.path.parent.mkdir()
    warehouse.path.write_text("not a database " * 400)
    with pytest.raises(WarehouseError, match=r"cannot be opened.*delete the file"):
        warehouse.read("e", "claims")


def test_a_second_process_is_told_who_holds_the_warehouse(warehouse):
    warehouse.read("e", "claims")
    script = (
        "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(warehouse.path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(WarehouseError, match=rf"in use by .*PID {holder.pid}"):
            warehouse.read("e", "claims")
        assert holder.stdin is not None
        holder.stdin.close()
