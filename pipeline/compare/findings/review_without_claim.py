"""A person decided on a claim that is not among those extracted now, so that the decision changes nothing.

Rule: the outcome of a decision in reviews.csv is "claim gone": no claim has its id, and none, or more than
one, stands in its words and surroundings. Decisions on one claim are one finding.

What to do: look at the article again with `counterclaim review`, decide anew, and remove the old row.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import polars as pl

from pipeline import words
from pipeline.compare.findings.finding import Evidence, Finding

_DONE: Final = {"accept": "accepted", "reject": "rejected", "amend": "amended"}
_LONGEST: Final = 80  # characters of a name, a figure or an article in the headline
_QUOTED: Final = 300  # characters of the words and of each reason


def find(evidence: Evidence) -> Iterator[Finding]:
    """One finding a claim that is gone."""
    gone = evidence.reviews.filter(pl.col("outcome") == "claim gone").sort("line")
    one_claim = ["given_id", "article", "quote"]
    for key, decisions in gone.group_by(one_claim, maintain_order=True):
        yield _finding(decisions.to_dicts(), "\0".join(str(part or "") for part in key))


def _finding(rows: list[dict[str, Any]], about: str) -> Finding:
    first = rows[0]
    said = f"“{words.shortened(first['quote'], _QUOTED)}” " if first["quote"] else ""
    told = [
        f"{_who(row)} {_DONE[row['verdict']]} it{_when(row)}"
        + (f": {words.shortened(row['reason'], _QUOTED)}" if row["reason"] else "")
        for row in rows
    ]
    return Finding(
        "review_without_claim",
        "medium",
        f"{_who(first)} {_DONE[first['verdict']]} {_claim(first)}, which is not among the claims now",
        f"{said}{'; '.join(told)}. Line {first['line']} of reviews.csv: {first['note']}.",
        (),
        about,
    )


def _who(row: dict[str, Any]) -> str:
    return words.shortened(row["reviewer"], _LONGEST) if row["reviewer"] else "A person"


def _when(row: dict[str, Any]) -> str:
    return f" on {words.day(row['decided_on'])}" if row["decided_on"] else ""


def _claim(row: dict[str, Any]) -> str:
    """The claim as the person saw it, as far as reviews.csv says."""
    metric = f" ({words.plain(row['metric'])})" if row["metric"] else ""
    what = f"{row['figure']}{metric}" if row["figure"] else f"the claim {row['given_id'] or row['quote']}"
    where = f" in {words.shortened(row['article'], _LONGEST)}" if row["article"] else ""
    return words.shortened(what, _LONGEST) + where
