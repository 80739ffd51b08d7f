"""What manifest.json says, as a frozen value, and how it is written: the same value gives the same bytes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from pipeline.provenance import File

NAME: Final = "manifest.json"
FORMAT: Final = "counterclaim manifest 1"


class ManifestError(ValueError):
    """There is no manifest to go by. `remedy` says what a person can do about it."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.remedy = remedy


@dataclass(frozen=True, slots=True)
class Makers:
    """What made a report: versions by name of distribution, one hash over the code, every file of knowledge
    with its hash, and the limits of reading (pipeline/limits.py).
    """

    python: str
    versions: Mapping[str, str]
    code_files: int
    code_sha256: str
    knowledge: tuple[File, ...]
    limits: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Manifest:
    """`inputs` are files of the event, `outputs` those of the report; `counts` are rows of each table."""

    event: str
    title: str
    run_id: str
    inputs_sha256: str
    makers: Makers
    inputs: tuple[File, ...]
    outputs: tuple[File, ...]
    counts: Mapping[str, int]


def written(manifest: Manifest) -> bytes:
    """The file manifest.json. In ASCII: no file's name can turn the line or hide what is written."""
    makers, counts = manifest.makers, manifest.counts.items()
    rows = {f"tables/{name}.{ending}": count for name, count in counts for ending in ("parquet", "csv")}
    told = {
        "format": FORMAT,
        "event": manifest.event,
        "title": manifest.title,
        "run_id": manifest.run_id,
        "inputs_sha256": manifest.inputs_sha256,
        "made_by": {
            "python": makers.python,
            "versions": dict(makers.versions),
            "code": {"files": makers.code_files, "sha256": makers.code_sha256},
            "knowledge": [_file(file) for file in makers.knowledge],
            "limits": dict(makers.limits),
        },
        "inputs": [_file(file) for file in manifest.inputs],
        "outputs": [_file(file, rows.get(file.path)) for file in manifest.outputs],
        "counts": dict(manifest.counts),
    }
    return (json.dumps(told, indent=1) + "\n").encode("ascii")


def _file(file: File, rows: int | None = None) -> dict[str, Any]:
    told = {
        "path": file.path,
        "bytes": file.bytes,
        "sha256": file.sha256,
        "unread": file.unread,
        "rows": rows,
    }
    return {name: value for name, value in told.items() if value is not None}
