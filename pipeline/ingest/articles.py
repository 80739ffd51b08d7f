"""One event's files, read into articles, furniture and problems. One unreadable file stops nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import polars as pl

from pipeline.events import ARTICLE_SUFFIXES, ARTICLES, CONFIG, Event
from pipeline.ingest import coded, furniture, markdown, plain
from pipeline.ingest.page import Page, UnreadableError
from pipeline.ingest.publishers import host, outlet
from pipeline.ingest.wires import wire
from pipeline.schema import ARTICLES as ARTICLES_TABLE
from pipeline.schema import FURNITURE, PROBLEMS

READERS: Final[dict[str, Callable[[bytes], Page]]] = {".md": markdown.read, ".txt": plain.read}


@dataclass(frozen=True, slots=True)
class Ingest:
    """What an event's files gave: frames of the tables articles, furniture and problems."""

    articles: pl.DataFrame
    furniture: pl.DataFrame
    problems: pl.DataFrame


def ingest(event: Event, on_file: Callable[[], None] = lambda: None) -> Ingest:
    """Read every file of `event`, in order of path. `on_file` is called after each, for progress."""
    articles: dict[str, dict[str, Any]] = {}
    stretches: list[dict[str, Any]] = []
    problems: list[dict[str, Any]] = []
    for path in event.files:
        name = path.relative_to(event.root).as_posix()
        try:
            row = _article(event.event_id, name, path)
        except UnreadableError as error:
            problems.append(_problem(event.event_id, name, "error", str(error), error.remedy))
        else:
            twin = articles.setdefault(row["article_id"], row)
            if twin is not row:
                message = f"the same bytes and URL as {twin['raw_path']}; read once"
                problems.append(_problem(event.event_id, name, "warning", message, "remove one of the two"))
            else:
                stretches.extend(_furniture(row))
                problems.extend(_gaps(row))
        on_file()
    for table in event.coded:
        try:
            reports = coded.rows(event.event_id, event.root, table)
        except UnreadableError as error:
            problems.append(_problem(event.event_id, table.file, "error", str(error), error.remedy))
        else:
            articles.update({row["article_id"]: row for row in reports})
    if event.config_error:
        message = f"cannot be used: {event.config_error}; the event was read without it"
        problems.append(
            _problem(event.event_id, CONFIG, "error", message, "correct that entry and run again")
        )
    if not event.files and not event.coded:
        remedy = f"put {' or '.join(ARTICLE_SUFFIXES)} files into it"
        problems.append(_problem(event.event_id, ARTICLES, "error", "the folder holds no files", remedy))
    return Ingest(
        ARTICLES_TABLE.frame(list(articles.values())), FURNITURE.frame(stretches), PROBLEMS.frame(problems)
    )


def _article(event_id: str, name: str, path: Path) -> dict[str, Any]:
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        known = ", ".join(sorted(READERS))
        raise UnreadableError(
            f"files of the kind {path.suffix or 'without an ending'} are not read",
            f"save it as one of {known}",
        )
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise UnreadableError(
            f"cannot be opened: {error.strerror}", "make the file readable and run again"
        ) from error
    page = reader(raw)
    mark = wire(page.text)
    owned = outlet(page.outlet, page.url)
    identity = hashlib.sha256(raw + b"\0" + (page.url or "").encode())
    return {
        "article_id": "a" + identity.hexdigest()[:12],
        "event_id": event_id,
        "url": page.url,
        "outlet": page.outlet or (owned.name if owned else host(page.url)),
        "publisher": owned.publisher if owned else None,
        "byline": page.byline,
        "title": page.title,
        "published_at": page.published_at,
        "published_precision": page.precision,
        "retrieved_at": page.retrieved_at,
        "language": page.language,
        "kind": page.kind,
        "wire": mark.agency if mark else None,
        "wire_evidence": mark.evidence if mark else None,
        "text": page.text,
        "text_sha256": hashlib.sha256(page.text.encode()).hexdigest(),
        "raw_path": name,
        "raw_sha256": hashlib.sha256(raw).hexdigest(),
        "version_of": None,
    }


def _furniture(row: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "article_id": row["article_id"],
            "event_id": row["event_id"],
            "start": stretch.start,
            "end": stretch.end,
            "pattern": stretch.pattern,
        }
        for stretch in furniture.furniture(row["text"], furniture.patterns())
    ]


def _gaps(row: dict[str, Any]) -> list[dict[str, Any]]:
    """What is missing in an article that is used all the same."""
    if row["published_at"] is not None:
        return []
    message = "no date of publication: its claims have no place in time"
    remedy = "add `published: YYYY-MM-DD` to its front matter"
    return [_problem(row["event_id"], row["raw_path"], "warning", message, remedy)]


def _problem(event_id: str, path: str, severity: str, message: str, remedy: str) -> dict[str, Any]:
    return {
        "event_id": event_id,
        "path": path,
        "stage": "ingest",
        "severity": severity,
        "message": message,
        "remedy": remedy,
    }
