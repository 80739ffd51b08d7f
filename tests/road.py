"""The whole road of an event folder by the pure functions alone: no Dagster, no DuckDB."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from pipeline import provenance
from pipeline.compare import estimates, evidence, series, troops
from pipeline.compare.findings import registry
from pipeline.events import load
from pipeline.extract.claims import at_home, extract
from pipeline.extract.coded import coded
from pipeline.extract.lexicon import load_lexicon
from pipeline.ingest.articles import ingest
from pipeline.ingest.copies import copies
from pipeline.review.applying import apply
from pipeline.review.reading import read as decisions


def walk(folder: Path) -> dict[str, pl.DataFrame]:
    """Every table of the event in `folder`."""
    event = load(folder)
    lexicon, read = load_lexicon(event), ingest(event)
    written = read.articles.filter(pl.col("kind") != "coded")
    found = extract(written, read.furniture, at_home(lexicon, written))
    extracted = pl.concat([found.claims, coded(read.articles, event.coded)])
    reviewed = apply(extracted, read.articles, decisions(folder, event.reviews), event, lexicon.actors)
    claims = reviewed.claims
    tables = {
        "articles": read.articles,
        "furniture": read.furniture,
        "problems": pl.concat([read.problems, reviewed.problems]),
        "extracted": extracted,
        "claims": claims,
        "reviews": reviewed.reviews,
        "rejected": found.rejected,
        "copies": copies(read.articles, read.furniture),
    }
    tables["evidence"] = evidence.evidence(claims, read.articles, tables["copies"], lexicon.actors)
    timeline = series.series(claims, read.articles, tables["evidence"], event)
    tables |= {"series": timeline.series, "statements": timeline.statements, "pairs": timeline.pairs}
    tables["troops"] = troops.troops(claims, read.articles)
    tables["estimates"] = estimates.estimates(claims, timeline.series, timeline.statements, lexicon.actors)
    tables["findings"] = registry.findings(tables, event, lexicon.actors)
    tables["runs"] = provenance.run(event, {name: frame.height for name, frame in tables.items()})
    return tables
