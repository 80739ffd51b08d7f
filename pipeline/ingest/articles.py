"""One event's files, read into articles, furniture and problems. One unreadable file stops nothing."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

import polars as pl

from pipeline.coded.files import inside
from pipeline.events import ARTICLES, CONFIG, Event
from pipeline.ingest import apart, coded, files, furniture, unfetched
from pipeline.ingest.head import Head, head
from pipeline.ingest.languages import language
from pipeline.ingest.limits import Limits
from pipeline.ingest.page import Note, Page, Source, UnreadableError
from pipeline.ingest.publishers import host, outlet
from pipeline.ingest.versions import versions
from pipeline.ingest.wires import wire
from pipeline.schema import ARTICLES as ARTICLES_TABLE
from pipeline.schema import FURNITURE, PROBLEMS
from pipeline.words import printable

_READ: Final = "en"
_LONGEST: Final = 2_000  # characters of a message
_TOLD: Final = 100  # problems of one file that are told one by one


@dataclass(frozen=True, slots=True)
class Ingest:
    """What an event's files gave: frames of the tables articles, furniture and problems."""

    articles: pl.DataFrame
    furniture: pl.DataFrame
    problems: pl.DataFrame


def ingest(event: Event, on_file: Callable[[], None] = lambda: None, limits: Limits | None = None) -> Ingest:
    """Read every file of `event`, in order of path. `on_file` is called after each, for progress."""
    limits = limits or Limits()
    found = _Found(event.event_id)
    for source, pages in apart.pages(_sources(event, found, on_file, limits), limits):
        if isinstance(pages, UnreadableError):
            found.error(source.path, pages, source.file)
        else:
            for number, page in enumerate(pages, 1):
                if len(page.text) > limits.text_characters:
                    remedy = limits.remedy("text_characters")
                    found.error(source.path, UnreadableError("its text is too long", remedy), source.file)
                else:
                    found.article(source, page, number if source.many else None)
    tables = coded.tables(event, limits)
    for one in tables.problems:
        found.problem(one.path, one.severity, Note(one.message, one.remedy))
    for url, told in unfetched.reasons(event.root).items():
        reason, _, remedy = told.rpartition("; ")
        found.error(printable(url), UnreadableError(reason or told, remedy or "add it again"))
    if event.config_error:
        reason = f"cannot be used: {event.config_error}; the event was read without it"
        found.error(CONFIG, UnreadableError(reason, "correct that entry and run again"))
    if not event.files and not event.coded:
        remedy = f"put article files into it: {', '.join(files.ENDINGS)}"
        found.error(ARTICLES, UnreadableError("the folder holds no files", remedy))
    written = ARTICLES_TABLE.frame(list(found.kept()))
    frame = pl.concat([written, tables.articles]).sort(ARTICLES_TABLE.key)
    kept = FURNITURE.frame(found.furniture).join(frame.select("article_id"), on="article_id", how="semi")
    return Ingest(frame, kept, PROBLEMS.frame(list(found.problems.values())))


def _sources(event: Event, found: _Found, on_file: Callable[[], None], limits: Limits) -> Iterator[Source]:
    """What the event's files hold, in order of path; what cannot be used goes to `found`."""
    for path in event.files:
        name = printable(path.relative_to(event.root).as_posix())
        for one in _within(path, event.root, limits):
            if isinstance(one, UnreadableError):
                found.error(name, one, name)
            else:
                yield replace(one, file=name, part=printable(one.part))
        on_file()


def _within(path: Path, root: Path, limits: Limits) -> Iterator[Source | UnreadableError]:
    """What a file holds; or why it cannot be used."""
    if not path.is_file():
        yield UnreadableError(_instead_of_a_file(path), "put the article's file there, or remove it")
    elif path.is_symlink() and not inside(root, path):
        yield UnreadableError("is a link to outside of the event's folder", "copy the file into the folder")
    else:
        try:
            yield from files.sources(path, limits)
        except UnreadableError as error:
            yield error


def _instead_of_a_file(path: Path) -> str:
    if path.is_symlink():
        return "is a link to a folder, which is not followed" if path.is_dir() else "is a link to nothing"
    return "is a folder that cannot be opened" if path.is_dir() else "is no plain file"


@dataclass(slots=True)
class _Found:
    """What reading has found so far: rows of the tables articles (by id), furniture and problems (each once).

    `entries` are ids of articles that are entries of feeds, `by_hand` of those that are a file of their own.
    """

    event_id: str
    articles: dict[str, dict[str, Any]] = field(default_factory=dict)
    entries: set[str] = field(default_factory=set)
    by_hand: set[str] = field(default_factory=set)
    furniture: list[dict[str, Any]] = field(default_factory=list)
    problems: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    told: Counter[str] = field(default_factory=Counter)

    def error(self, path: str, error: UnreadableError, file: str | None = None) -> None:
        """Add a problem that keeps a file, or a part of `file`, from being read."""
        self.problem(path, "error", Note(error.message, error.remedy), file)

    def article(self, source: Source, page: Page, number: int | None) -> None:
        """Add a page. `number`: which of the pages of its source it is."""
        page = replace(
            page, **{name: value for name, value in source.known.items() if getattr(page, name) is None}
        )
        url = page.url if host(page.url) and str(page.url).isprintable() else None
        page = replace(page, url=url, language=language(page.text, page.language))
        opening = head(page.text)
        row = _row(self.event_id, source, page, opening, number)
        twin = self.articles.setdefault(row["article_id"], row)
        if twin is row:
            self._furniture(row, opening)
            if number:
                self.entries.add(row["article_id"])
            elif not source.part:
                self.by_hand.add(row["article_id"])
            notes = (*source.notes, *page.notes, *_gaps(page))
        elif source.part or number:  # an archive that holds a page twice is no slip of a person's
            notes = ()
        else:
            remedy = "remove one of the two"
            notes = (Note(f"the same bytes and URL as {twin['raw_path']}; read once", remedy),)
        # Of an archive the place alone does not tell a person which page is meant.
        which = f" ({row['url']})" if row["url"] and (source.part or number) else ""
        for note in notes:
            self.problem(row["raw_path"], "warning", Note(note.message + which, note.remedy), source.file)

    def kept(self) -> Iterator[dict[str, Any]]:
        """The articles with their versions. Of a page that was captured again unchanged one is enough."""
        for row in versions(self.articles.values(), self.entries):
            if twin := row.pop("twin", None):
                if row["article_id"] in self.by_hand:
                    note = Note(f"the same page and text as {twin}; read once", "remove one of the two")
                    self.problem(row["raw_path"], "warning", note)
            else:
                yield row

    def _furniture(self, row: dict[str, Any], opening: Head) -> None:
        stretches = sorted(
            (*furniture.furniture(row["text"], furniture.patterns()), *opening.stretches),
            key=lambda one: (one.start, -one.end),
        )
        end = 0
        for stretch in stretches:
            if stretch.start >= end:
                end = stretch.end
                ids = {"article_id": row["article_id"], "event_id": self.event_id}
                self.furniture.append(
                    {**ids, "start": stretch.start, "end": stretch.end, "pattern": stretch.pattern}
                )

    def problem(self, path: str, severity: str, note: Note, file: str | None = None) -> None:
        """Add a row of the table problems. Of one `file` the first are told, and how many more there are."""
        if file:
            self.told[file] += 1
            if (more := self.told[file] - _TOLD) > 0:
                self.problems[file, ""] = {
                    **self.problems.get((file, ""), {"severity": severity, "remedy": note.remedy}),
                    "event_id": self.event_id,
                    "path": printable(file),
                    "stage": "ingest",
                    "message": f"{more} more problems of this kind and others",
                }
                return
        path, message = printable(path), printable(note.message)[:_LONGEST]
        self.problems[path, message] = {
            "event_id": self.event_id,
            "path": path,
            "stage": "ingest",
            "severity": severity,
            "message": message,
            "remedy": printable(note.remedy)[:_LONGEST],
        }


def _row(event_id: str, source: Source, page: Page, opening: Head, number: int | None) -> dict[str, Any]:
    """A row of the table `articles`."""
    byline = page.byline or opening.byline
    mark = wire(page.text, byline=byline, outlet_name=page.outlet, url=page.url, declared=page.wire)
    owned = outlet(page.outlet, page.url)
    # Entries of a feed share its bytes: each is known by what it says itself.
    raw = source.raw if number is None else page.text.encode()
    identity = hashlib.sha256(raw + b"\0" + (page.url or "").encode())
    published_at, precision = page.published or (None, None)
    updated_at, updated_precision = page.updated or (None, None)
    return {
        "article_id": "a" + identity.hexdigest()[:12],
        "event_id": event_id,
        "url": page.url,
        "outlet": page.outlet or (owned.name if owned else host(page.url)),
        "publisher": owned.publisher if owned else None,
        "byline": byline,
        "dateline": opening.dateline,
        "title": page.title,
        "published_at": published_at,
        "published_precision": precision,
        "updated_at": updated_at,
        "updated_precision": updated_precision,
        "retrieved_at": page.retrieved_at,
        "language": page.language,
        "kind": page.kind,
        "wire": mark.agency if mark else None,
        "wire_mark": mark.mark if mark else None,
        "wire_evidence": mark.evidence if mark else None,
        "text": page.text,
        "text_sha256": hashlib.sha256(page.text.encode()).hexdigest(),
        "raw_path": source.path if number is None else f"{source.path}#{number}",
        "raw_sha256": hashlib.sha256(source.raw).hexdigest(),
        "version_of": None,
    }


def _gaps(page: Page) -> Iterator[Note]:
    """What is missing in an article that is used all the same."""
    if page.published is None:
        yield Note(
            "no date of publication: its claims have no place in time",
            "save it as .md with `published: YYYY-MM-DD` in its front matter",
        )
    if page.language and page.language != _READ:
        yield Note(
            f"its language is {page.language}: only English is read, so that few of its claims are found",
            "add a translation as .md, and say in its front matter whose it is",
        )
