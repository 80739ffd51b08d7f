"""A report and its inputs as they are, compared with what the manifest says they were."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from pipeline import provenance
from pipeline.events import Event
from pipeline.limits import Limits
from pipeline.manifest import form, making, reading, sums
from pipeline.manifest.form import Manifest
from pipeline.provenance import File
from pipeline.words import listing, number

_AGAIN: Final = "make the report again with `counterclaim run`"
_FETCH: Final = f"get it again from where you got the report, or {_AGAIN}"
_VERSIONS: Final = "to make the same bytes, install what the notes name"
_FAULT: Final = "the same files and versions give the same bytes: do not publish it before you know why"
_NAMED: Final = 3  # files of knowledge that a note names


@dataclass(frozen=True, slots=True)
class Fault:
    """A file that is not as recorded, by its name in its folder; what is wrong, and what to do about it."""

    path: str
    kind: Literal["changed", "missing", "extra", "sums", "anew"]
    message: str
    remedy: str


def outputs(manifest: Manifest, folder: Path) -> list[Fault]:
    """Files of the report in `folder` that are not as recorded. Links are not followed."""
    there = _there(folder)
    recorded = {file.path: file for file in manifest.outputs}
    now = {name: provenance.hashed(folder / name, name, follow=False) for name in recorded.keys() & there}
    added = sorted(there - recorded.keys() - {form.NAME, sums.NAME})
    return [
        *_compared(recorded, now, _FETCH),
        *(
            Fault(one, "extra", "is no part of the report", "remove it before you pass it on")
            for one in added
        ),
    ]


def can_be_read(faults: Sequence[Fault]) -> bool:
    """Whether the pages of a report with these faults can be held against its tables: the tables are as
    recorded, and each page and figure is there, changed or not.
    """
    read = ("tables/", "figures/", *making.PAGES)
    return not any(
        fault.path.startswith(("tables/", "figures/figures.json"))
        or (fault.kind != "changed" and fault.path.startswith(read))
        for fault in faults
    )


def agreement(manifest: Manifest, told: bytes, folder: Path) -> list[Fault]:
    """Where SHA256SUMS in `folder` does not say what the manifest, whose bytes are `told`, says."""
    path = folder / sums.NAME
    written = provenance.hashed(path, sums.NAME, most=reading.LARGEST, follow=False)
    if written.sha256 is None:
        reason = f"cannot be used: {written.unread}" if os.path.lexists(path) else "is not there"
        return [Fault(sums.NAME, "sums", reason, _FETCH)]
    lines = {file.path: sums.line(file) for file in (*manifest.outputs, making.own(told))}
    found = path.read_bytes()
    if found == sums.written((*manifest.outputs, making.own(told))):
        return []
    known = set(found.splitlines(keepends=True))
    differ = [name for name, line in lines.items() if line not in known]
    message = f"{sums.NAME} does not give it the hash that it has by {form.NAME}"
    if not differ:
        return [Fault(sums.NAME, "sums", f"names more than {form.NAME}, or in another order", _FETCH)]
    return [Fault(name, "sums", message, f"trust neither; {_FETCH}") for name in differ]


def inputs(manifest: Manifest, event: Event, limits: Limits) -> list[Fault]:
    """Files of `event` that are not as they were when the report was made."""
    recorded = {file.path: file for file in manifest.inputs}
    now = {file.path: file for file in provenance.inputs(event, limits)}
    return [
        *_compared(recorded, now, f"bring it back as it was, or {_AGAIN}"),
        *(Fault(one, "extra", "is new since then", _AGAIN) for one in sorted(now.keys() - recorded.keys())),
    ]


def anew(manifest: Manifest, folder: Path, noted: Sequence[str]) -> list[Fault]:
    """Files of the report in `folder`, made anew from the same inputs, that are not those of the manifest.
    `noted` are its notes.
    """
    recorded = {file.path: file for file in manifest.outputs}
    names = _there(folder) - {form.NAME, sums.NAME}
    now = {name: provenance.hashed(folder / name, name, follow=False) for name in names}
    remedy = _VERSIONS if noted else _FAULT
    return [
        Fault(name, "anew", _otherwise(recorded.get(name), now.get(name)), remedy)
        for name in sorted(recorded.keys() | now.keys())
        if recorded.get(name) != now.get(name)
    ]


def notes(manifest: Manifest, limits: Limits) -> list[str]:
    """What made the report and is installed in another version here, a sentence each."""
    then, now = manifest.makers, making.makers(limits)
    told = [
        f"the report was made with {one}" for one in _others({"Python": then.python}, {"Python": now.python})
    ]
    told += [f"the report was made with {one}" for one in _others(then.versions, now.versions)]
    told += [f"the report was made with the limit {one}" for one in _others(then.limits, now.limits)]
    if (then.code_files, then.code_sha256) != (now.code_files, now.code_sha256):
        told.append("the report was made by other code of Counterclaim than is installed here")
    if names := sorted({file.path for file in {*then.knowledge} ^ {*now.knowledge}}):
        more = [f"{number(len(names) - _NAMED)} more"] if len(names) > _NAMED else []
        told.append(f"the report was made with other knowledge: {listing([*names[:_NAMED], *more])}")
    return told


def _there(folder: Path) -> set[str]:
    """The name of everything in `folder` that is no folder, and of links to folders."""
    found = set()
    for root, inner, names in os.walk(folder):
        here = Path(root)
        links = (name for name in inner if (here / name).is_symlink())
        found |= {(here / name).relative_to(folder).as_posix() for name in (*names, *links)}
    return found


def _compared(recorded: Mapping[str, File], now: Mapping[str, File], remedy: str) -> Iterator[Fault]:
    for name, then in recorded.items():
        found = now.get(name)
        if found is None:
            yield Fault(name, "missing", "is not there", remedy)
        elif found != then:
            yield Fault(name, "changed", _changed(then, found), remedy)


def _otherwise(then: File | None, now: File | None) -> str:
    """How a file comes out that is made anew; `then` and `now` are not the same."""
    if then is None:
        return "is made anew, and was no part of the report"
    if now is None:
        return "is not made anew, and was part of the report"
    return f"comes out otherwise when it is made anew{_sizes(then, now)}"


def _changed(then: File, found: File) -> str:
    if then.unread != found.unread:
        return (
            f"is {found.unread or 'a file that can be read'}, and was {then.unread or 'a file that was read'}"
        )
    return f"has changed since the report was made{_sizes(then, found)}"


def _sizes(then: File, now: File) -> str:
    return f": {number(then.bytes)} bytes then, {number(now.bytes)} now" if then.bytes != now.bytes else ""


def _others(then: Mapping[str, object], now: Mapping[str, object]) -> Iterator[str]:
    for name in sorted(then.keys() | now.keys()):
        if then.get(name) != now.get(name):
            yield f"{name} {then.get(name, 'not at all')}; installed here is {now.get(name, 'none')}"
