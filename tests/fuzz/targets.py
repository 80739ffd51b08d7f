"""What is fuzzed: each kind of input of an event's folder, and what must hold of the tables made from it."""

from __future__ import annotations

import time
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, NamedTuple
from unittest.mock import patch

import polars as pl
from declared import violations

from pipeline.actors import actors
from pipeline.checking import labelled
from pipeline.events import Event, load
from pipeline.extract.claims import at_home, extract
from pipeline.extract.coded import coded
from pipeline.extract.lexicon import load_lexicon
from pipeline.ingest import files
from pipeline.ingest.articles import Ingest, ingest
from pipeline.ingest.page import Source, UnreadableError
from pipeline.labels import LabelError
from pipeline.limits import Limits
from pipeline.review.applying import apply
from pipeline.review.reading import read as decisions
from pipeline.schema import ARTICLES, CLAIMS, EXTRACTED, FURNITURE, PROBLEMS, REJECTED, REVIEWS
from pipeline.table import Table

LIMITS: Final = Limits(
    page_bytes=200_000, archive_bytes=2_000_000, table_bytes=200_000, text_characters=100_000
)
CORPUS: Final = Path(__file__).with_name("corpus")
SECONDS: Final = 10  # of the processor, that an input of the corpus may take
GOOD: Final = (
    b"---\noutlet: Post\npublished: 2023-05-04\n---\nPolice said 12 people were killed in Riverton.\n"
)
DESCRIBED: Final = b"""title = "Riverton, May 2023"
[[coded]]
file = "input.csv"
outlet = ["paper", "coder"]
published = "printed"
start = "from"
end = "until"
days = ["%d/%m/%Y"]
place = "town"
country = "country"
attribution = "who"
figures = [
  { metric = "killed", best = "dead", low = "least", high = "most" },
  { metric = "injured", best = "hurt", population = "children", change = true },
]
"""
MANY: Final = (".warc", ".warc.gz", ".wacz", ".jsonl", ".rss")  # kinds of file that may hold several pages
_SHOWN: Final = "^(text|url|outlet|byline|title|raw_path|language|path|message|remedy)$"


class Target(NamedTuple):
    """`file`: where in an event's folder the input stands, `beside`: what stands there too."""

    file: str
    check: Callable[[Path], None]
    beside: Mapping[str, bytes] = {}

    def run(self, raw: bytes, folder: Path) -> None:
        """Read the input `raw` in an empty `folder`. Raises whatever is wrong."""
        for name, content in {**self.beside, self.file: raw}.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        started = time.process_time()
        self.check(folder)
        assert time.process_time() - started < SECONDS


def shown(text: str) -> bool:
    """Whether a terminal, a table and XML can hold the text."""
    return all(char in "\n\t" or unicodedata.category(char) not in ("Cc", "Cs") for char in text)


def check_tables(*frames: tuple[Table, pl.DataFrame]) -> None:
    """Frames are as their tables are declared, and can be shown."""
    for table, frame in frames:
        assert violations(table, frame) == []
        for column in frame.select(_SHOWN):
            assert all(shown(text) for text in column.drop_nulls()), column.name
            assert column.name == "text" or column.str.contains("\n").any() is not True, column.name


def check_ingest(found: Ingest) -> None:
    """What the tables of one event must be, whatever its files held."""
    check_tables((ARTICLES, found.articles), (FURNITURE, found.furniture), (PROBLEMS, found.problems))
    texts = dict(found.articles.select("article_id", "text").iter_rows())
    end: dict[str, int] = {}
    for name, start, stop in found.furniture.select("article_id", "start", "end").iter_rows():
        assert end.get(name, 0) <= start < stop <= len(texts[name])
        end[name] = stop


def walk(folder: Path) -> tuple[Event, Ingest, pl.DataFrame]:
    """The event in `folder`, read in this process, with the claims of its articles and tables."""
    event = load(folder)
    for mistake in event.mistakes:
        assert mistake.message, mistake
        assert mistake.remedy, mistake
    with patch.object(files, "sources", _here(files.sources)):
        found = ingest(event, limits=LIMITS)
    check_ingest(found)
    unforeseen = found.problems.filter(pl.col("message").str.starts_with("cannot be read: "))
    assert unforeseen["message"].to_list() == []
    written = found.articles.filter(pl.col("kind") != "coded")
    claims = extract(written, found.furniture, at_home(load_lexicon(event), written), limits=LIMITS)
    assert claims.refused["message"].to_list() == []
    extracted = pl.concat([claims.claims, coded(found.articles, event.coded)])
    check_tables((EXTRACTED, extracted), (REJECTED, claims.rejected))
    texts = dict(found.articles.select("article_id", "text").iter_rows())
    for article_id, start, stop, quote in extracted.select("article_id", "start", "end", "quote").iter_rows():
        assert texts[article_id][start:stop] == quote
    return event, found, extracted


def _here(sources: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
    """Sources that are read in this process, where a fault shows itself."""

    def within(path: Path, limits: Limits) -> Iterator[Source | UnreadableError]:
        for one in sources(path, limits):
            yield one if isinstance(one, UnreadableError) else replace(one, apart=False)

    return within


def _article(folder: Path) -> None:
    """The input gives pages, or a problem says why it has none."""
    _, found, _ = walk(folder)
    pages = found.articles.height
    errors = found.problems.filter(severity="error")["path"].to_list()
    assert pages or errors
    many = any(path.name.endswith(MANY) for path in folder.rglob("input.*"))
    assert many or not (pages and errors), errors


def _table(folder: Path) -> None:
    """The rows of the table are articles, or a problem says why they are none."""
    _, found, _ = walk(folder)
    assert found.articles.height or found.problems.height


def _event(folder: Path) -> None:
    """Whatever event.toml says, the event's article is read and its claim found."""
    _, found, claims = walk(folder)
    assert "articles/good.md" in found.articles["raw_path"].to_list() + found.problems["path"].to_list()
    assert claims.height or found.problems.filter(severity="error").height


def _reviews(folder: Path) -> None:
    event, found, extracted = walk(folder)
    decided = decisions(event.root, event.reviews)
    reviewed = apply(extracted, found.articles, decided, event, actors(event))
    check_tables((CLAIMS, reviewed.claims), (REVIEWS, reviewed.reviews), (PROBLEMS, reviewed.problems))


def _failed(folder: Path) -> None:
    _, found, claims = walk(folder)
    assert claims.height == 1
    assert found.articles.height == 1


def _labels(folder: Path) -> None:
    with suppress(LabelError):
        labelled.read(folder)


_ENDINGS: Final = {
    "html": "html",
    "mhtml": "mhtml",
    "warc": "warc",
    "warc-packed": "warc.gz",
    "wacz": "wacz",
    "feed": "rss",
    "jsonl": "jsonl",
    "plain": "txt",
    "markdown": "md",
}
_BESIDE: Final = {"articles/good.md": GOOD}
TARGETS: Final[dict[str, Target]] = {
    **{name: Target(f"articles/input.{ending}", _article) for name, ending in _ENDINGS.items()},
    "event": Target("event.toml", _event, _BESIDE),
    "reviews": Target("reviews.csv", _reviews, _BESIDE),
    "coded": Target("coded/input.csv", _table),
    "described": Target("coded/input.csv", _table, {"event.toml": DESCRIBED}),
    "failed": Target("failed.txt", _failed, _BESIDE),
    "labels": Target("labels.jsonl", _labels),
}
