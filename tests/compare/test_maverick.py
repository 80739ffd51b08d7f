"""Figures that people have coded go the same road; MAVERICK's rules give what its authors' package gives."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from road import walk

FOLDER = Path(__file__).parent.parent / "data" / "maverick"
GOLDEN = pl.read_csv(FOLDER / "golden_events.csv")
METRICS = {"killed": "deaths", "injured": "injuries"}
RULES = {"conservative": "con", "representative": "rep", "informative": "inf"}


@pytest.fixture(scope="module")
def tables():
    return walk(FOLDER)


def by_incident(tables, frame: pl.DataFrame, metric: str) -> pl.DataFrame:
    named = (
        tables["series"]
        .filter(pl.col("metric") == metric)
        .select("series_id", pl.col("incident").alias("named"))
    )
    return GOLDEN.join(frame.join(named, on="series_id"), left_on="event_id", right_on="named", how="left")


@pytest.mark.parametrize("metric", METRICS)
@pytest.mark.parametrize("rule", RULES)
def test_the_three_aggregations_are_exact_on_every_event(tables, rule, metric):
    coded = tables["estimates"].filter(pl.col("codebook") == f"maverick_{rule}").drop("event_id")
    both = by_incident(tables, coded, metric)
    assert both.height == 1352
    for column in ("best", "low", "high"):
        golden = both[f"{RULES[rule]}_{METRICS[metric]}_{column}"]
        assert both[column].to_list() == golden.to_list()


@pytest.mark.parametrize("metric", METRICS)
def test_disagreement_and_discrepancy_are_exact_on_every_event(tables, metric):
    both = by_incident(tables, tables["series"].drop("event_id", "metric"), metric)
    golden = both[f"disagreement_{METRICS[metric]}_best"].to_list()
    assert both["disagreement"].to_list() == pytest.approx(golden)
    assert both["discrepancy"].to_list() == both[f"dscore_{METRICS[metric]}_best"].to_list()


def test_a_coded_figure_is_quoted_from_its_row(tables):
    claims = tables["claims"].join(tables["articles"].select("article_id", "text"), on="article_id")
    assert claims.height == 2 * 3287
    for row in claims.sample(50, seed=1).iter_rows(named=True):
        assert row["text"][row["start"] : row["end"]] == row["quote"]
        assert row["quote"].endswith(f": {row['value']}")


def test_a_table_without_the_columns_that_are_named_is_a_problem(make_event, tables_of):
    config = """
title = "Riverland"
[[coded]]
file = "reports.csv"
figures = [{ metric = "killed", best = "dead" }]
"""
    folder = make_event(config=config)
    (folder / "reports.csv").write_text("id,deaths\n1,2\n")
    (problem,) = tables_of(folder)["problems"].to_dicts()
    assert problem["message"] == "has no column dead"
    assert "event.toml" in problem["remedy"]
