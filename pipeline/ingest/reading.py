"""Files read, each for itself: what one file gives depends on no other, so that it is read once."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

import polars as pl

from pipeline.coded.files import inside
from pipeline.ingest import apart, files, furniture
from pipeline.ingest.head import Head, head
from pipeline.ingest.languages import language
from pipeline.ingest.page import ExhaustedError, Note, Page, Source, UnreadableError
from pipeline.ingest.publishers import host, outlet
from pipeline.ingest.wires import wire
from pipeline.limits import Limits
from pipeline.schema import PAGE_FURNITURE, PAGE_PROBLEMS, PAGES
from pipeline.words import printable

_READ: Final = "en"
_LONGEST: Final = 2_000  # characters of a message
_TOLD: Final = 100  # problems of one file that are told one by one
_LINES: Final = ("outlet", "byline", "wire", "title")
_TOGETHER: Final = 500  # files whose pages are held at a time


@dataclass(frozen=True, slots=True)
class Reading:
    """What some files gave: frames of the tables pages, page_furniture and page_problems. `files` names the
    files, `exhausted` those of them whose reading a limit of time or memory ended.
    """

    files: tuple[str, ...]
    exhausted: frozenset[str]
    pages: pl.DataFrame
    furniture: pl.DataFrame
    problems: pl.DataFrame


def name_of(path: Path, root: Path) -> str:
    """A file as tables and messages name it: relative to its event's folder."""
    return printable(path.relative_to(root).as_posix())


def read(
    event_id: str,
    root: Path,
    paths: Sequence[Path],
    limits: Limits,
    on_file: Callable[[], None] = lambda: None,
) -> Iterator[Reading]:
    """What the files at `paths`, under the event's folder `root`, hold; some files at a time. `on_file` is
    called after each file, for progress.
    """
    with apart.Readers(limits) as readers:
        for begin in range(0, len(paths), _TOGETHER):
            some = paths[begin : begin + _TOGETHER]
            found = _Found(event_id)
            for source, pages in readers.pages(_sources(root, some, found, on_file, limits)):
                if isinstance(pages, UnreadableError):
                    found.error(source.path, pages, source.file)
                else:
                    _pages(found, source, pages, limits)
            yield Reading(
                tuple(name_of(path, root) for path in some),
                frozenset(found.exhausted),
                PAGES.frame(found.pages),
                PAGE_FURNITURE.frame(found.furniture),
                PAGE_PROBLEMS.frame(list(found.problems.values())),
            )


def _pages(found: _Found, source: Source, pages: Sequence[Page], limits: Limits) -> None:
    for number, page in enumerate(pages, 1):
        if len(page.text) > limits.text_characters:
            remedy = limits.remedy("text_characters")
            found.error(source.path, UnreadableError("its text is too long", remedy), source.file)
        else:
            found.page(source, page, number if source.many else None)


def _sources(
    root: Path, paths: Sequence[Path], found: _Found, on_file: Callable[[], None], limits: Limits
) -> Iterator[Source]:
    """What the files hold, in their order; what cannot be used goes to `found`."""
    for path in paths:
        name = name_of(path, root)
        for one in _within(path, root, limits):
            if isinstance(one, UnreadableError):
                found.error(name, one, name)
            else:
                yield replace(one, file=name, part=printable(one.part))
        on_file()


def _within(path: Path, root: Path, limits: Limits) -> Iterator[Source | UnreadableError]:
    """What a file holds; or why it cannot be used."""
    if not path.is_file():
        yield UnreadableError(_instead_of_a_file(path), "put the article's file there, or remove it")
    elif not inside(root, path):
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
    """What reading has found so far: rows of pages and page_furniture, and of page_problems, each once."""

    event_id: str
    pages: list[dict[str, Any]] = field(default_factory=list)
    furniture: list[dict[str, Any]] = field(default_factory=list)
    problems: dict[tuple[str, str, str], dict[str, Any]] = field(default_factory=dict)
    exhausted: set[str] = field(default_factory=set)
    told: Counter[str] = field(default_factory=Counter)
    places: Counter[str] = field(default_factory=Counter)

    def error(self, path: str, error: UnreadableError, file: str) -> None:
        """Add a problem that keeps a file, or a part of it, from being read."""
        if isinstance(error, ExhaustedError):
            self.exhausted.add(file)
        self._problem(file, None, path, "error", Note(error.message, error.remedy))

    def page(self, source: Source, page: Page, number: int | None) -> None:
        """Add a page. `number`: which of the pages of its source it is, if that may hold several."""
        known = {name: value for name, value in source.known.items() if getattr(page, name) is None}
        page = replace(page, **known)
        lines: dict[str, Any] = {name: _one_line(getattr(page, name)) for name in _LINES}
        page = replace(page, **lines)
        url = page.url if host(page.url) and str(page.url).isprintable() else None
        page = replace(page, url=url, language=language(page.text, page.language))
        opening = head(page.text)
        place = self.places[source.file]
        self.places[source.file] += 1
        where = {"file": source.file, "place": place}
        row = _row(self.event_id, source, page, opening, number)
        self.pages.append({**where, "entry": bool(number), "whole": not (number or source.part), **row})
        ids = {**where, "article_id": row["article_id"], "event_id": self.event_id}
        self.furniture += [{**ids, **stretch} for stretch in _stretches(page.text, opening)]
        # Of an archive the place alone does not tell a person which page is meant.
        which = f" ({row['url']})" if row["url"] and (source.part or number) else ""
        for note in (*source.notes, *page.notes, *_gaps(page)):
            told = Note(note.message + which, note.remedy)
            self._problem(source.file, place, row["raw_path"], "warning", told)

    def _problem(self, file: str, place: int | None, path: str, severity: str, note: Note) -> None:
        """Add a problem. Of one file the first are told, and how many more there are."""
        self.told[file] += 1
        if (more := self.told[file] - _TOLD) > 0:
            first = self.problems.get((file, file, ""), {"severity": severity, "remedy": note.remedy})
            row = problem(
                self.event_id,
                file,
                first["severity"],
                Note(f"{more} more problems of this kind and others", first["remedy"]),
            )
            self.problems[file, file, ""] = {"file": file, "place": None, **row}
            return
        row = problem(self.event_id, path, severity, note)
        self.problems[file, row["path"], row["message"]] = {"file": file, "place": place, **row}


def _one_line(text: str | None) -> str | None:
    """A name or title that a page gives over several lines."""
    parts = (part.strip() for part in text.splitlines()) if text else ()
    return text if text and text.isprintable() else " ".join(filter(None, parts)) or None


def problem(event_id: str, path: str, severity: str, note: Note) -> dict[str, Any]:
    """A row of the table `problems`."""
    return {
        "event_id": event_id,
        "path": printable(path),
        "stage": "ingest",
        "severity": severity,
        "message": printable(note.message)[:_LONGEST],
        "remedy": printable(note.remedy)[:_LONGEST],
    }


def _stretches(text: str, opening: Head) -> Iterator[dict[str, Any]]:
    """The text's furniture, no stretch of which overlaps another."""
    stretches = sorted(
        (*furniture.furniture(text, furniture.patterns()), *opening.stretches),
        key=lambda one: (one.start, -one.end),
    )
    end = 0
    for stretch in stretches:
        if stretch.start >= end:
            end = stretch.end
            yield {"start": stretch.start, "end": stretch.end, "pattern": stretch.pattern}


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
