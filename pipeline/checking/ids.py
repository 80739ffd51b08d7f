"""Every id names one row, and every row that points at a claim points at one that is there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import polars as pl

from pipeline.checking.verdict import REBUILD, Broken, Row, Verdict, judge, rows

# Columns that hold claim_ids, by table; of a list, each.
POINTERS: Final[Mapping[str, tuple[str, ...]]] = {
    "evidence": ("claim_id", "group_id"),
    "statements": ("claim_id", "group_id", "ended_by"),
    "pairs": ("claim_a", "claim_b"),
    "troops": ("claim_id",),
    "estimates": ("claims_used", "claims_passed"),
    "findings": ("claims",),
}
# Tables of which every claim has a row: a claim without one would be left out of all comparison.
COMPLETE: Final = ("evidence", "statements")
READ: Final = ("claim_id", "article_id", "quote", "part_of")  # columns of claims that are read
_QUOTE: Final = ("{}", "quote")
_PART: Final = ("is a part of {}", "part_of")
_AGAIN: Final = f"The tables are of different runs. {REBUILD} it with the ids."


def extracted(claims: pl.DataFrame, articles: pl.DataFrame) -> Verdict:
    """Whether each claim that extraction gave has an id of its own and is of an article that is there, and
    each part has its whole in the same article, which is not, by however many links, a part of it.
    """
    known = _with_files(claims, articles)
    wholes = known.select(pl.col("claim_id").alias("part_of"), pl.col("article_id").alias("of")).unique()
    parts = known.filter(pl.col("part_of").is_not_null())
    apart = parts.join(wholes, on="part_of", how="left", maintain_order="left").filter(
        pl.col("article_id").ne_missing(pl.col("of"))
    )
    circular = parts.filter(pl.col("claim_id").is_in(list(_circular(parts))))
    orphans = known.filter(pl.col("raw_path").is_null())
    return judge(
        "every claim has an id and an article, and every part a whole in that article",
        [
            Broken("error", "Claims that share their id with another", _doubled(known), _AGAIN),
            Broken(
                "error", "Claims whose article is not there", _told(orphans, "of {}", "article_id"), _AGAIN
            ),
            Broken("error", "Parts whose whole is not in their article", _told(apart, *_PART), _AGAIN),
            Broken("error", "Parts of themselves", _told(circular, *_PART), _AGAIN),
        ],
        claims=known.height,
        parts=parts.height,
    )


def reviewed(
    claims: pl.DataFrame, extracted: pl.DataFrame, reviews: pl.DataFrame, articles: pl.DataFrame
) -> Verdict:
    """Whether `claims` are those of extraction, each once, but for those that a person rejected."""
    known = _with_files(claims, articles)
    rejected = reviews.filter((pl.col("verdict") == "reject") & (pl.col("outcome") == "applied"))
    kept = pl.concat([claims["claim_id"], rejected["claim_id"]])
    given = extracted["claim_id"]
    lost = _with_files(extracted, articles).filter(~pl.col("claim_id").is_in(kept.implode()))
    made = known.filter(~pl.col("claim_id").is_in(given.implode()))
    gone = known.filter(~pl.col("part_of").is_in(given.implode()))
    return judge(
        "the claims are those of extraction, but for those that a person rejected",
        [
            Broken("error", "Claims that share their id with another", _doubled(known), _AGAIN),
            Broken("error", "Claims that are gone though nobody rejected them", _told(lost, *_QUOTE), _AGAIN),
            Broken("error", "Claims that extraction did not give", _told(made, *_QUOTE), _AGAIN),
            Broken("error", "Parts of a claim that never was", _told(gone, *_PART), _AGAIN),
        ],
        claims=known.height,
        rejected_by_people=rejected.height,
    )


def pointers(claims: pl.DataFrame, tables: Mapping[str, pl.DataFrame]) -> Verdict:
    """Whether every claim_id in `tables` is that of a claim, and whether those that are COMPLETE have all."""
    known = claims.select("claim_id").unique()
    astray: list[Row] = []
    missing: list[Row] = []
    looked_at = 0
    for name, frame in tables.items():
        for column in POINTERS[name]:
            ids = _ids(frame, column)
            looked_at += ids.height
            strange = ids.join(known, on="claim_id", how="anti", maintain_order="left")
            named = strange["claim_id"].unique(maintain_order=True)
            astray += [(one, None, f"in {name}.{column}") for one in named]
        if name in COMPLETE:
            left = known.join(frame, on="claim_id", how="anti").sort("claim_id")
            missing += [(one, None, f"has no row in {name}") for one in left["claim_id"]]
    return judge(
        "every claim_id is that of a claim",
        [
            Broken("error", "Ids that are of no claim", tuple(astray), _AGAIN),
            Broken("error", "Claims that were left out of comparison", tuple(missing), _AGAIN),
        ],
        ids=looked_at,
        ids_of_no_claim=len(astray),
    )


def _with_files(claims: pl.DataFrame, articles: pl.DataFrame) -> pl.DataFrame:
    files = articles.select("article_id", "raw_path")
    return claims.select(READ).join(files, on="article_id", how="left").sort("claim_id")


def _told(frame: pl.DataFrame, form: str, column: str) -> tuple[Row, ...]:
    return rows(frame.select("claim_id", "raw_path", pl.format(form, column)))


def _doubled(known: pl.DataFrame) -> tuple[Row, ...]:
    return _told(known.filter(pl.col("claim_id").is_duplicated()), *_QUOTE)


def _ids(frame: pl.DataFrame, column: str) -> pl.DataFrame:
    """The claim_ids of a column, in order; what follows an id in claims_passed is the reason."""
    flat = frame.select(pl.col(column).alias("claim_id"))
    if isinstance(flat.schema["claim_id"], pl.List):
        flat = flat.explode("claim_id")
    return flat.drop_nulls().with_columns(pl.col("claim_id").str.extract(r"^([^:\s]*)"))


def _circular(parts: pl.DataFrame) -> set[str]:
    """The claims from which the links lead back to themselves. Every link is followed once."""
    whole_of: dict[str, str] = dict(parts.select("claim_id", "part_of").rows())
    found: set[str] = set()
    seen: set[str] = set()
    for first in whole_of:
        path: dict[str, None] = {}
        claim: str | None = first
        while claim in whole_of and claim not in seen:
            seen.add(claim)
            path[claim] = None
            claim = whole_of[claim]
        if claim in path:
            chain = list(path)
            found.update(chain[chain.index(claim) :])
    return found
