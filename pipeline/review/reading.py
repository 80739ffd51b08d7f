"""reviews.csv read: decisions, and what in it cannot be used."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from pipeline.coded.files import inside
from pipeline.review.decisions import Anchor, Decided, Decision, Problem, one_line
from pipeline.review.sheet import FILE_BYTES, Sheet, SheetError, parse

_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_TOLD: Final = 50  # rows that are told one by one
_NAMED: Final = 5  # lines that one sentence names


def read(root: Path, path: Path) -> Decided:
    """What the file at `path` of the event's folder `root` says; nothing if there is none."""
    try:
        return decided(parse(content(root, path))) if path.exists() or path.is_symlink() else Decided()
    except SheetError as error:
        return Decided(problems=(Problem("error", str(error), error.remedy),))


def content(root: Path, path: Path) -> bytes:
    """The bytes of `path`, or as many as show that it is too large. Raises SheetError."""
    if not inside(root, path):
        raise SheetError("is no file of the event's folder", "put the file itself there")
    try:
        with path.open("rb") as file:
            return file.read(FILE_BYTES + 1)
    except OSError as error:
        raise SheetError(f"cannot be read: {error.strerror}", "let it be read") from error


def decided(sheet: Sheet) -> Decided:
    """The decisions of a sheet. What is wrong with a row stops no other."""
    decisions = tuple(_decision(sheet.cells(record), record.line) for record in sheet.rows)
    return Decided(decisions, (*_faults(sheet), *_lacking(decisions)))


def _decision(cells: dict[str, str], line: int) -> Decision:
    told = {name: one_line(cell) for name, cell in cells.items()}

    def cell(name: str) -> str:
        return told.get(name, "")

    return Decision(
        line=line,
        claim_id=cell("claim_id"),
        verdict=cell("verdict").lower(),
        field=cell("field").lower().replace(" ", "_"),
        value=cell("value"),
        reviewer=cell("reviewer"),
        decided_on=_day(cell("date")),
        reason=cell("reason"),
        anchor=Anchor(*map(cell, Anchor.__dataclass_fields__)),
    )


def _day(text: str) -> date | None:
    """The day; None for any other form: 04/05 is in April to one reader and in May to another."""
    try:
        return date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None


def _faults(sheet: Sheet) -> Iterator[Problem]:
    remedy = "put quotation marks around a text that has commas or line ends, and double those inside it"
    for record in sheet.faults[:_TOLD]:
        yield Problem("error", f"line {record.line}: {record.fault}", remedy)
    if len(sheet.faults) > _TOLD:
        yield Problem("error", f"{len(sheet.faults) - _TOLD:,} more rows cannot be read", remedy)


def _lacking(decisions: Sequence[Decision]) -> Iterator[Problem]:
    """What decisions that can be used do not say."""
    lacks: tuple[tuple[Callable[[Decision], bool], str, str], ...] = (
        (lambda one: not one.reviewer, "who decided", "fill in the column reviewer"),
        (
            lambda one: one.decided_on is None,
            "the day (any decision that does is later)",
            "fill in the column date as YYYY-MM-DD",
        ),
    )
    for lacking, what, remedy in lacks:
        lines = [str(one.line) for one in decisions if lacking(one)]
        if lines:
            more = f" and {len(lines) - _NAMED:,} more" if len(lines) > _NAMED else ""
            named = ", ".join(lines[:_NAMED]) + more
            says = f"line {named} does" if len(lines) == 1 else f"lines {named} do"
            yield Problem("warning", f"{says} not say {what}", remedy)
