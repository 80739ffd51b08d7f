"""A part whose whole is not here, or that is a part of itself: a link that nothing can be built on.

Rule: a claim names as its whole a claim that is missing, or one that leads back to it within DEEPEST steps.

What to do: read the sentence: the whole may have been rejected in a review or lie in an article that is not
here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import polars as pl

from pipeline.compare.findings.finding import Evidence, Finding, figure, outlet, whose

DEEPEST: Final = 8


def find(evidence: Evidence) -> Iterator[Finding]:
    """One finding a broken link."""
    record = evidence.record
    links = record.filter(pl.col("part_of").is_not_null()).select("claim_id", "part_of")
    missing = links.join(record.select("claim_id"), left_on="part_of", right_on="claim_id", how="anti")
    reached, circular = links, links.filter(pl.col("claim_id") == pl.col("part_of"))
    for _ in range(DEEPEST):
        steps = reached.join(links.rename({"claim_id": "part_of", "part_of": "next"}), on="part_of")
        reached = steps.select("claim_id", pl.col("next").alias("part_of"))
        circular = pl.concat([circular, reached.filter(pl.col("claim_id") == pl.col("part_of"))])
    why = {
        **dict.fromkeys(missing["claim_id"], "its whole is not among the claims"),
        **dict.fromkeys(circular["claim_id"], "it is a part of itself"),
    }
    for row in record.filter(pl.col("claim_id").is_in(list(why))).iter_rows(named=True):
        yield Finding(
            "broken_parts",
            "low",
            f"{outlet(row)}: {figure(row)} ({whose(row)}) is linked as a part, but {why[row['claim_id']]}",
            "The figure is used as it stands; nothing is derived from the link.",
            (row["claim_id"],),
        )
