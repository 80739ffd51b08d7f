"""The body of `counterclaim add`: what is given becomes files of the event, or a failure with its remedy."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from pipeline import __version__
from pipeline.events import EventError, discover
from pipeline.fetch import failed, sources
from pipeline.fetch.address import parse
from pipeline.fetch.capture import archive
from pipeline.fetch.client import Client, Visit
from pipeline.fetch.connection import Connector, Exchange
from pipeline.fetch.content import is_feed, links, unpacked
from pipeline.fetch.failure import FetchError
from pipeline.fetch.keeping import capture_name, is_kept, keep_bytes
from pipeline.fetch.limits import FetchLimits
from pipeline.fetch.politeness import SystemClock
from pipeline.folders import ARTICLES, CODED, article_files
from pipeline.limits import Limits
from pipeline.progress import Progress
from pipeline.settings import Settings

SOFTWARE: Final = f"Counterclaim/{__version__}"
AGENT: Final = f"{SOFTWARE} (keeps news articles that a person asks for; heeds robots.txt)"
FETCHED: Final = "fetched"  # answers that are no articles: feeds, robots.txt, refusals
_SLUG: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_ENDING: Final = ".warc.gz"
_NOT_YET: Final = "was not fetched: the run was stopped; add it again"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one thing that was given: the file that keeps it, or why there is none."""

    given: str
    kept: Path | None = None
    failure: FetchError | None = None


def event_folder(data: Path, event: str) -> Path:
    """The folder of `event` in `data`, which need not exist. Raises EventError if its name cannot be one."""
    try:
        found = next((one for one in discover(data) if one.event_id == event), None)
    except EventError:
        found = None
    if found is None:
        if len(event) > 100 or not _SLUG.fullmatch(event):
            rule = "use small letters, digits and single hyphens"
            raise EventError(f"{event[:100]!a} is no name for an event: {rule}")
        return data / event
    if found.files and not (found.root / ARTICLES).is_dir():
        inner = found.root / ARTICLES
        raise EventError(f"move the files of {found.root} into {inner} first: others are added there")
    return found.root


@dataclass
class Adding:
    """Adds to one event's `folder`. `tell` hears of each outcome as it comes.

    Pages stand in articles/, one web archive for each time that an address was fetched, so that versions
    stay; with `only_new`, once. A feed stands in fetched/ with all else that is no article: its entries are
    fetched instead.
    """

    folder: Path
    client: Client
    limits: Limits
    fetch_limits: FetchLimits
    progress: Progress
    tell: Callable[[Outcome], None]
    only_new: bool = False
    outcomes: list[Outcome] = field(default_factory=list)
    _results: dict[str, str | None] = field(default_factory=dict)

    def add(self, given: Sequence[str], tables: Sequence[Path]) -> list[Outcome]:
        """Add all that is given, in its order. What was done stays done if it is stopped. Raises OSError."""
        urls: list[str] = []
        for one in given:
            urls.extend(self._addresses(one))
        for path in tables:
            self._kept(str(path), sources.copy_table, path, CODED)
        try:
            entries = self._fetch("fetch", urls, feeds=True)
            self._fetch("entries", entries, feeds=False)
        finally:
            if self._results:
                failed.update(self.folder, self._results)
        return self.outcomes

    def _addresses(self, given: str) -> Iterable[str]:
        if sources.is_address(given):
            return (given,)
        path = Path(given)
        if path.is_dir() and not path.is_symlink():
            for file in article_files(path):
                self._kept(str(file), sources.copy, file, ARTICLES)
            return ()
        try:
            if lines := sources.addresses(path):
                return lines
        except FetchError as error:
            self._say(Outcome(given, failure=error))
            return ()
        self._kept(given, sources.copy, path, ARTICLES)
        return ()

    def _kept(self, given: str, copy: Callable[[Path, Path], Path], path: Path, room: str) -> None:
        try:
            self._say(Outcome(given, copy(path, self.folder / room)))
        except FetchError as error:
            self._say(Outcome(given, failure=error))

    def _fetch(self, stage: str, given: Sequence[str], *, feeds: bool) -> list[str]:
        """Fetch each address that was not fetched before; gives the addresses of the feeds' entries."""
        wanted = list(self._valid(given))
        self._results.update(dict.fromkeys(wanted, _NOT_YET))
        entries: list[str] = []
        if wanted:
            with self.progress.stage(stage, len(wanted)) as step:
                for url in wanted:
                    entries.extend(self._one(url, feeds=feeds))
                    step()
        return entries

    def _valid(self, given: Sequence[str]) -> Iterator[str]:
        seen = set(self._results)
        for text in given:
            try:
                address = parse(text)
            except FetchError as error:
                self._say(Outcome(text, failure=error))
                continue
            if address.url not in seen and not (self.only_new and is_kept(self.folder / ARTICLES, address)):
                seen.add(address.url)
                yield address.url

    def _one(self, url: str, *, feeds: bool) -> Sequence[str]:
        visit = self.client.visit(url)
        found: Sequence[str] = ()
        kept: Path | None = None
        failure = visit.failure
        if failure is None:
            try:
                found, kept = self._page(url, visit, feeds=feeds)
            except FetchError as error:
                failure = error
        if kept is None:
            visit.others += visit.chain
        aside = self._archive(FETCHED, url, visit.others)
        self._results[url] = f"{failure.message}; {failure.remedy}" if failure else None
        self._say(Outcome(url, None if failure else kept or aside, failure))
        return self._first(url, found)

    def _page(self, url: str, visit: Visit, *, feeds: bool) -> tuple[Sequence[str], Path | None]:
        """The addresses of the entries of a feed; or the file that keeps the page."""
        last = visit.chain[-1]
        raw = unpacked(last, self.limits.page_bytes)
        if not is_feed(last, raw):
            return (), self._archive(ARTICLES, url, visit.chain)
        if not feeds:
            raise FetchError("is a feed in a feed, which is not followed", "add its address by itself")
        return links(last, raw, self.limits), None

    def _first(self, url: str, entries: Sequence[str]) -> Sequence[str]:
        most = self.fetch_limits.feed_entries
        if len(entries) > most:
            reason = f"has {len(entries)} entries, of which the first {most} are fetched"
            self._say(Outcome(url, failure=FetchError(reason, self.fetch_limits.remedy("feed_entries"))))
        return entries[:most]

    def _archive(self, room: str, url: str, exchanges: Sequence[Exchange]) -> Path | None:
        if not exchanges:
            return None
        name = capture_name(parse(url), exchanges[0].at)
        return keep_bytes(self.folder / room, name, _ENDING, archive(exchanges, SOFTWARE))

    def _say(self, outcome: Outcome) -> None:
        if outcome.kept:
            (self.folder / ARTICLES).mkdir(exist_ok=True)  # what makes a folder an event
        self.outcomes.append(outcome)
        self.tell(outcome)


def adding(
    folder: Path,
    settings: Settings,
    delay: float | None,
    progress: Progress,
    tell: Callable[[Outcome], None],
    *,
    only_new: bool = False,
) -> Adding:
    """What adds to `folder`, at `delay` seconds between two requests to a host if it is given."""
    fetch_limits = replace(settings.fetch_limits, delay_seconds=delay or settings.fetch_limits.delay_seconds)
    connector = Connector(AGENT, fetch_limits, settings.allow_private)
    client = Client(connector, SystemClock(), settings.limits.page_bytes)
    return Adding(folder, client, settings.limits, fetch_limits, progress, tell, only_new)
