"""One claim laid open: its words, its slots and the rules that filled them, what it was compared with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import polars as pl

TABLES: Final = ("articles", "claims", "evidence", "series", "statements", "pairs", "findings", "reviews")
_SLOTS: Final = (
    *("metric", "value", "low", "high", "modifier", "vague_word"),
    *("population", "population_text", "place_text", "place_id", "country"),
    *("as_of_start", "as_of_end", "said_on", "scope", "part_of"),
    *("attribution", "actor_id", "stance", "stance_by", "confidence"),
)
_SOURCES: Final = (
    *("title", "byline", "dateline", "outlet", "publisher", "wire", "wire_mark", "wire_evidence"),
    *("url", "published_at", "updated_at", "retrieved_at", "version_of"),
    *("raw_path", "raw_sha256", "text_sha256"),
)

Row = Mapping[str, Any]


def explain(tables: Mapping[str, pl.DataFrame], claim_id: str, rules: Mapping[str, str]) -> Iterator[str]:
    """The lines that explain a claim of these tables. Raises KeyError if there is no such claim."""
    claims = {row["claim_id"]: row for row in tables["claims"].to_dicts()}
    claim = claims[claim_id]
    article = _row(tables["articles"], article_id=claim["article_id"])
    yield f"{claim_id}  {claim['quote']}"
    yield ""
    yield f"Sentence (characters {claim['start']} to {claim['end']} of the text are the claim's)"
    yield "  " + _marked(article["text"], claim)
    yield from _section("Slots", claim, _SLOTS)
    yield ""
    yield f"Rules, in the order in which they spoke ({claim['extractor']})"
    for rule in claim["rule"].split(" > "):
        yield f"  {rule}: {rules[rule]}"
    yield from _section("Article", article, _SOURCES)
    yield from _decisions(tables["reviews"], claim_id)
    yield from _comparison(tables, claim_id, claims)
    yield from _findings(tables["findings"], claim_id)


def _marked(text: str, claim: Row) -> str:
    """The sentence with the claim between brackets."""
    first, last = claim["sentence_start"], claim["sentence_end"]
    start, end = claim["start"], claim["end"]
    return f"{text[first:start]}⟦{text[start:end]}⟧{text[end:last]}"


def _section(heading: str, row: Row, names: tuple[str, ...]) -> Iterator[str]:
    yield ""
    yield heading
    for name in names:
        if row[name] is not None:
            yield f"  {name}: {row[name]}"


def _decisions(reviews: pl.DataFrame, claim_id: str) -> Iterator[str]:
    """What people decided on the claim, if anybody did: the slots above hold what they put there."""
    of_claim = reviews.filter(pl.col("claim_id") == claim_id)
    if of_claim.is_empty():
        return
    yield ""
    yield "Decided by people (reviews.csv)"
    for row in of_claim.iter_rows(named=True):
        who = ", ".join(str(part) for part in (row["reviewer"], row["decided_on"]) if part)
        became = f"{row['verdict']}, {row['outcome']}: {row['note']}"
        why = f" ({row['reason']})" if row["reason"] else ""
        yield f"  line {row['line']}, {who or 'no name'}: {became}{why}"


def _comparison(
    tables: Mapping[str, pl.DataFrame], claim_id: str, claims: Mapping[str, Row]
) -> Iterator[str]:
    yield ""
    yield "Evidence"
    for row in tables["evidence"].filter(pl.col("claim_id") == claim_id).to_dicts():
        size = tables["evidence"].filter(pl.col("group_id") == row["group_id"]).height
        shown = f" ({row['evidence_text']})" if row["evidence_text"] else ""
        yield f"  group {row['group_id']} of {size}, from {row['originator']}, by {row['link']}{shown}"
    yield ""
    yield "Compared with"
    for row in tables["statements"].filter(pl.col("claim_id") == claim_id).to_dicts():
        series = _row(tables["series"], series_id=row["series_id"])
        asked = ", ".join(str(series[name]) for name in ("metric", "population", "place", "scope"))
        ended = f" until {row['stood_until']} (by {row['ended_by']})" if row["stood_until"] else ""
        yield f"  series {row['series_id']} ({asked}): {row['status']}{ended}"
    group = set(tables["evidence"].filter(pl.col("claim_id") == claim_id).get_column("group_id").to_list())
    mates = tables["evidence"].filter(pl.col("group_id").is_in(group)).get_column("claim_id").to_list()
    for row in tables["pairs"].to_dicts():
        for own, other in (("claim_a", "claim_b"), ("claim_b", "claim_a")):
            if row[own] in mates:
                yield f"  {row['relation']}: {row[other]} {claims[row[other]]['quote']!r}: {row['reason']}"


def _findings(findings: pl.DataFrame, claim_id: str) -> Iterator[str]:
    yield ""
    yield "Findings that rest on it"
    for row in findings.to_dicts():
        if claim_id in row["claims"]:
            yield f"  {row['kind']}: {row['headline']}"


def _row(frame: pl.DataFrame, **key: str) -> Row:
    return frame.filter(**key).row(0, named=True)
