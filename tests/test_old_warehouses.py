"""Warehouses that older versions wrote are kept in tests/data/warehouses/: none is read as what it is not.

`before-formats` is of the last commit before a warehouse named the format of its tables. Each version that is
released adds the file it writes of the event below.
"""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli import main
from pipeline.schema import TABLES
from pipeline.warehouse import Warehouse

OLD = sorted((Path(__file__).parent / "data" / "warehouses").glob("*.duckdb.gz"))
KILLED = "At least 12 people were killed in Riverton, the mayor said. The police detained 40 protesters."
CHILDREN = (
    "The medics' union said on Friday that 15 people had been killed in Riverton, including 3 children."
)


@pytest.fixture
def event(make_event, article):
    return make_event(
        one=article(KILLED), two=article(CHILDREN, outlet="Harborport Mail", published="2023-05-05")
    )


def run(event, name):
    folder = event.parent.parent
    paths = {"data": event.parent, "reports": folder / name, "warehouse": folder / f"{name}.duckdb"}
    given = [part for option, path in paths.items() for part in (f"--{option}", str(path))]
    done = CliRunner().invoke(main, ["run", *given])
    assert done.exit_code == 0, done.output
    warehouse = Warehouse(paths["warehouse"])
    return warehouse.read(event.name, *TABLES), done.output


@pytest.mark.parametrize("old", OLD, ids=lambda path: path.name.partition(".")[0])
def test_an_old_warehouse_is_set_aside_and_made_anew(event, old, monkeypatch):
    monkeypatch.delenv("DAGSTER_HOME", raising=False)
    written = gzip.decompress(old.read_bytes())
    path = event.parent.parent / "old.duckdb"
    path.write_bytes(written)
    found, said = run(event, "old")
    assert "was written by another version; it is kept as" in " ".join(said.split())
    assert path.with_name("old.duckdb.old").read_bytes() == written
    anew, _ = run(event, "new")
    assert found["claims"].height == 4
    assert all(found[name].equals(anew[name]) for name in TABLES)
