"""Two things are measured in turn, and the fastest rounds of each make a ratio; a bound decides."""

import pytest
from measuring import TOLD, Goal, alternate, compared, rate, seconds


def pedantic(work, setup, rounds):
    """As pytest-benchmark does it: what is not timed, then what is."""
    for _ in range(rounds):
        setup()
        work()


def test_rounds_alternate_and_the_clock_goes_by_what_ours_took():
    order, before = [], TOLD()
    own, other = alternate(
        pedantic, lambda: order.append("ours") or 2.0, lambda: order.append("it") or 3.0, 2
    )
    assert order == ["it", "ours", "it", "ours"]
    assert (own, other) == ([2.0, 2.0], [3.0, 3.0])
    assert TOLD() - before == 4.0


@pytest.mark.parametrize(
    ("kind", "goal", "ratio", "met"),
    [
        ("long", Goal(1.2, "most"), 0.5, True),
        ("long", Goal(0.4, "most"), 0.5, False),
        ("fast", Goal(2, "least"), 2.0, True),
        ("fast", Goal(5, "least"), 2.0, False),
        ("fast", None, 2.0, None),
    ],
)
def test_the_fastest_rounds_make_the_ratio_and_the_goal_decides(kind, goal, ratio, met):
    row = compared("x", "y", own=[3.0, 1.0], other=[2.0, 5.0], kind=kind, goal=goal, figure=seconds)
    assert (row.ratio, row.met) == (ratio, met)


def test_figures_are_printed_to_three_places():
    assert [seconds(0.0312), seconds(12.345), rate(1130, "pages")(24)] == ["31 ms", "12.3 s", "47.1 pages/s"]
