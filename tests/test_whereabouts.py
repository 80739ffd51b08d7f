from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli import main
from pipeline.settings import LAKE, from_environment
from pipeline.whereabouts import Lake

CATALOGUE = "host=db.riverton.example dbname=claims"


def warehouse(text, **more):
    return from_environment({"COUNTERCLAIM_WAREHOUSE": text, **more}).warehouse


def test_a_path_is_a_file():
    assert warehouse("kept/w.duckdb") == Path("kept/w.duckdb")


@pytest.mark.parametrize(
    ("files", "whole"),
    [("/lakes/one", "/lakes/one/"), ("s3://lakes/one/", "s3://lakes/one/"), ("one", f"{Path.cwd()}/one/")],
)
def test_a_lake_has_a_catalogue_and_a_folder_or_a_bucket(files, whole):
    found = warehouse(f"ducklake:postgres:{CATALOGUE}", **{LAKE: files})
    assert found == Lake(CATALOGUE, whole)
    assert str(found) == f"ducklake:postgres:{CATALOGUE}"


@pytest.mark.parametrize(
    "text",
    [
        "ducklake:postgres:host=h password=secret dbname=claims",
        "ducklake:postgres:postgresql://user:secret@h/claims",
        "ducklake:postgres:host=h sslPassword = secret",
    ],
)
def test_a_password_is_refused_and_not_printed(text):
    with pytest.raises(ValueError, match=r"PGPASSWORD or in ~/\.pgpass") as told:
        warehouse(text, **{LAKE: "/lakes"})
    assert "secret" not in str(told.value)


@pytest.mark.parametrize(
    ("text", "files", "said"),
    [
        ("ducklake:sqlite:claims.sqlite", "/lakes", "is no warehouse that several machines can write"),
        (f"ducklake:postgres:{CATALOGUE}", "", f"{LAKE} is not set"),
    ],
)
def test_what_is_no_lake_is_refused_with_the_form_of_one(text, files, said):
    with pytest.raises(ValueError, match=said):
        warehouse(text, **{LAKE: files})


def test_a_command_says_what_is_wrong_with_its_warehouse_and_no_secret(monkeypatch):
    monkeypatch.setenv(LAKE, "/lakes")
    named = "ducklake:postgres:host=h password=secret"
    done = CliRunner().invoke(main, ["record", "riverton-2023", "--on", "2023-05-05", "--warehouse", named])
    assert done.exit_code == 2
    assert "PGPASSWORD" in done.output
    assert "secret" not in done.output
