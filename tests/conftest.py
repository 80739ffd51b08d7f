"""Small event folders that tests fill themselves."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from pipeline import provenance
from pipeline.compare import estimates, evidence, series
from pipeline.compare.findings import registry
from pipeline.events import load
from pipeline.extract.claims import extract
from pipeline.extract.lexicon import load_lexicon
from pipeline.ingest.articles import ingest
from pipeline.report.view import View, build

MakeEvent = Callable[..., Path]
Tables = dict[str, pl.DataFrame]


@pytest.fixture
def make_event(tmp_path: Path) -> MakeEvent:
    """Writes data/<name>/articles/… under a temporary folder and gives that event's folder."""

    def make(name: str = "riverton-2023", config: str | None = None, **articles: str | bytes) -> Path:
        folder = tmp_path / "data" / name
        (folder / "articles").mkdir(parents=True)
        if config is not None:
            (folder / "event.toml").write_text(config, encoding="utf-8")
        for stem, content in articles.items():
            raw = content if isinstance(content, bytes) else content.encode()
            (folder / "articles" / f"{stem}.md").write_bytes(raw)
        return folder

    return make


@pytest.fixture
def article() -> Callable[..., str]:
    """A Markdown article with front matter."""

    def write(
        text: str, outlet: str = "Riverton Post", published: str | None = "2023-05-04", url: str = ""
    ) -> str:
        front = [f'outlet: "{outlet}"']
        front += [f"published: {published}"] if published else []
        front += [f'url: "{url}"'] if url else []
        return "---\n" + "\n".join(front) + f"\n---\n{text}\n"

    return write


@pytest.fixture
def tables_of() -> Callable[[Path], Tables]:
    """The tables of an event folder, by the pure functions alone: no Dagster, no DuckDB."""

    def walk(folder: Path) -> Tables:
        event = load(folder)
        lexicon, read = load_lexicon(event), ingest(event)
        found = extract(read.articles, read.furniture, lexicon)
        tables = {
            "articles": read.articles,
            "furniture": read.furniture,
            "problems": read.problems,
            "claims": found.claims,
            "rejected": found.rejected,
            "evidence": evidence.evidence(found.claims, read.articles, lexicon.actors),
        }
        timeline = series.series(found.claims, read.articles, tables["evidence"], event)
        tables |= {"series": timeline.series, "statements": timeline.statements, "pairs": timeline.pairs}
        tables["estimates"] = estimates.estimates(
            found.claims, timeline.series, timeline.statements, lexicon.actors
        )
        tables["findings"] = registry.findings(tables, event.event_id)
        tables["runs"] = provenance.run(event, tables)
        return tables

    return walk


@pytest.fixture
def view_of(tables_of: Callable[[Path], Tables]) -> Callable[[Path], View]:
    """The view-model of an event folder."""

    def view(folder: Path) -> View:
        event = load(folder)
        return build(event, tables_of(folder), load_lexicon(event).actors)

    return view
