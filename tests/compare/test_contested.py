from __future__ import annotations

import polars as pl


def days(tables) -> list[int]:
    return sorted({day.day for day in tables["estimates"]["as_of"]})


def coded(tables, codebook: str, day: int) -> tuple[int | None, int | None, int | None]:
    rows = tables["estimates"].filter((pl.col("codebook") == codebook) & (pl.col("as_of").dt.day() == day))
    (row,) = rows.iter_rows(named=True)
    return row["low"], row["best"], row["high"]


RIVALS = (
    ("Post", 8, "Riverland police said 20 people were killed."),
    ("News", 9, "The Health Ministry said 12 people were killed."),
)


def test_a_running_total_is_coded_on_the_day_on_which_most_figures_stood_and_on_the_last(compared):
    tables = compared(*RIVALS, ("Late", 25, "The Health Ministry said 31 people were killed."))
    assert days(tables) == [9, 25]
    assert coded(tables, "ucdp", 9) == (12, 12, 20)
    assert coded(tables, "ucdp", 25) == (31, 31, 31)


def test_a_question_contested_to_the_last_is_coded_once(compared):
    assert days(compared(*RIVALS)) == [9]


def test_a_question_that_nobody_contests_is_coded_once(compared):
    assert days(
        compared(
            ("Post", 8, "The Health Ministry said 20 people were killed."),
            ("News", 19, "The Health Ministry said 32 people were killed."),
        )
    ) == [19]


def test_a_withdrawn_figure_contests_only_until_its_withdrawal(compared):
    tables = compared(
        ("Post", 8, "The Health Ministry said 164 people were killed."),
        ("News", 9, "The Health Ministry withdrew its report that 164 people had been killed."),
        ("Late", 10, "Riverland police said 40 people were killed."),
    )
    assert days(tables) == [10]
