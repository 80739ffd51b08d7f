"""One source's figure, printed of different people.

Rule: claims with one source, metric and number, printed at most NEAR days apart, call the same people by
names that cannot all be right (militants, protesters, civilians …).

What to do: go back to the source's own words, or name the people as each outlet does and say that they
differ.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import polars as pl

from pipeline import words
from pipeline.compare.findings.finding import SMALLEST, Evidence, Finding, groups, outlets, whose

NEAR: Final = 7
LABELS: Final = ("militants", "protesters", "civilians", "security_forces", "soldiers", "detainees")


def find(evidence: Evidence) -> Iterator[Finding]:
    """One finding a figure, with who printed which name."""
    labelled = evidence.record.filter(
        pl.col("population").is_in(LABELS)
        & (pl.col("number") >= SMALLEST)
        & (pl.col("stance") == "asserted")
        & pl.col("source").is_not_null()
        & pl.col("published_on").is_not_null()
    )
    keys = ["metric", "number", "originator"]
    several = labelled.with_columns(
        (pl.col("published_on").max().over(keys) - pl.col("published_on").min().over(keys))
        .dt.total_days()
        .alias("apart"),
        pl.col("population").n_unique().over(keys).alias("labels"),
    ).filter((pl.col("labels") > 1) & (pl.col("apart") <= NEAR))
    for rows in groups(several, keys, "published_on", "claim_id"):
        yield _finding(rows)


def _finding(rows: list[dict[str, Any]]) -> Finding:
    first = rows[0]
    labels = list(dict.fromkeys(row["population"] for row in rows))
    lines = [
        f"{words.plain(label)}: {words.listing(outlets([row for row in rows if row['population'] == label]))}"
        for label in labels
    ]
    names = words.listing([words.plain(label) for label in labels])
    return Finding(
        "population_relabelled",
        "medium",
        f"The same {words.number(first['number'])} ({words.plain(first['metric'])}, {first['originator']}) "
        f"are printed as {names}",
        f"{'; '.join(lines)}. First printed on {words.day(first['published_on'])} as {whose(first)}.",
        tuple(row["claim_id"] for row in rows),
    )
