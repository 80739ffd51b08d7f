"""Decisions of people on claims, as reviews.csv gives them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

ACCEPT: Final = "accept"
REJECT: Final = "reject"
AMEND: Final = "amend"

# What a person writes, and what finds the claim again if its id changed.
COLUMNS: Final = ("claim_id", "verdict", "field", "value", "reviewer", "date", "reason")
ANCHORS: Final = ("article", "metric", "figure", "quote", "prefix", "suffix")

_UNSEEN: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Anchor:
    """By what a claim is found again: the words that made it, and what stood around them.

    `quote`, `prefix` and `suffix` are a TextQuoteSelector (W3C Web Annotation Data Model, 4.2.4).

    - `article`: the article's URL, if no other article of the event has it, else its file (raw_path);
    - `metric` and `figure`: what was counted and the number, as the person saw them. Words such as "killed 12
      in Riverton and 15 in Harborport" make two claims, which only these tell apart;
    - `prefix`, `suffix`: up to 32 characters before and after the quote, in which each run of white space is
      one space; none stands at their ends, since tools for tables do not keep it.
    """

    article: str = ""
    metric: str = ""
    figure: str = ""
    quote: str = ""
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """One row of reviews.csv, with its words on one line each. `line`: where in the file it begins."""

    line: int
    claim_id: str
    verdict: str
    field: str = ""
    value: str = ""
    reviewer: str = ""
    decided_on: date | None = None
    reason: str = ""
    anchor: Anchor = Anchor()

    @property
    def whose(self) -> str:
        """Where the decision stands and whose it is, as notes name it."""
        day = self.decided_on.isoformat() if self.decided_on else ""
        known = ", ".join(part for part in (self.reviewer, day) if part)
        return f"line {self.line} ({known})" if known else f"line {self.line}"


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with reviews.csv or a row of it. `severity` and the rest are those of table problems."""

    severity: str
    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Decided:
    """What reviews.csv says: decisions in the order of their lines, and what could not be used."""

    decisions: tuple[Decision, ...] = ()
    problems: tuple[Problem, ...] = ()


def one_line(text: str) -> str:
    """`text` without control characters, each run of white space one space."""
    return " ".join(_UNSEEN.sub(" ", text).split())
