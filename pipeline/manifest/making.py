"""The manifest of a report that was just made, from its folder and its event's files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Final

import polars as pl

from pipeline import provenance
from pipeline.events import Event
from pipeline.limits import Limits
from pipeline.manifest import form, sums
from pipeline.manifest.form import Makers, Manifest, ManifestError
from pipeline.provenance import File
from pipeline.schema import TABLES

# What a run writes: nothing else that lies in the folder is vouched for.
PAGES: Final = ("page-one.png", "report.html", "report.pdf")
FOLDERS: Final = ("figures", "tables")
_AGAIN: Final = "run again"


def make(
    event: Event,
    folder: Path,
    limits: Limits | None = None,
    known: Mapping[tuple[str, int], str] | None = None,
) -> Manifest:
    """The manifest of the report of `event` in `folder`. `known` are hashes of inputs as they were read.

    Raises ManifestError if the folder holds no whole report, or inputs changed while it was made.
    """
    limits = limits or Limits()
    outputs = _outputs(folder)
    tables = {name: folder / "tables" / f"{name}.parquet" for name in TABLES}
    try:
        (run,) = pl.read_parquet(tables["runs"]).to_dicts()
        counts = {
            name: pl.scan_parquet(path).select(pl.len()).collect().item() for name, path in tables.items()
        }
    except (OSError, ValueError, pl.exceptions.PolarsError) as error:
        raise ManifestError(f"{folder}/tables cannot be read: {error}", _AGAIN) from error
    inputs = provenance.inputs(event, limits, known)
    if provenance.inputs_sha256(inputs) != run["inputs_sha256"]:
        raise ManifestError(f"files of {event.event_id} changed while its report was made", _AGAIN)
    return Manifest(
        event.event_id,
        event.title,
        run["run_id"],
        run["inputs_sha256"],
        makers(limits),
        inputs,
        outputs,
        counts,
    )


def makers(limits: Limits) -> Makers:
    """What makes reports in this installation."""
    files, sha256 = provenance.code()
    return Makers(
        provenance.python(), provenance.versions(), files, sha256, provenance.knowledge(), asdict(limits)
    )


def files(manifest: Manifest) -> dict[str, bytes]:
    """manifest.json and SHA256SUMS, which covers every file of the report and manifest.json too: by name."""
    told = form.written(manifest)
    return {form.NAME: told, sums.NAME: sums.written((*manifest.outputs, own(told)))}


def seal(folder: Path) -> str:
    """The hash of SHA256SUMS, which stands for the whole report."""
    return provenance.hashed(folder / sums.NAME, sums.NAME, follow=False).sha256 or ""


def own(told: bytes) -> File:
    """manifest.json as SHA256SUMS knows it."""
    return File(form.NAME, len(told), hashlib.sha256(told).hexdigest())


def _outputs(folder: Path) -> tuple[File, ...]:
    found = [provenance.hashed(folder / name, name, follow=False) for name in PAGES]
    for inner in FOLDERS:
        found += _files(folder / inner, inner)
    if unread := [file for file in found if file.sha256 is None]:
        raise ManifestError(f"{folder / unread[0].path}: {unread[0].unread}", _AGAIN)
    return tuple(sorted(found, key=lambda file: file.path))


def _files(folder: Path, name: str) -> Iterable[File]:
    paths = sorted(folder.iterdir()) if folder.is_dir() else []
    return [provenance.hashed(path, f"{name}/{path.name}", follow=False) for path in paths if path.is_file()]
