"""Every number that a report prints goes back to its claims (pipeline/verifying.py)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pipeline.checking.verdict import Broken, Verdict, judge
from pipeline.verifying import Unresolved, VerifyError

_REMEDY: Final = (
    "Do not publish it. Run again, so that pages and tables are of one run; if the number stays, something "
    "prints a number that no claim holds: report it."
)


def check(unresolved: Sequence[Unresolved]) -> Verdict:
    """Whether each number of the report's pages and figures resolves."""
    found = tuple((one.place or None, one.file, f"{one.number}, in {one.text!r}") for one in unresolved)
    return judge(
        "every number that the report prints goes back to its claims",
        [Broken("error", "Numbers that go back to no claim", found, _REMEDY)],
        numbers_unresolved=len(found),
    )


def unreadable(error: VerifyError) -> Verdict:
    """The verdict on a report that is not whole."""
    rows = ((None, None, str(error)),)
    return judge("", [Broken("error", "Reports that cannot be read", rows, _REMEDY)])
