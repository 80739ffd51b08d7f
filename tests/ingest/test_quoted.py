from __future__ import annotations

import polars as pl
import pytest

from pipeline.ingest.quoted import quoted

SAID = "we ask that the wounded be given free passage to any hospital which will take them in tonight"


def found(text: str) -> list[str]:
    table = quoted(pl.DataFrame({"article_id": ["a0"], "text": [text]}))
    return [text[start:end] for _, start, end in table.iter_rows()]


@pytest.mark.parametrize("marks", ['""', "“”", "„“", "„”", "«»"])
def test_a_long_quotation_is_found_with_its_marks(marks):
    text = f"The minister said: {marks[0]}{SAID}{marks[1]}. Nobody replied."
    assert found(text) == [f"{marks[0]}{SAID}{marks[1]}"]


def test_what_stands_between_two_short_quotations_is_none():
    assert found(f'"No," he said, and {SAID} and so on, but "never" again.') == []


def test_a_mark_that_is_not_closed_in_its_paragraph_quotes_nothing():
    assert found(f'"{SAID}\n\n{SAID}"') == []
