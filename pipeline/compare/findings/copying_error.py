"""The figure of all, printed as that of some: "164 children" where 164 people were meant, or the 2,030 of an
alliance as the troops of one of its members.

Rule: an article prints, of children, of women or of a population that the event says is within another, a
number that at least CARRIED other articles print, at most NEAR days apart, of all, for the same metric and
place. Troops sent and troops present are one metric here: articles use the words for each other.

What to do: read the sentence. If the article means everybody, amend its population in a review; do not quote
the smaller group.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import polars as pl

from pipeline import words
from pipeline.compare.findings.finding import SMALLEST, Evidence, Finding, outlet, outlets, rows_of, whose

CARRIED: Final = 2
NEAR: Final = 7
WITHIN: Final = {"children": "all", "women": "all"}
_TOLD: Final = pl.col("metric").replace("troops_deployed", "troops_present")


def find(evidence: Evidence) -> Iterator[Finding]:
    """One finding an article."""
    within = WITHIN | {one.name: one.within for one in evidence.populations if one.within}
    record = evidence.record.filter((pl.col("number") >= SMALLEST) & pl.col("published_on").is_not_null())
    record = record.with_columns(_TOLD.alias("told_of"))
    some = record.filter(pl.col("population").is_in(within) & (pl.col("stance") == "asserted"))
    some = some.with_columns(pl.col("population").replace(within).alias("of"))
    whole = record.select(
        "told_of",
        "number",
        "where",
        pl.col("population").alias("of"),
        "article_id",
        "claim_id",
        "published_on",
    )
    both = some.join(whole, on=["told_of", "number", "where", "of"], suffix="_all", nulls_equal=True).filter(
        (pl.col("article_id") != pl.col("article_id_all"))
        & ((pl.col("published_on") - pl.col("published_on_all")).dt.total_days().abs() <= NEAR)
    )
    both = both.with_columns(pl.col("claim_id").first().over("article_id", "number").alias("first_claim"))
    rows = rows_of(record, both["first_claim"], both["claim_id_all"])
    for (claim_id,), others in both.group_by("first_claim", maintain_order=True):
        if others["article_id_all"].n_unique() >= CARRIED:
            ids = others.sort("published_on_all", "claim_id_all")["claim_id_all"].unique(maintain_order=True)
            yield _finding(rows[str(claim_id)], [rows[one] for one in ids])


def _finding(row: dict[str, Any], whole: list[dict[str, Any]]) -> Finding:
    number = words.number(row["number"])
    everybody = "everybody" if whole[0]["population"] == "all" else f"all {whole[0]['people']}"
    return Finding(
        "copying_error",
        "medium",
        f"{outlet(row)} printed {number} ({whose(row)}), the figure that others give for {everybody}",
        f"Printed on {words.day(row['published_on'])}. For {everybody}: {words.listing(outlets(whole))}.",
        (row["claim_id"], *(one["claim_id"] for one in whole)),
    )
