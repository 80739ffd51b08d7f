"""The figure of all, printed as that of some: "164 children" where 164 people were meant.

Rule: an article prints of children or women a number that at least CARRIED other articles print, at most
NEAR days apart, of all people, for the same metric and place.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import polars as pl

from pipeline import words
from pipeline.compare.findings.finding import SMALLEST, Evidence, Finding, outlet, outlets, rows_of, whose

CARRIED: Final = 2
NEAR: Final = 7
WITHIN: Final = ("children", "women")


def find(evidence: Evidence) -> Iterator[Finding]:
    """One finding an article."""
    record = evidence.record.filter((pl.col("number") >= SMALLEST) & pl.col("published_on").is_not_null())
    some = record.filter(pl.col("population").is_in(WITHIN) & (pl.col("stance") == "asserted"))
    whole = record.filter(pl.col("population") == "all").select(
        "metric", "number", "where", "article_id", "claim_id", "published_on"
    )
    both = some.join(whole, on=["metric", "number", "where"], suffix="_all", nulls_equal=True).filter(
        (pl.col("article_id") != pl.col("article_id_all"))
        & ((pl.col("published_on") - pl.col("published_on_all")).dt.total_days().abs() <= NEAR)
    )
    both = both.with_columns(pl.col("claim_id").first().over("article_id", "number").alias("told"))
    rows = rows_of(record, both["told"], both["claim_id_all"])
    for (claim_id,), others in both.group_by("told", maintain_order=True):
        if others["article_id_all"].n_unique() >= CARRIED:
            ids = others.sort("published_on_all", "claim_id_all")["claim_id_all"].unique(maintain_order=True)
            yield _finding(rows[str(claim_id)], [rows[one] for one in ids])


def _finding(row: dict[str, Any], whole: list[dict[str, Any]]) -> Finding:
    number = words.number(row["number"])
    return Finding(
        "copying_error",
        "medium",
        f"{outlet(row)} printed {number} ({whose(row)}), the figure that others give for everybody",
        f"Printed on {words.day(row['published_on'])}. Of all people: {words.listing(outlets(whole))}.",
        (row["claim_id"], *(one["claim_id"] for one in whole)),
    )
