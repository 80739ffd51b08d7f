from __future__ import annotations

import time

import polars as pl
import pytest
from riverland import cascade

from pipeline.checking.accounted import check

TEXT = "At least 164 people were killed in 12 days. Twenty-two were held; someone saw dozens, or one."


def articles(text: str, kind: str = "article", article_id: str = "a") -> pl.DataFrame:
    row = {"article_id": article_id, "raw_path": "articles/one.md", "kind": kind, "text": text}
    return pl.DataFrame([row])


def stretches(*spans: tuple[int, int]) -> pl.DataFrame:
    return pl.DataFrame([("a", *span) for span in spans], schema=["article_id", "start", "end"], orient="row")


def around(text: str, *words: str) -> pl.DataFrame:
    return stretches(*((text.index(word), text.index(word) + len(word)) for word in words))


NONE = pl.DataFrame(schema={"article_id": pl.String, "start": pl.Int64, "end": pl.Int64})


def test_what_the_cascade_gives_accounts_for_every_number():
    found = cascade(TEXT)
    assert check(articles(TEXT), [found.claims, found.rejected]).severity is None


def test_an_article_that_was_never_extracted_is_an_error():
    verdict = check(articles(TEXT), [NONE])
    assert verdict.severity == "error"
    assert verdict.rows.filter(severity="error")["detail"].str.extract("'([^']*)'").to_list() == [
        "164",
        "12",
        "Twenty",
        "two",
        "one",
    ]
    assert verdict.counts["numbers passed over"] == 6
    assert (
        "a in articles/one.md: '164' at character 9, in 'At least 164 people were killed" in verdict.message
    )


def test_claims_rejected_numbers_and_furniture_account_together():
    spans = [
        around(TEXT, "At least 164 people", "dozens"),
        around(TEXT, "12 days"),
        around(TEXT, "Twenty-two"),
    ]
    assert check(articles(TEXT), spans).counts["numbers passed over"] == 1
    assert check(articles(TEXT), [*spans, around(TEXT, ", or one.")]).severity is None


@pytest.mark.parametrize("covered", ["16", "64", "6"])
def test_a_number_of_which_a_digit_is_left_over_is_not_accounted_for(covered):
    text = "Police held 164 men."
    assert check(articles(text), [around(text, covered)]).severity == "error"


def test_stretches_that_touch_or_overlap_account_for_what_lies_across():
    text = "Police held 164 men."
    assert check(articles(text), [stretches((0, 13), (12, 14)), stretches((14, 20))]).severity is None


def test_a_unit_that_stands_alone_is_a_warning():
    verdict = check(articles("A couple hundred people fled; the score was even."), [NONE])
    assert verdict.severity == "warning"
    assert "'hundred' at character 9" in verdict.message


@pytest.mark.parametrize("text", ["Someone alone bemoaned the tense eighteenth.", "", "No number."])
def test_words_that_hold_a_number_are_none(text):
    assert check(articles(text), [NONE]).severity is None


def test_digits_of_any_script_are_digits():
    assert check(articles("Police held ١٢ men."), [NONE]).severity == "error"


def test_rows_of_coded_tables_have_no_numbers_of_their_own():
    assert check(articles("deaths: 12", kind="coded"), [NONE]).severity is None


def test_time_is_linear_in_the_text():
    def seconds(times: int) -> float:
        text = "12 held. " * times
        spans = stretches(*((9 * number, 9 * number + 2) for number in range(times)))
        begin = time.process_time()
        assert check(articles(text), [spans]).severity is None
        return time.process_time() - begin

    seconds(1_000)
    assert seconds(200_000) < 80 * max(seconds(10_000), 0.01)
