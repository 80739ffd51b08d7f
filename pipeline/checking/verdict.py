"""What a check found: which rules are broken by which rows, and what to do about each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

import polars as pl

from pipeline.table import TEXT
from pipeline.words import number, printable, shortened

Severity = Literal["error", "warning"]
Row = tuple[str | None, str | None, str]  # the id that names a row, the file it comes from, what is wrong

REBUILD: Final = (
    "Delete the warehouse, which is made again from the event folders, and run again. If it stays, this is a "
    "fault of the program: report"
)
NAMED: Final = 3  # rows that a message names
_LONGEST: Final = 160  # characters of each of the parts by which it names one
_ROWS: Final = {"row": TEXT, "file": TEXT, "detail": TEXT}


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule that rows break. `says`: what the rows are, as a phrase; `remedy`: what to do, in sentences."""

    severity: Severity
    says: str
    rows: tuple[Row, ...]
    remedy: str

    def __str__(self) -> str:
        more = len(self.rows) - NAMED
        named = "; ".join(map(_named, self.rows[:NAMED])) + (f"; and {number(more)} more" if more > 0 else "")
        return f"{self.says} ({number(len(self.rows))}): {named}. {self.remedy}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check found. `holds`: what is said if no rule is broken; `broken`: those that are, gravest
    first; `counts`: figures that a person watches from run to run.
    """

    holds: str
    broken: tuple[Broken, ...]
    counts: Mapping[str, int | float] = field(default_factory=dict)

    @property
    def severity(self) -> Severity | None:
        """The gravest severity; None if no rule is broken."""
        return self.broken[0].severity if self.broken else None

    @property
    def message(self) -> str:
        """A line a broken rule, in which the words of articles are words and nothing else."""
        return "\n".join(map(str, self.broken)) or self.holds

    @property
    def rows(self) -> pl.DataFrame:
        """Every row that breaks a rule, with the rule: severity, rule, row, file, detail."""
        rows = [(one.severity, one.says, *row) for one in self.broken for row in one.rows]
        return pl.DataFrame(rows, schema={"severity": TEXT, "rule": TEXT, **_ROWS}, orient="row")


def judge(holds: str, rules: Iterable[Broken], **counts: float) -> Verdict:
    """The verdict on `rules`, of which those count that a row breaks."""
    broken = sorted((one for one in rules if one.rows), key=lambda one: one.severity)
    return Verdict(holds, tuple(broken), {name.replace("_", " "): value for name, value in counts.items()})


def rows(frame: pl.DataFrame) -> tuple[Row, ...]:
    """The first three columns of `frame` as rows that break a rule."""
    return tuple((row[0], row[1], row[2]) for row in frame.rows())


def _named(row: Row) -> str:
    name, file, detail = (printable(shortened(part or "", _LONGEST)) for part in row)
    place = " in ".join(one for one in (name, file) if one)
    return f"{place}: {detail}" if place else detail
