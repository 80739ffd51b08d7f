"""Two sides whose figures for one question are many times apart.

Rule: within NEAR days, standing figures of two sides for the same question differ by FOLD times or more.

What to do: print each side's figure as that side's. Look for a third source; a figure between the two has
none.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import polars as pl

from pipeline import words
from pipeline.compare.findings.finding import SMALLEST, Evidence, Finding, figure, outlet, rows_of, whose

NEAR: Final = 7
FOLD: Final = 2


def find(evidence: Evidence) -> Iterator[Finding]:
    """One finding a series: the lowest figure of one side and the highest of another."""
    standing = evidence.record.filter(
        pl.col("status").is_in(["standing", "superseded"])
        & pl.col("side").is_not_null()
        & (pl.col("side") != "press")
        & (pl.col("scope") == "cumulative")
        & (pl.col("number") > 0)
        & pl.col("stated_on").is_not_null()
    ).select("series_id", "side", "number", "stated_on", "claim_id")
    sides = standing["side"].unique().sort().to_list()
    tables = [_apart(standing, low, high) for low in sides for high in sides if low != high]
    if not tables:
        return
    apart = (
        pl.concat(tables)
        .sort("fold", "claim_id", "claim_id_more", descending=[True, False, False])
        .unique("series_id", keep="first", maintain_order=True)
    )
    rows = rows_of(evidence.record, apart["claim_id"], apart["claim_id_more"])
    for row in apart.iter_rows(named=True):
        yield _finding(rows[row["claim_id"]], rows[row["claim_id_more"]])


def _apart(standing: pl.DataFrame, low: str, high: str) -> pl.DataFrame:
    """Figures of the side `low` beside the nearest in time of the side `high`, where they are FOLD apart."""
    more = standing.filter(pl.col("side") == high).sort("stated_on", "number", "claim_id")
    return (
        standing.filter(pl.col("side") == low)
        .sort("stated_on", "number", "claim_id")
        .join_asof(
            more.select("series_id", "stated_on", pl.col("number", "claim_id").name.suffix("_more")),
            on="stated_on",
            by="series_id",
            strategy="nearest",
            tolerance=f"{NEAR}d",
            check_sortedness=False,
        )
        .filter((pl.col("number_more") >= SMALLEST) & (pl.col("number_more") >= pl.col("number") * FOLD))
        .select(
            "series_id", "claim_id", "claim_id_more", (pl.col("number_more") / pl.col("number")).alias("fold")
        )
    )


def _finding(low: dict[str, Any], high: dict[str, Any]) -> Finding:
    times = words.number(high["number"] // low["number"])
    return Finding(
        "sides_apart",
        "medium",
        f"{low['originator']} said {figure(low)}, {high['originator']} said {figure(high)} ({whose(low)}): "
        f"at least {times} times apart",
        f"{outlet(low)}, {words.day(low['stated_on'])}; {outlet(high)}, {words.day(high['stated_on'])}. How "
        f"many times is our arithmetic.",
        (low["claim_id"], high["claim_id"]),
    )
