"""Two statements: compatible, in conflict, or not the same question, and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from claimed import claim, compare
from riverland import EVENT

HEALTH, POLICE = {"actor_id": "rl-health"}, {"actor_id": "rl-police"}


def relation(first: dict, second: dict, tolerance: float = 0.05) -> tuple[str, str]:
    (row,) = compare(replace(EVENT, tolerance=tolerance), [first, second])["pairs"].to_dicts()
    return row["relation"], row["reason"]


@pytest.mark.parametrize(
    ("value", "tolerance", "expected"),
    [
        (2400, 0.05, "compatible"),
        (2300, 0.05, "conflict"),
        (2300, 0.10, "compatible"),
        (1, 0, "compatible"),  # without a tolerance "about" has no width
    ],
)
def test_about_has_the_width_of_a_setting_and_no_other(value, tolerance, expected):
    about = claim("Post", "2023-05-09", 2500, modifier="about", **HEALTH)
    exact = claim("News", "2023-05-09", value, **POLICE)
    found, reason = relation(about, exact, tolerance)
    assert found == expected
    assert (f"within {tolerance:.0%}, a setting of ours" in reason) == bool(tolerance)


def test_figures_are_aligned_by_the_day_they_hold_for():
    ninth, seventh = ({"as_of_start": date(2023, 5, day), "as_of_end": date(2023, 5, day)} for day in (9, 7))
    other = claim("News", "2023-05-09", 13, **POLICE)
    assert relation(claim("Post", "2023-05-12", 12, **ninth, **HEALTH), other)[0] == "conflict"
    assert relation(claim("Post", "2023-05-09", 12, **seventh, **HEALTH), other) == (
        "different question",
        "they hold for different days",
    )


def test_extreme_values_are_compared_as_any_other():
    none, many = claim("Post", "2023-05-09", 0, **HEALTH), claim("News", "2023-05-09", 10**12, **POLICE)
    assert relation(none, many)[0] == "conflict"


def test_work_grows_with_the_days_and_not_with_their_square():
    claims = [claim("Post", f"2023-05-{day:02}", day, attribution=f"office {day}") for day in range(1, 29)]
    assert compare(EVENT, claims)["pairs"].height == 27
