"""Tables of figures that people have coded: each row becomes an article whose text is the row.

So a coded figure is read, quoted and traced as any other: its quote is the line "deaths_best: 12".
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path
from typing import Any

import polars as pl

from pipeline.events import Coded
from pipeline.ingest.page import UnreadableError


def rows(event_id: str, root: Path, table: Coded) -> list[dict[str, Any]]:
    """A row of the table `articles` for each report. Raises UnreadableError if the file cannot be used."""
    path = root / table.file
    try:
        raw = path.read_bytes()
        frame = pl.read_csv(raw, infer_schema=False)
    except (OSError, pl.exceptions.PolarsError) as error:
        raise UnreadableError(
            f"cannot be read as CSV: {error}", "save it as CSV with a header row"
        ) from error
    named = (table.outlet, table.published, table.incident, table.place)
    wanted = {*filter(None, named), *(one.best for one in table.figures)}
    if missing := sorted(wanted - set(frame.columns)):
        raise UnreadableError(
            f"has no column {', '.join(missing)}", "name its columns in [[coded]] of event.toml"
        )
    sha256 = hashlib.sha256(raw).hexdigest()
    return [_article(event_id, table, row, number, sha256) for number, row in enumerate(frame.to_dicts(), 2)]


def _article(
    event_id: str, table: Coded, row: dict[str, str | None], line: int, sha256: str
) -> dict[str, Any]:
    text = "\n".join(f"{name}: {value or ''}" for name, value in row.items())
    day = row[table.published] if table.published else None
    return {
        "article_id": "a" + hashlib.sha256(f"{sha256}\0{line}".encode()).hexdigest()[:12],
        "event_id": event_id,
        "url": None,
        "outlet": row[table.outlet] if table.outlet else None,
        "publisher": None,
        "byline": None,
        "title": None,
        "published_at": _day(day),
        "published_precision": "day" if _day(day) else None,
        "retrieved_at": None,
        "language": None,
        "kind": "coded",
        "wire": None,
        "wire_evidence": None,
        "text": text,
        "text_sha256": hashlib.sha256(text.encode()).hexdigest(),
        "raw_path": f"{table.file}#{line}",
        "raw_sha256": sha256,
        "version_of": None,
    }


def _day(text: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if text else None
    except ValueError:
        return None
