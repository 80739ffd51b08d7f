from __future__ import annotations

import polars as pl
import pytest
from riverland import cascade

from pipeline.checking.columns import check
from pipeline.schema import ARTICLES, PROBLEMS, REJECTED, TABLES
from pipeline.table import TEXT, Column, Table

GOOD = {
    "event_id": "riverland-2023",
    "path": "articles/one.md",
    "stage": "ingest",
    "severity": "error",
    "message": "cannot be read",
    "remedy": "save it as text",
}


def problems(*changed: dict[str, object]) -> pl.DataFrame:
    return PROBLEMS.frame([GOOD | one for one in changed])


def message(frame: pl.DataFrame) -> str:
    verdict = check(TABLES, {"problems": frame})
    assert verdict.severity == "error"
    return verdict.message


def test_what_is_declared_passes():
    assert check(TABLES, {"problems": problems({}), "rejected": REJECTED.frame()}).severity is None
    rejected = cascade("Police held 12 men for 3 days.").rejected
    assert check(TABLES, {"rejected": rejected}).counts == {"rows": 1, "rows not as declared": 0}


@pytest.mark.parametrize(
    ("frame", "told"),
    [
        (problems({}).drop("remedy"), "problems: column remedy is not there, and declared as String"),
        (problems({}).with_columns(more=1), "problems: column more is Int32, and declared as not there"),
        (problems({}).with_columns(stage=1), "problems: column stage is Int32, and declared as String"),
        (problems({"remedy": None}), "remedy has no value, in path 'articles/one.md', stage 'ingest'"),
        (problems({"severity": "dire"}), "severity 'dire' is not allowed, in path 'articles/one.md'"),
        (problems({}, {}), "Rows whose key is that of another (1): problems: path 'articles/one.md'"),
    ],
)
def test_what_is_not_declared_is_an_error_that_names_the_row(frame, told):
    assert told in message(frame)


def test_every_column_and_row_is_counted():
    verdict = check(TABLES, {"problems": problems({"severity": "dire"}, {"stage": "lunch", "path": "b.md"})})
    assert verdict.counts == {"rows": 2, "rows not as declared": 2}


def test_a_frame_may_be_without_its_text():
    assert check(TABLES, {"articles": ARTICLES.frame().drop("text")}).severity is None


def test_a_long_table_is_looked_at_like_a_short_one():
    # polars divides the rows of a long frame among threads, and the column `note` may hold anything.
    table = Table("many", "", ("id",), (Column("id", TEXT, "", required=True), Column("note", TEXT, "")))
    many = pl.DataFrame({"id": map(str, range(50_000)), "note": "seen"})
    assert check({"many": table}, {"many": many}).severity is None
    faulty = many.with_columns(id=pl.when(pl.col("id") == "49999").then(None).otherwise("id"))
    assert "Values that are not as declared (1): many: id has no value" in (
        check({"many": table}, {"many": faulty}).message
    )
