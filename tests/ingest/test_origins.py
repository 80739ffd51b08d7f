"""Wires and copies on the sample, against labels made by hand from the pages that its digests reword."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import polars as pl
import pytest

from pipeline.events import load
from pipeline.ingest.articles import Ingest, ingest
from pipeline.ingest.copies import copies

LABELS = Path(__file__).parents[1] / "data" / "kazakhstan-2022" / "origins.csv"
EVENT = Path(__file__).parents[2] / "data" / "kazakhstan-2022"


@pytest.fixture(scope="module")
def sample() -> Ingest:
    return ingest(load(EVENT))


@pytest.fixture(scope="module")
def labelled(sample) -> pl.DataFrame:
    """The sample's articles with their labels."""
    labels = pl.read_csv(LABELS, infer_schema=False).rename({"wire": "label"})
    return sample.articles.join(labels, left_on="raw_path", right_on="file", how="left").sort("raw_path")


def is_right(wire: str, label: str | None, agency: str | None) -> bool:
    return wire == label or wire in (agency or "")


def test_a_wire_that_is_named_is_the_right_one(labelled):
    named = labelled.filter(pl.col("wire").is_not_null())
    right = [row for row in named.to_dicts() if is_right(row["wire"], row["label"], row["agency"])]
    assert len(right) >= 0.97 * named.height
    assert named.height >= 31


def test_each_wire_has_characters_that_prove_it(labelled):
    for row in labelled.filter(pl.col("wire").is_not_null()).to_dicts():
        where = (
            row["text"]
            if row["wire_mark"] not in {"own page", "declared"}
            else f"{row['url']} {row['outlet']}"
        )
        assert row["wire_evidence"] in where


def test_pairs_of_copies_carry_one_story(sample, labelled):
    story = dict(labelled.select("article_id", "duplicate_group").iter_rows())
    groups = copies(sample.articles, sample.furniture).group_by("copy_group").agg("article_id")
    pairs = [pair for group in groups["article_id"] for pair in combinations(group, 2)]
    right = [one for one, other in pairs if story[one] is not None and story[one] == story[other]]
    assert len(right) >= 0.97 * len(pairs)
    assert len(pairs) >= 10
