"""Web archive packages (WACZ 1.1): WARC files that a ZIP holds under archive/. None is unpacked to disk."""

from __future__ import annotations

import lzma
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO, Final, cast

from pipeline.ingest import warc
from pipeline.ingest.page import Source, UnreadableError
from pipeline.limits import Limits

_FOLDER: Final = "archive/"
_ENDINGS: Final = (".warc", ".warc.gz")
# What zipfile raises of packages that are damaged, encrypted, cut short or packed in a way it does not know.
_FAULTS: Final = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, RuntimeError, ValueError)
_AGAIN: Final = "export the collection again"


def sources(path: Path, limits: Limits) -> Iterator[Source | UnreadableError]:
    """The pages of every archive in the package, in order of name. Raises UnreadableError if it has none."""
    try:
        package = zipfile.ZipFile(path)
    except _FAULTS as error:
        raise UnreadableError(f"is no WACZ: {error}", _AGAIN) from error
    with package:
        members = [one for one in package.infolist() if one.filename.lower().endswith(_ENDINGS)]
        members = sorted(
            (one for one in members if one.filename.startswith(_FOLDER)), key=lambda one: one.filename
        )
        if not members:
            raise UnreadableError("is no WACZ: it holds no archive/*.warc.gz", _AGAIN)
        if _overlap(package.infolist()):
            raise UnreadableError("is no WACZ: its files lie in one another", _AGAIN)
        if sum(one.file_size for one in members) > limits.archive_bytes:
            raise UnreadableError("is too large", limits.remedy("archive_bytes"))
        for member in members:
            name = member.filename.removeprefix(_FOLDER)
            try:
                with package.open(member) as stream:
                    for found in warc.records(cast("BinaryIO", stream), limits):
                        yield _named(found, name)
            except (*_FAULTS, OSError) as error:
                yield UnreadableError(f"{name} cannot be unpacked: {error}", _AGAIN)


def _overlap(members: list[zipfile.ZipInfo]) -> bool:
    """Whether the same bytes count for several files, as in a bomb. Python checks from 3.11.8 on."""
    placed = sorted((one.header_offset, one.compress_size) for one in members)
    return any(start + size >= after for (start, size), (after, _) in pairwise(placed))


def _named(found: Source | UnreadableError, name: str) -> Source | UnreadableError:
    if isinstance(found, UnreadableError):
        return UnreadableError(f"{name}: {found}", found.remedy)
    return replace(found, part=f"#{name}{found.part}")
