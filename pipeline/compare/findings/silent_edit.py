"""A figure that an outlet changed on its page: the later of two versions does not tell the earlier one's.

Rule: an article is a later version of another (`version_of`). A figure of the earlier text that the later one
has nowhere, for the same metric, people and place, is set against the figure that the later one has and the
earlier had not, in the order of the text. A later text that still tells the old figure, as withdrawn or as
an earlier count, says that it changed: it is no silent edit.

What to do: keep both versions (the archives beside the event hold them), and ask the outlet why the figure
changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import polars as pl

from pipeline import words
from pipeline.compare.findings.finding import Evidence, Finding, figure, outlet, rows_of, whose

_QUESTION: Final = ("metric", "population", "where")
_FIGURE: Final = (*_QUESTION, "number")


def find(evidence: Evidence) -> Iterator[Finding]:
    """One finding a figure that went, with the one that came in its place, if one did."""
    counted = evidence.record.filter(pl.col("number").is_not_null()).select(
        "article_id", "claim_id", "start", *_FIGURE
    )
    earlier = counted.join(evidence.versions, on="article_id").drop("article_id")
    later = counted.join(evidence.versions.select(article_id="later"), on="article_id").rename(
        {"article_id": "later", "claim_id": "after"}
    )
    went = earlier.join(later, on=["later", *_FIGURE], how="anti", nulls_equal=True)
    came = later.join(earlier, on=["later", *_FIGURE], how="anti", nulls_equal=True)
    keys = ["later", *_QUESTION]
    edits = _numbered(went, keys, "claim_id").join(
        _numbered(came, keys, "after").select(*keys, "place_in_text", "after"),
        on=[*keys, "place_in_text"],
        how="left",
        nulls_equal=True,
    )
    rows = rows_of(evidence.record, edits["claim_id"], edits["after"].drop_nulls())
    for edit in edits.sort("claim_id").iter_rows(named=True):
        yield _finding(rows[edit["claim_id"]], rows.get(edit["after"] or ""))


def _numbered(claims: pl.DataFrame, keys: list[str], claim: str) -> pl.DataFrame:
    """Each figure once a version, with its place among those of its question in the text."""
    once = claims.sort("start", claim).unique([*keys, "number"], keep="first", maintain_order=True)
    return once.with_columns(pl.col("start").rank("ordinal").over(keys).alias("place_in_text"))


def _finding(before: dict[str, Any], after: dict[str, Any] | None) -> Finding:
    first = figure(before)
    change = f"changed {first} to {figure(after)} on one page" if after else f"took {first} off its page"
    files = f"{before['raw_path']} and {after['raw_path']}" if after else str(before["raw_path"])
    return Finding(
        "silent_edit",
        "medium" if after else "low",
        f"{outlet(before)} {change} ({whose(before)}); the later text no longer tells it",
        f"Earlier version: {words.day(before['published_on'])}. Kept in {files}. No claim of the later text "
        f"has the earlier figure, as withdrawn or otherwise; why it went is not known here.",
        (before["claim_id"], after["claim_id"]) if after else (before["claim_id"],),
    )
