from __future__ import annotations

from datetime import datetime

import pytest

from pipeline.ingest.dates import date_line, moment

DAY = datetime(2022, 1, 11)


@pytest.mark.parametrize(
    ("line", "moment", "precision"),
    [
        ("Tuesday 11 January 2022 09:54 GMT", datetime(2022, 1, 11, 9, 54), "minute"),
        ("Published: 11 Jan 2022 12:19 PM BdST", DAY, "day"),
        ("January 11, 2022", DAY, "day"),
        ("2022-01-11", DAY, "day"),
        ("2022-01-11T09:54:30+01:00", datetime(2022, 1, 11, 8, 54, 30), "second"),
        ("Updated 11 January 2022, 10:55", DAY, "day"),
        ("Posted on: Tuesday 11 January 2022, 9:14 AM", DAY, "day"),
        ("Posted on January 11, 2022 by admin", DAY, "day"),
        ("January 11, 2022 | 10:15 AM EDT", DAY, "day"),
    ],
)
def test_a_line_that_is_a_date(line, moment, precision):
    assert date_line(line) == (moment, precision)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "January 2022",
        "11 January",
        "In 2022 the city had 11 bridges",
        "Sunday, Jan. 9, 2022. (AP)",
        "9" * 200,
        "1 January 2022 " * 10,
        "4 May 2024 10:00 +2500",
    ],
)
def test_a_line_that_is_not_all_of_a_date(line):
    assert date_line(line) is None


@pytest.mark.parametrize(
    "text",
    ["0001-01-01T00:00:00", "0001-01-01T00:00:00+02:00", "9999-12-31T23:59:59-05:00", "2022-01-11T00+99:00"],
)
def test_a_date_that_no_page_can_have_is_none(text):
    assert moment(text) is None
