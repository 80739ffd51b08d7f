"""Hand-made labels: what a person says the claims of an article are.

One JSON object a line: `file` (the article, relative to the labels' own folder) and `claims`, each with
`metric`, `modifier`, `value`/`low`/`high` or `vague_word`, `start` and `end` (offsets in the text), and as
many of `stance`, `population`, `place`, `attribution`, `subset_of` (index of the whole) as are labelled.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Final

OPTIONAL_DETAILS: Final = frozenset({"single_victim", "sum_of_listed_persons"})
_REQUIRED: Final = ("metric", "start", "end")


class LabelError(ValueError):
    """A file of labels cannot be used. The message names the line and what to do."""


@dataclass(frozen=True, slots=True)
class Label:
    """One labelled claim. `optional`: finding it is no merit, missing it no fault (a single victim)."""

    metric: str
    value: int | None
    low: int | None
    high: int | None
    modifier: str
    start: int
    end: int
    population: str | None
    place: str | None
    attribution: str | None
    stance: str
    whole: int | None
    optional: bool


@dataclass(frozen=True, slots=True)
class LabelledArticle:
    """An article's file, relative to the labels, and its claims as labelled."""

    file: PurePosixPath
    labels: tuple[Label, ...]


def read_labels(path: Path) -> list[LabelledArticle]:
    """The labels in `path`. Raises LabelError if a line is no label."""
    articles = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            articles.append(
                LabelledArticle(PurePosixPath(row["file"]), tuple(_label(claim) for claim in row["claims"]))
            )
        except (KeyError, TypeError, ValueError, RecursionError) as error:
            raise LabelError(
                f"{path}, line {number}: {error!r}; each line is one JSON object with `file` and `claims`, "
                f"each claim with {', '.join(_REQUIRED)}"
            ) from error
    return articles


def _label(row: Mapping[str, Any]) -> Label:
    return Label(
        metric=str(row["metric"]),
        value=row.get("value"),
        low=row.get("low"),
        high=row.get("high"),
        modifier=row.get("modifier") or "exact",
        start=int(row["start"]),
        end=int(row["end"]),
        population=row.get("population"),
        place=row.get("place"),
        attribution=row.get("attribution"),
        stance=row.get("stance") or "asserted",
        whole=row.get("subset_of"),
        optional=row.get("detail") in OPTIONAL_DETAILS,
    )
