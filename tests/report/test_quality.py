from __future__ import annotations

from pathlib import Path

from pipeline.extraction import score_of
from pipeline.report.quality import Share, measured

LABELS = Path(__file__).parents[1] / "labels" / "gold.jsonl"


def test_what_reports_say_of_extraction_is_what_is_measured_now():
    score, absent = score_of(LABELS, None)
    told = measured()
    assert not absent
    assert (told.articles, told.found, told.put_out, told.labelled) == (
        score.articles,
        score.fact.found,
        score.fact.put_out,
        score.fact.labelled,
    )


def test_the_interval_is_that_of_wilson():
    """Newcombe 1998, table I: 81 of 263 has the score interval 0.2553 to 0.3662."""
    assert Share(81, 263).interval == (25, 37)
    assert Share(10, 10).interval == (72, 100)
