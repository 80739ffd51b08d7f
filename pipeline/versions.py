"""What each stage is made by: its code, what it knows, the libraries that shape what comes out of it.

A stage is done again when one of these changes. Hashes of the files themselves, so that nobody needs to
remember to raise a number; `tests/test_made_by.py` sees to it that no stage reads a file it does not name.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Final

from pipeline import __version__

_HERE: Final = Path(__file__).parent
# What every stage may use; the rules by which tables of coded figures are read are known to their columns.
_SHARED: Final = (
    *("config", "events.py", "fingerprint.py", "folders.py", "limits.py", "schema", "table.py", "words.py"),
    "coded",
    "codebooks/coded_tables.toml",
    *(f"ingest/{name}.py" for name in ("__init__", "dates", "decoding", "page")),
)


@dataclass(frozen=True, slots=True)
class Maker:
    """`code` and `knowledge` are files and folders of this package, `libraries` names of distributions."""

    code: tuple[str, ...]
    knowledge: tuple[str, ...] = ()
    libraries: tuple[str, ...] = ()

    @property
    def version(self) -> str:
        """The project's version, and a hash that changes with anything this is made by."""
        return _cached(self)

    @property
    def files(self) -> list[Path]:
        """Every file of this package that it is made by, in order."""
        return sorted(set(_files((*_SHARED, *self.code, *self.knowledge))))


# The metrics and populations that there are: a coded table's figures must be of one of them.
_NAMES: Final = ("lexicon/metrics.toml", "lexicon/populations.toml")
_ACTORS: Final = ("actors.py", "codebooks/actors.toml")
_COUNTRIES: Final = "codebooks/countries.toml"

READING: Final = Maker(
    ("apart.py", "ingest"),
    ("lexicon/furniture.toml", "lexicon/languages.toml", "codebooks/wires.toml", "codebooks/publishers.toml"),
    (
        "charset-normalizer",
        "courlan",
        "fastwarc",
        "feedparser",
        "lxml",
        "py3langid",
        "python-dateutil",
        "pyyaml",
        "trafilatura",
    ),
)
INGEST: Final = Maker(
    READING.code,
    (*READING.knowledge, *_NAMES, _COUNTRIES),
    (*READING.libraries, "polars", "rensa"),
)
EXTRACTION: Final = Maker(
    ("apart.py", "extract", "lexicon/rules.toml"),
    (
        *(
            f"lexicon/{name}.toml"
            for name in (
                "attribution",
                "calendar",
                "grammar",
                "metrics",
                "modifiers",
                "numbers",
                "populations",
                "rejections",
                "stance",
            )
        ),
        *_ACTORS,
        _COUNTRIES,
    ),
    ("polars",),
)
REVIEW: Final = Maker(("review",), (*_NAMES, *_ACTORS, _COUNTRIES), ("polars",))
COMPARISON: Final = Maker(
    ("compare", "actors.py"), ("codebooks", "lexicon/numbers.toml", *_NAMES), ("polars",)
)
REPORT: Final = Maker(
    ("report", "manifest", "actors.py", "exports.py", "files.py", "interchange.py", "provenance.py"),
    ("codebooks", *_NAMES),
    ("jinja2", "matplotlib", "pillow", "polars", "typst"),
)


def version_of(maker: Maker) -> str:
    """The version of `maker` by its files as they are now."""
    digest = hashlib.sha256()
    for path in maker.files:
        digest.update(f"{path.relative_to(_HERE).as_posix()}\0".encode() + path.read_bytes() + b"\0")
    for library in maker.libraries:
        digest.update(f"{library} {_installed(library)}\n".encode())
    return f"{__version__}+{digest.hexdigest()[:12]}"


# The files and libraries of a running process are those it began with.
_cached = cache(version_of)
_installed = cache(version)


def _files(parts: tuple[str, ...]) -> Iterator[Path]:
    for part in parts:
        path = _HERE / part
        if path.is_file():
            yield path
        else:
            yield from (one for one in path.rglob("*") if one.is_file() and one.suffix != ".pyc")
