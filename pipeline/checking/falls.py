"""A running total that falls is explained, or the report's readers are told that it is not.

The finding `silent_revision` tells each fall. One that an event's accepted_falls name needs no second look.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import polars as pl

from pipeline.checking.verdict import NAMED, Broken, Row, Verdict, judge
from pipeline.events import AcceptedFall
from pipeline.words import number, plain

READ: Final = ("claim_id", "article_id", "metric", "population", "value")  # columns of claims that are read
FINDING: Final = "silent_revision"


def check(
    findings: pl.DataFrame, claims: pl.DataFrame, articles: pl.DataFrame, accepted: Sequence[AcceptedFall]
) -> Verdict:
    """Whether each total that falls, by `findings`, is one of those that the event has `accepted`."""
    found = _falls(findings, claims, articles)
    known = {(one.metric, one.before, one.after) for one in accepted}
    odd = [row for row in found if (row["metric"], row["value"], row["value_after"]) not in known]
    entries = dict.fromkeys(_entry(row) for row in odd)
    return judge(
        "no running total falls that the event's accepted_falls do not name",
        [
            Broken(
                "warning",
                "Running totals that fall",
                tuple(map(_row, odd)),
                "Read both articles. If the fall is a correction that you know of, add to event.toml:\n"
                + "\n".join(list(entries)[:NAMED]),
            )
        ],
        falls=len(found),
        falls_not_accepted=len(odd),
    )


def _falls(findings: pl.DataFrame, claims: pl.DataFrame, articles: pl.DataFrame) -> list[dict[str, Any]]:
    """A row a fall: the claims before and after, their numbers and files. A finding names both, in order."""
    ids = pl.col("claims").list
    pairs = findings.filter(pl.col("kind") == FINDING).select(
        "rank", ids.get(0).alias("claim_id"), ids.get(1).alias("claim_id_after")
    )
    files = articles.select("article_id", "raw_path")
    told = claims.select(READ).join(files, on="article_id", how="left")
    return (
        pairs.join(told, on="claim_id")
        .join(told, left_on="claim_id_after", right_on="claim_id", suffix="_after")
        .sort("rank")
        .to_dicts()
    )


def _row(row: dict[str, Any]) -> Row:
    before, after = number(row["value"]), number(row["value_after"])
    whose = f"{plain(row['metric'])}, {plain(row['population'])}"
    later = f"{row['claim_id_after']} in {row['raw_path_after']}"
    return row["claim_id"], row["raw_path"], f"{whose}: from {before} to {after} ({later})"


def _entry(row: dict[str, Any]) -> str:
    """The fall as an entry of event.toml."""
    lines = (
        "[[accepted_falls]]",
        f'metric = "{row["metric"]}"',
        f"from = {row['value']}",
        f"to = {row['value_after']}",
        'reason = "…"',
    )
    return "\n".join(lines)
