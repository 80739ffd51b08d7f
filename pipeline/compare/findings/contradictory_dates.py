"""Dates that cannot all be right: a statement made after it was printed, a span that ends before it begins.

Rule: said_on is later than the day of publication, or as_of_end is before as_of_start.

What to do: check the article's date in its front matter or on its page, then the day that the sentence names.
"""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from pipeline import words
from pipeline.compare.findings.finding import Evidence, Finding, figure, outlet, whose


def find(evidence: Evidence) -> Iterator[Finding]:
    """One finding a claim."""
    late = pl.col("said_on") > pl.col("published_on")
    turned = pl.col("as_of_end") < pl.col("as_of_start")
    for row in evidence.record.filter((late | turned).fill_null(value=False)).iter_rows(named=True):
        said = row["said_on"] is not None and row["said_on"] > (row["published_on"] or row["said_on"])
        why = (
            f"is dated {words.day(row['said_on'])} but printed on {words.day(row['published_on'])}"
            if said
            else f"holds until {words.day(row['as_of_end'])} but from {words.day(row['as_of_start'])}"
        )
        yield Finding(
            "contradictory_dates",
            "low",
            f"{outlet(row)}: {figure(row)} ({whose(row)}) {why}",
            "The dates are kept as they were read; look at the sentence before using them.",
            (row["claim_id"],),
        )
