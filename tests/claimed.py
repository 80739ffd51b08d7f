"""Claims written by hand: what comparison makes of them, whatever extraction does."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import polars as pl

from pipeline.compare import estimates, evidence, series, troops
from pipeline.compare.findings import registry
from pipeline.events import Actor, Event
from pipeline.schema import ARTICLES, CLAIMS, COPIES

Tables = dict[str, pl.DataFrame]


def claim(
    outlet: str, published: str, value: int | None, metric: str = "killed", **fields: Any
) -> dict[str, Any]:
    """One claim in an article of its own: `fields` are columns of claims, or of articles (url, wire)."""
    modifier = fields.get("modifier", "exact")
    low = fields.get("low", value if modifier in ("exact", "at_least", "more_than") else None)
    high = fields.get("high", value if modifier in ("exact", "up_to", "less_than") else None)
    said = fields.get("said")
    plain = {
        "outlet": outlet,
        "published": published,
        "metric": metric,
        "value": value,
        "modifier": modifier,
        "population": "all",
        "scope": "cumulative",
        "stance": "asserted",
    }
    return plain | {"low": low, "high": high, "said_on": date.fromisoformat(said) if said else None} | fields


def compare(event: Event, claims: list[dict[str, Any]], actors: Sequence[Actor] = ()) -> Tables:
    """Every table of comparison. A claim's `name` may be the `part_of` of others; `article` joins claims."""
    actors = actors or event.actors
    articles: dict[str, dict[str, Any]] = {}
    rows = []
    for number, one in enumerate(claims):
        key = one.get("article") or f"a{number:05}"
        day = datetime.fromisoformat(one["published"])
        articles[key] = {name: one.get(name) for name in ARTICLES.names} | {
            "article_id": key,
            "event_id": event.event_id,
            "published_at": day,
            "published_precision": "day",
            "kind": "article",
            "raw_path": f"articles/{key}.md",
            "raw_sha256": key,
            "text_sha256": key,
            "text": str(one["value"]),
        }
        rows.append(
            {name: one.get(name) for name in CLAIMS.names}
            | {
                "claim_id": one.get("name") or f"c{number:05}",
                "article_id": key,
                "event_id": event.event_id,
                "quote": str(one["value"]),
                "start": number,
                "end": number + 1,
                "sentence_start": one.get("sentence", number),
                "sentence_end": number + 1,
                "extractor": "by hand",
                "rule": "by hand",
                "confidence": "high",
            }
        )
    frame, printed = CLAIMS.frame(rows), ARTICLES.frame(list(articles.values()))
    tables = {
        "claims": frame,
        "articles": printed,
        "evidence": evidence.evidence(frame, printed, COPIES.frame(), actors),
    }
    timeline = series.series(frame, printed, tables["evidence"], event)
    tables |= {"series": timeline.series, "statements": timeline.statements, "pairs": timeline.pairs}
    tables["troops"] = troops.troops(frame, printed)
    tables["estimates"] = estimates.estimates(frame, timeline.series, timeline.statements, actors)
    tables["findings"] = registry.findings(tables, event, actors)
    return tables
