"""Articles from which no claims are extracted, because they ask for more than one article may."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import polars as pl

from pipeline.apart import DiedError
from pipeline.limits import Limits
from pipeline.schema import PROBLEMS
from pipeline.words import number, printable

_SCHEMA: Final = {"article_id": pl.String(), "message": pl.String(), "remedy": pl.String()}
_EXHAUSTED: Final[dict[type[Exception], tuple[str, str]]] = {
    TimeoutError: ("takes longer to extract claims from than it may", "article_seconds"),
    MemoryError: ("asks for more memory to extract claims from than it may", "worker_bytes"),
    DiedError: ("ends the process that extracts claims from it: it asks for too much memory", "worker_bytes"),
}


class TooManyError(ValueError):
    """An article holds more numbers than one article may."""

    def __init__(self, numbers: int) -> None:
        super().__init__(numbers)
        self.numbers = numbers


def reason(error: Exception, limits: Limits) -> tuple[str, str]:
    """Why no claims were extracted from an article, and the remedy."""
    if isinstance(error, TooManyError):
        return f"holds {number(error.numbers)} numbers, too many for one article", limits.remedy(
            "article_numbers"
        )
    if known := _EXHAUSTED.get(type(error)):
        return known[0], limits.remedy(known[1])
    told = printable(f"{type(error).__name__}: {str(error)[:200]}")
    return f"no claims can be extracted: {told}", "report it as a fault of Counterclaim, with the file"


def frame(refused: Sequence[tuple[str, str, str]] = ()) -> pl.DataFrame:
    """Articles with message and remedy."""
    return pl.DataFrame(refused, schema=_SCHEMA, orient="row")


def problems(refused: pl.DataFrame, articles: pl.DataFrame) -> pl.DataFrame:
    """Rows of the table `problems`: of `articles` those that are `refused`."""
    told = articles.select("article_id", "event_id", path="raw_path").join(
        refused.select(*_SCHEMA), on="article_id"
    )
    stage, severity = pl.lit("extract").alias("stage"), pl.lit("error").alias("severity")
    return told.with_columns(stage, severity).select(PROBLEMS.names).sort(PROBLEMS.key)
