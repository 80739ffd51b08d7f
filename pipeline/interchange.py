"""Claims for other people's tools: JSON-LD in the words of schema.org, and CSV with HXL tags.

A claim is a schema.org Claim about an Observation. ClaimReview does not fit: it holds a verdict, and this
project gives none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import polars as pl

from pipeline.exports import json_text, safe_cells
from pipeline.report.safe import safe_url

# Column of claims or articles → HXL hashtag (HXL 1.1, hxlstandard.org).
_HXL: Final = {
    "claim_id": "#meta+id",
    "metric": "#indicator+name",
    "value": "#indicator+value+num",
    "low": "#indicator+value+min+num",
    "high": "#indicator+value+max+num",
    "modifier": "#indicator+value+qualifier",
    "population": "#affected+type",
    "place_text": "#loc+name",
    "country": "#country+code+v_iso2",
    "as_of_start": "#date+start",
    "as_of_end": "#date+end",
    "said_on": "#date+said",
    "attribution": "#meta+source+name",
    "stance": "#status",
    "quote": "#description+quote",
    "outlet": "#org+outlet+name",
    "published_at": "#date+reported",
    "url": "#meta+url",
}
_LIMITS: Final = {"value": "value", "low": "minValue", "high": "maxValue"}


def hxl(claims: pl.DataFrame, articles: pl.DataFrame) -> bytes:
    """Claims as CSV: a row of names, a row of HXL tags, a row a claim; no cell can run as a formula."""
    frame = _joined(claims, articles).select(pl.col(name).cast(pl.String) for name in _HXL)
    rows = safe_cells(frame, frame.columns)
    tags = pl.DataFrame([_HXL], schema=dict.fromkeys(_HXL, pl.String))
    return pl.concat([tags, rows]).write_csv().encode()


def json_ld(claims: pl.DataFrame, articles: pl.DataFrame) -> bytes:
    """Claims as one JSON-LD graph, in the order of the table. It can stand in a page as it is."""
    graph = [_node(row) for row in _joined(claims, articles).iter_rows(named=True)]
    document = {"@context": "https://schema.org", "@graph": graph}
    return json_text(document, indent=1).encode()


def _joined(claims: pl.DataFrame, articles: pl.DataFrame) -> pl.DataFrame:
    known = articles.select("article_id", "outlet", "title", "published_at", "url")
    return claims.join(known, on="article_id", maintain_order="left")


def _node(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "@type": "Claim",
        "@id": f"urn:counterclaim:{row['claim_id']}",
        "text": row["quote"],
        **_filled(
            author={"@type": "Organization", "name": row["attribution"]} if row["attribution"] else None
        ),
        "appearance": {
            "@type": "NewsArticle",
            **_filled(
                headline=row["title"],
                url=safe_url(row["url"]),
                datePublished=row["published_at"] and row["published_at"].isoformat(),
                publisher={"@type": "Organization", "name": row["outlet"]} if row["outlet"] else None,
            ),
        },
        "about": {"@type": "Observation", **dict(_observation(row))},
    }


def _observation(row: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """What was observed. An end that the text leaves open has no value, and a word stays a word."""
    yield "measuredProperty", row["metric"]
    yield "measurementQualifier", row["vague_word"] or row["modifier"]
    for column, name in _LIMITS.items():
        if row[column] is not None:
            yield name, row[column]
    if row["place_text"]:
        yield "observationAbout", {"@type": "Place", "name": row["place_text"]}
    if row["as_of_end"]:
        yield "observationDate", row["as_of_end"].isoformat()


def _filled(**values: object) -> dict[str, object]:
    return {name: value for name, value in values.items() if value is not None}
