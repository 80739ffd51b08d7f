from __future__ import annotations

import pytest

from pipeline.checking.verdict import Broken, judge

ROWS = tuple((f"c{number}", "articles/one.md", "is odd") for number in range(5))
ODD = Broken("warning", "Odd claims", ROWS, "Look at them.")
WRONG = Broken("error", "Wrong claims", ROWS[:1], "Run again.")


def test_what_no_row_breaks_holds():
    verdict = judge("all is well", [Broken("error", "Wrong claims", (), "Run again.")], claims=5)
    assert (verdict.severity, verdict.message, verdict.counts) == (None, "all is well", {"claims": 5})
    assert verdict.rows.is_empty()


def test_a_message_names_the_first_rows_how_many_more_and_the_remedy():
    assert judge("", [ODD]).message == (
        "Odd claims (5): c0 in articles/one.md: is odd; c1 in articles/one.md: is odd; "
        "c2 in articles/one.md: is odd; and 2 more. Look at them."
    )


def test_an_error_goes_before_a_warning():
    verdict = judge("", [ODD, WRONG])
    assert verdict.severity == "error"
    assert [line.split(" (")[0] for line in verdict.message.splitlines()] == ["Wrong claims", "Odd claims"]
    assert verdict.rows["severity"].to_list() == ["error", *["warning"] * 5]


@pytest.mark.parametrize("place", [0, 1, 2])
def test_no_word_of_an_article_moves_a_cursor_or_begins_a_line(place):
    row = ["c1", "a.md", "is odd"]
    row[place] = "\x1b[31m\n\r" + "long " * 1000
    message = judge("", [Broken("error", "Wrong claims", (tuple(row),), "Run again.")]).message
    assert message.isprintable()
    assert len(message) < 500
