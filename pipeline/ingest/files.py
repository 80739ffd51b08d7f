"""Which files are read, and how: by the end of their names."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final

from pipeline.ingest import jsonl, markdown, plain, wacz, warc
from pipeline.ingest.page import Page, Source, UnreadableError
from pipeline.limits import Limits


def _html(raw: bytes) -> tuple[Page, ...]:
    from pipeline.ingest import html  # noqa: PLC0415 half a second, which an event without HTML need not wait

    return html.read(raw)


def _mhtml(raw: bytes) -> tuple[Page, ...]:
    from pipeline.ingest import mhtml  # noqa: PLC0415

    return mhtml.read(raw)


def _feed(raw: bytes) -> tuple[Page, ...]:
    from pipeline.ingest import feed  # noqa: PLC0415

    return feed.read(raw)


_Reader = Callable[[bytes], tuple[Page, ...]]
# What holds one page, in the reader's own process; what holds one page or feed and is read apart.
_TEXTS: Final[Mapping[str, _Reader]] = {".md": markdown.read, ".txt": plain.read}
_PAGES: Final[Mapping[str, _Reader]] = {
    ".html": _html,
    ".htm": _html,
    ".xhtml": _html,
    ".mhtml": _mhtml,
    ".mht": _mhtml,
}
_FEEDS: Final[Mapping[str, _Reader]] = {".rss": _feed, ".atom": _feed, ".xml": _feed}
_ARCHIVES: Final[Mapping[str, Callable[[Path, Limits], Iterator[Source | UnreadableError]]]] = {
    ".jsonl": jsonl.sources,
    ".warc": warc.sources,
    ".warc.gz": warc.sources,
    ".wacz": wacz.sources,
}
ENDINGS: Final = (*_TEXTS, *_PAGES, *_FEEDS, *_ARCHIVES)


def sources(path: Path, limits: Limits) -> Iterator[Source | UnreadableError]:
    """What one file holds, in its order. Raises UnreadableError if the file cannot be used at all."""
    name = path.name.lower()
    try:
        for ending, within in _ARCHIVES.items():
            if name.endswith(ending):
                if path.stat().st_size > limits.archive_bytes:
                    raise UnreadableError("is too large", limits.remedy("archive_bytes"))
                yield from within(path, limits)
                return
        ending = path.suffix.lower()
        if read := _PAGES.get(ending):
            yield Source(_all_of(path, limits), read, apart=True)
        elif read := _FEEDS.get(ending):
            yield Source(_all_of(path, limits), read, many=True, apart=True)
        elif read := _TEXTS.get(ending):
            yield Source(_all_of(path, limits), read)
        else:
            kind = path.suffix or "without an ending"
            remedy = f"save it as one of {', '.join(ENDINGS)}"
            raise UnreadableError(f"files of the kind {kind} are not read", remedy)
    except OSError as error:
        reason = f"cannot be opened: {error.strerror or error}"
        raise UnreadableError(reason, "make the file readable and run again") from error


def _all_of(path: Path, limits: Limits) -> bytes:
    with path.open("rb") as file:
        raw = file.read(limits.page_bytes + 1)
    if len(raw) > limits.page_bytes:
        raise UnreadableError("is too large", limits.remedy("page_bytes"))
    return raw
