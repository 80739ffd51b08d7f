"""No part is larger than its whole, unless the report says that it is.

An article may print 150 as a part of 142. Then the contradiction is news: the finding `parts_exceed_whole`
tells it, and a person should look whether the link is the article's or ours (warning). The same link without
that finding would stand in figures and tables as if it were possible (error).

Only what cannot be is counted. "At least 10" of "about 9" can be, since "about" has no stated width; "more
than 9" of 9 cannot. Parts are not added up: two of them may count the same people.
"""

from __future__ import annotations

from typing import Final

import polars as pl

from pipeline.checking.verdict import Broken, Verdict, judge, rows
from pipeline.table import INT

# Columns of claims that are read.
READ: Final = ("claim_id", "article_id", "part_of", "quote", "modifier", "low", "high")
FINDING: Final = "parts_exceed_whole"


def check(claims: pl.DataFrame, articles: pl.DataFrame, findings: pl.DataFrame) -> Verdict:
    """Whether each part (`claims` with part_of) can be one, and if it cannot, whether `findings` says so."""
    told = (
        findings.filter(pl.col("kind") == FINDING)
        .select(pl.col("claims").alias("claim_id"), pl.col("claims").alias("part_of"))
        .explode("claim_id")
        .explode("part_of")
        .unique()
    )
    links = _links(claims)
    larger = links.filter(pl.col("least") > pl.col("most")).join(
        articles.select("article_id", "raw_path"), on="article_id", how="left"
    )
    shown = larger.sort("claim_id").select("claim_id", "raw_path", _detail(), "part_of")
    keys = ["claim_id", "part_of"]
    return judge(
        "no part is larger than its whole",
        [
            Broken(
                "error",
                "Parts larger than their whole that no finding tells",
                rows(shown.join(told, on=keys, how="anti", maintain_order="left")),
                "Read both sentences. If the link is wrong, reject the part or amend its part_of in "
                "reviews.csv; if the article says so, the finding parts_exceed_whole should: report it.",
            ),
            Broken(
                "warning",
                "Parts larger than their whole, as findings tell",
                rows(shown.join(told, on=keys, how="semi", maintain_order="left")),
                "Read both sentences. If the article contradicts itself, the report says so and all is well; "
                "if the link is wrong, reject the part or amend its part_of in reviews.csv.",
            ),
        ],
        parts=links.height,
        parts_larger_than_their_whole=larger.height,
    )


def _links(claims: pl.DataFrame) -> pl.DataFrame:
    """A row a link: the least that the part can be and the most that its whole can be, empty where open."""
    least = pl.col("low") + (pl.col("modifier") == "more_than").cast(INT)
    most = pl.col("high") - (pl.col("modifier") == "less_than").cast(INT)
    wholes = claims.select(
        pl.col("claim_id").alias("part_of"), most.alias("most"), pl.col("quote").alias("whole")
    )
    parts = claims.filter(pl.col("part_of").is_not_null())
    return parts.select("claim_id", "article_id", "part_of", "quote", least.alias("least")).join(
        wholes, on="part_of"
    )


def _detail() -> pl.Expr:
    form = "at least {} ({}) as a part of at most {} ({}, {})"
    return pl.format(form, "least", "quote", "most", "whole", "part_of")
