from __future__ import annotations

import polars as pl
import pytest

from pipeline.checking import ids
from pipeline.schema import ESTIMATES, EVIDENCE, FINDINGS, PAIRS, REVIEWS, STATEMENTS, TROOPS

ARTICLES = pl.DataFrame({"article_id": ["a", "b"], "raw_path": ["articles/a.md", "articles/b.md"]})


def claims(*rows: tuple[str, str, str | None]) -> pl.DataFrame:
    """Rows of claim_id, article_id, part_of."""
    schema = {"claim_id": pl.String, "article_id": pl.String, "part_of": pl.String}
    return pl.DataFrame(rows, schema=schema, orient="row").with_columns(quote=pl.lit("12 men"))


SOUND = claims(("c1", "a", None), ("c2", "a", "c1"), ("c3", "b", None))


def test_sound_claims_pass():
    assert ids.extracted(SOUND, ARTICLES).severity is None
    assert ids.reviewed(SOUND, SOUND, REVIEWS.frame(), ARTICLES).severity is None


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([("c1", "a", None), ("c1", "b", None)], "share their id with another (2): c1 in articles/a.md"),
        ([("c1", "gone", None)], "whose article is not there (1): c1: of gone"),
        ([("c1", "a", "c9")], "whole is not in their article (1): c1 in articles/a.md: is a part of c9"),
        ([("c1", "a", "c2"), ("c2", "b", None)], "whole is not in their article (1): c1"),
        ([("c1", "a", "c1")], "Parts of themselves (1): c1"),
        (
            [("c1", "a", "c2"), ("c2", "a", "c3"), ("c3", "a", "c2")],
            "Parts of themselves (2): c2 in articles/a.md: is a part of c3; c3",
        ),
    ],
)
def test_what_extraction_cannot_give_is_an_error(rows, told):
    verdict = ids.extracted(claims(*rows), ARTICLES)
    assert verdict.severity == "error"
    assert told in verdict.message


def test_a_long_chain_of_parts_is_no_circle():
    chain = claims(*((f"c{n}", "a", f"c{n + 1}" if n < 5000 else None) for n in range(5001)))
    assert ids.extracted(chain, ARTICLES).severity is None


def reviews(claim_id: str, verdict: str, outcome: str) -> pl.DataFrame:
    row = dict.fromkeys(REVIEWS.names) | {"claim_id": claim_id, "verdict": verdict, "outcome": outcome}
    return REVIEWS.frame([row])


def test_a_claim_may_go_by_a_persons_decision_alone():
    left = SOUND.filter(pl.col("claim_id") != "c1")
    assert ids.reviewed(left, SOUND, reviews("c1", "reject", "applied"), ARTICLES).severity is None
    for decided in (
        REVIEWS.frame(),
        reviews("c1", "accept", "applied"),
        reviews("c1", "reject", "not usable"),
    ):
        verdict = ids.reviewed(left, SOUND, decided, ARTICLES)
        assert verdict.severity == "error"
        assert "gone though nobody rejected them (1): c1 in articles/a.md: 12 men" in verdict.message


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (("c2", "a", None), "share their id with another (2): c2"),
        (("c9", "a", None), "that extraction did not give (1): c9"),
        (("c3", "b", "c9"), "Parts of a claim that never was (1): c3"),
    ],
)
def test_claims_from_nowhere_are_errors(more, told):
    verdict = ids.reviewed(pl.concat([SOUND, claims(more)]), SOUND, REVIEWS.frame(), ARTICLES)
    assert verdict.severity == "error"
    assert told in verdict.message


def rows_of(table, column: str, values: list[object]) -> pl.DataFrame:
    return table.frame([dict.fromkeys(table.names) | {column: value} for value in values])


@pytest.mark.parametrize(
    ("table", "column", "good", "bad"),
    [
        (PAIRS, "claim_a", "c1", "c9"),
        (PAIRS, "claim_b", "c1", "c9"),
        (TROOPS, "claim_id", "c1", "c9"),
        (ESTIMATES, "claims_used", ["c1", "c2"], ["c1", "c9"]),
        (ESTIMATES, "claims_passed", ["c1 repeats another report"], ["c9 repeats another report"]),
        (FINDINGS, "claims", ["c1", "c2"], ["c9"]),
        (FINDINGS, "claims", [], ["c9"]),
    ],
)
def test_a_row_that_points_at_no_claim_is_an_error(table, column, good, bad):
    assert ids.pointers(SOUND, {table.name: rows_of(table, column, [good])}).severity is None
    verdict = ids.pointers(SOUND, {table.name: rows_of(table, column, [good, bad])})
    assert verdict.severity == "error"
    assert f"(1): c9: in {table.name}.{column}" in verdict.message


@pytest.mark.parametrize("table", [EVIDENCE, STATEMENTS])
def test_a_claim_that_comparison_left_out_is_an_error(table):
    whole = rows_of(table, "claim_id", ["c1", "c2", "c3"])
    assert ids.pointers(SOUND, {table.name: whole}).severity is None
    verdict = ids.pointers(SOUND, {table.name: whole.head(2)})
    assert f"left out of comparison (1): c3: has no row in {table.name}" in verdict.message
