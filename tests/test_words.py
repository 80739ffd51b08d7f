from __future__ import annotations

from datetime import date

import pytest

from pipeline import words


@pytest.mark.parametrize(
    ("claim", "shown"),
    [
        (("exact", 1678, 1678, 1678, None), "1,678"),
        (("at_least", 164, 164, None, None), "at least 164"),
        (("more_than", 12, 12, None, None), "more than 12"),
        (("up_to", 12, None, 12, None), "up to 12"),
        (("less_than", 12, None, 12, None), "fewer than 12"),
        (("about", 2500, None, None, None), "about 2,500"),
        (("range", None, 10, 15, None), "10 to 15"),
        (("vague", None, None, None, "dozens"), "dozens"),
        (("exact", None, None, None, None), "an unknown number"),
    ],
)
def test_a_figure_reads_as_its_text_bounds_it(claim, shown):
    assert words.figure(*claim) == shown


def test_days_follow_no_locale():
    assert words.day(date(2022, 1, 9)) == "9 January 2022"
    assert words.short_day(date(2022, 1, 9)) == "9 Jan"
    assert words.day(None) == "a day not known"


@pytest.mark.parametrize(
    ("items", "shown"), [([], ""), (["A"], "A"), (["A", "B"], "A and B"), (["A", "B", "C"], "A, B and C")]
)
def test_items_read_as_a_phrase(items, shown):
    assert words.listing(items) == shown


def test_words_of_an_article_stand_on_one_line():
    assert (
        words.one_line("  the Riverton\n\tfire\u2028brigade\x1b[2J\u202e")
        == r"  the Riverton fire brigade\x1b[2J\u202e"
    )


def test_the_numbers_of_a_text_are_listed_once_as_printed():
    assert words.numbers_in("164, or 1,678", "164 again") == ["164", "1,678"]
