from __future__ import annotations

import duckdb
import polars as pl
import pytest
from click.testing import CliRunner

from pipeline.cli import main
from pipeline.schema import CLAIMS, TABLES
from pipeline.warehouse import Warehouse

KILLED = "At least 12 people were killed in Riverton, the mayor said. The police detained 40 protesters."
EVENTS = ("harborport-2023", "riverton-2023")


@pytest.fixture
def warehouse(make_event, article, tables_of, tmp_path):
    found = Warehouse(tmp_path / "w.duckdb")
    for event_id in EVENTS:
        tables = tables_of(make_event(event_id, one=article(KILLED)))
        found.replace(event_id, {name: tables[name] for name in TABLES})
    return found


@pytest.fixture
def export(warehouse, tmp_path):
    def command(*arguments, folder=tmp_path / "lake"):
        given = ["--partitioned", str(folder), "--warehouse", str(warehouse.place)]
        return CliRunner().invoke(main, ["export", *given, *arguments]), folder

    return command


def content(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.*")}


def test_every_engine_reads_the_rows_back(export, warehouse):
    done, folder = export()
    assert done.exit_code == 0, done.output
    assert done.output == f"{folder}: {len(TABLES)} tables of harborport-2023, riverton-2023\n"
    expected = pl.concat([warehouse.read(one, "claims")["claims"] for one in EVENTS])
    assert expected.height == 4
    by_polars = pl.scan_parquet(folder / "claims", hive_partitioning=True).collect()
    query = f"FROM read_parquet('{folder}/claims/*/*.parquet', hive_partitioning = true)"
    by_duckdb = pl.DataFrame(duckdb.sql(query))
    for found in (by_polars, by_duckdb):
        assert found.select(CLAIMS.names).sort(CLAIMS.key).equals(expected.sort(CLAIMS.key))


def test_every_table_of_an_event_has_its_columns_with_rows_or_without(export):
    _, folder = export("riverton-2023")
    for name, table in TABLES.items():
        found = pl.read_parquet(
            folder / name / "event_id=riverton-2023" / "part-0.parquet", hive_partitioning=False
        )
        assert found.columns == [one for one in table.names if one != "event_id"]
        assert f"| {name} |" in (folder / "README.md").read_text()


def test_the_same_tables_give_the_same_bytes_and_an_event_is_replaced_alone(export, warehouse):
    _, folder = export()
    before = content(folder)
    export()
    assert content(folder) == before
    warehouse.replace("riverton-2023", {"claims": CLAIMS.frame()})
    export("riverton-2023")
    after = content(folder)
    changed = [name for name in before if after[name] != before[name]]
    assert changed == ["claims/event_id=riverton-2023/part-0.parquet"]
    assert not list(folder.parent.glob(".lake*"))


def test_an_event_that_is_gone_goes_with_an_export_of_all(export, warehouse):
    _, folder = export()
    warehouse.replace("harborport-2023", {"runs": TABLES["runs"].frame()})
    export()
    assert {path.name for path in folder.glob("*/event_id=*")} == {"event_id=riverton-2023"}


def test_what_is_no_export_is_left_alone(export, tmp_path):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letters.txt").write_text("dear")
    done, folder = export(folder=tmp_path / "full")
    assert done.exit_code == 2
    assert "holds what is no export (letters.txt); name a folder" in done.output
    assert content(folder) == {"letters.txt": b"dear"}


def test_an_unknown_event_is_named_with_those_there_are(export):
    done, folder = export("atlantis-2023")
    assert done.exit_code == 2
    assert "no event atlantis-2023 in" in done.output
    assert "there is: harborport-2023, riverton-2023" in done.output
    assert not folder.exists()
