"""A figure printed as fact after its withdrawal was first reported.

Rule: an article reports that a figure was withdrawn (stance `retracted`); another article, published on a
later day, asserts the same figure of the same series and has no claim that is `retracted`. We say that it
does not mention the withdrawal; we do not say that it knew.

What to do: read the sentences that report the withdrawal, then those that repeat the figure. If the articles
are yours, correct them; if not, do not take the repetition for support.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import polars as pl

from pipeline import words
from pipeline.compare.findings.finding import (
    SMALLEST,
    Evidence,
    Finding,
    figure,
    groups,
    outlet,
    outlets,
    whose,
)


def find(evidence: Evidence) -> Iterator[Finding]:
    """One finding a withdrawn figure, with every later article that repeats it."""
    record = evidence.record
    withdrawn = record.filter(
        (pl.col("status") == "withdrawn")
        & (pl.col("number") >= SMALLEST)
        & pl.col("published_on").is_not_null()
    )
    keys = ["series_id", "number"]
    report = pl.col("stance") == "retracted"
    mentions = report.any().over("article_id")
    later = (pl.col("stance") == "asserted") & ~mentions & (pl.col("published_on") > pl.col("stood_until"))
    told = withdrawn.with_columns(later.alias("later")).filter(report | pl.col("later"))
    told = told.filter(report.any().over(keys) & pl.col("later").any().over(keys))
    for rows in groups(told, keys, "published_on", "claim_id"):
        reports = [row for row in rows if row["stance"] == "retracted"]
        yield _finding(reports, [row for row in rows if row["stance"] == "asserted"])


def _finding(reports: list[dict[str, Any]], later: list[dict[str, Any]]) -> Finding:
    first = reports[0]
    number, day = words.number(first["number"]), words.day(first["published_on"])
    names = outlets(later)
    lines = []
    for name in names:
        row = next(one for one in later if outlet(one) == name)
        lag = (row["published_on"] - first["published_on"]).days
        later_by = f"{lag} day{'s' if lag > 1 else ''} later"
        lines.append(f"{name} ({figure(row)}, {words.day(row['published_on'])}, {later_by})")
    count = len({row["article_id"] for row in later})
    return Finding(
        "repeated_after_withdrawal",
        "high",
        f"{count} article{'s' if count > 1 else ''} printed {number} ({whose(first)}) after {day}, when its "
        f"withdrawal was reported, and did not mention the withdrawal",
        f"Withdrawal reported by {words.listing(outlets(reports))}. Printed again by {words.listing(lines)}.",
        tuple(row["claim_id"] for row in (*later, *reports)),
    )
