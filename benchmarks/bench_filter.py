"""The filter that says which articles hold a number, beside a bare scan by the engine under it.

The pattern is ours and the texts are newswire; the limit is the program in scan/, which asks the regex crate
and does nothing else. A text is scanned up to its first number: as it is, and where every digit and word for
a number is taken out, so that all of it must be scanned.
"""

from __future__ import annotations

import re

import polars as pl
import pytest
from measuring import Goal, rate, timed
from newswire import articles
from scanning import built, scan

from pipeline.extract.cascade import has_number, number_pattern
from pipeline.extract.lexicon import load_lexicon


def pattern() -> str:
    """The pattern of the filter."""
    return number_pattern(load_lexicon())


@pytest.mark.parametrize("whole", [True, False], ids=["whole", "first"])
def test_filter(beside, tmp_path, small, whole):
    """Megabytes a second of all texts."""
    texts = list(articles(500 if small else 10_000))
    if whole:
        taken_out = re.compile(pattern().replace(r"(?-u:\b)", r"\b"))
        texts = [taken_out.sub("x", text) for text in texts]
    file = tmp_path / "texts"
    file.write_bytes("\0".join(texts).encode())
    size = file.stat().st_size / 1e6
    frame, numbered = pl.DataFrame({"text": texts}), has_number(load_lexicon())
    found = frame.select(numbered).to_series().sum()

    def limit() -> float:
        told = scan(built(), pattern(), file, passes=3)
        if told["found"] != found:
            pytest.fail("the two do not look for the same")
        return min(told["seconds"])

    beside(
        f"filter, {len(texts):,} articles, {'without a number' if whole else 'to the first number'}",
        timed(lambda: frame.select(numbered)),
        "the regex crate alone",
        limit,
        kind="fast",
        goal=Goal(0.5, "least"),
        figure=rate(size, "MB"),
    )
