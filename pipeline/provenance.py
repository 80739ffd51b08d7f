"""What a result was made from: hashes of the inputs, versions of what shaped the output."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Final

import polars as pl

from pipeline import __version__
from pipeline.events import CONFIG, Event
from pipeline.ingest.limits import Limits
from pipeline.schema import RUNS

SHAPING: Final = ("duckdb", "fastwarc", "feedparser", "lxml", "matplotlib", "polars", "trafilatura", "typst")
_HERE: Final = Path(__file__).parent


def run(event: Event, counts: Mapping[str, int]) -> pl.DataFrame:
    """The event's row of `runs`: its inputs, versions, and how many rows tables have. No clock."""
    inputs, versions = _inputs(event), _versions()
    counted = ("articles", "claims", "rejected", "problems", "findings")
    row = {
        "event_id": event.event_id,
        "run_id": "r" + hashlib.sha256(f"{inputs}\0{versions}".encode()).hexdigest()[:12],
        "inputs_sha256": inputs,
        "versions": versions,
        **{name: counts[name] for name in counted},
    }
    return RUNS.frame([row])


def _versions() -> str:
    libraries = [f"{name} {version(name)}" for name in SHAPING]
    return ", ".join([f"counterclaim {__version__}", *libraries])


def _inputs(event: Event) -> str:
    knowledge = sorted((*_HERE.glob("lexicon/*.toml"), *_HERE.glob("codebooks/*.toml")))
    files = [(_HERE, path) for path in knowledge]
    tables = (event.root / table.file for table in event.coded)
    files += [(event.root, path) for path in (event.root / CONFIG, event.reviews, *event.files, *tables)]
    digest = hashlib.sha256()
    for root, path in files:
        if path.is_file():
            name = path.relative_to(root).as_posix()
            digest.update(f"{name}\0{_content(path)}\n".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def _content(path: Path) -> str:
    """The hash of a file; the size of one that is too large to be read as an input."""
    if (size := path.stat().st_size) > Limits().archive_bytes:
        return str(size)
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
