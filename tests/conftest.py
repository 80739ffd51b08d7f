"""Small event folders that tests fill themselves."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import polars as pl
import postgres
import pytest
import road
from hypothesis import settings

from pipeline.events import load
from pipeline.extract.lexicon import load_lexicon
from pipeline.report.view import View, build

# What tests make is theirs alone, with several workers too: they use no home of Dagster and no warehouse that
# whoever runs them has set.
for name in [one for one in os.environ if one.startswith(("COUNTERCLAIM_", "DAGSTER_"))]:
    del os.environ[name]

# A wall clock tells how busy the other workers are: tests of time count lines, or seconds of the processor.
settings.register_profile("here", deadline=None)
settings.load_profile("here")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--pictures", help="a folder for the pictures of the Dagster UI that the docs show")


MakeEvent = Callable[..., Path]
Tables = dict[str, pl.DataFrame]


@pytest.fixture(scope="session")
def server() -> Iterator[postgres.Server]:
    """A server of PostgreSQL, one for all tests of this process."""
    programs = postgres.programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed: apt-get install postgresql")
    with postgres.serving(programs) as found:
        yield found


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

    return road.walk


@pytest.fixture
def view_of(tables_of: Callable[[Path], Tables]) -> Callable[[Path], View]:
    """The view-model of an event folder."""

    def view(folder: Path) -> View:
        event = load(folder)
        return build(event, tables_of(folder), load_lexicon(event).actors)

    return view
