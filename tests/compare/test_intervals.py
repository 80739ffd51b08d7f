from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.compare import intervals
from pipeline.compare.intervals import Interval

ENDS = st.none() | st.integers(0, 30)
INTERVALS = (
    st.tuples(ENDS, ENDS).filter(lambda ends: None in ends or ends[0] <= ends[1]).map(lambda e: Interval(*e))
)
NUMBERS = range(40)


def holds(interval: Interval, number: int) -> bool:
    return (interval.low is None or number >= interval.low) and (
        interval.high is None or number <= interval.high
    )


@given(INTERVALS, INTERVALS)
def test_two_claims_contradict_if_and_only_if_no_number_fits_both(left, right):
    shared = any(holds(left, number) and holds(right, number) for number in NUMBERS)
    assert left.contradicts(right) == (not shared)


@given(INTERVALS, INTERVALS)
def test_contradiction_is_mutual_and_no_claim_contradicts_itself(left, right):
    assert left.contradicts(right) == right.contradicts(left)
    assert not left.contradicts(left)


@given(
    st.lists(
        st.tuples(st.sampled_from(["exact", "more_than", "less_than", "at_least"]), ENDS, ENDS), min_size=1
    )
)
def test_frames_contradict_as_single_claims_do(rows):
    claims = [one for one in rows if None in one[1:] or one[2] - one[1] >= 2]
    frame = pl.DataFrame(
        [(*a, *b) for a in claims for b in claims],
        schema={
            f"{name}_{side}": pl.String if name == "modifier" else pl.Int64
            for side in "ab"
            for name in ("modifier", "low", "high")
        },
        orient="row",
    )
    found = frame.select(intervals.contradicts("_a", "_b").alias("x"))["x"].to_list()
    assert found == [intervals.of(*a).contradicts(intervals.of(*b)) for a in claims for b in claims]


def test_more_than_begins_at_the_next_person():
    assert intervals.of("more_than", 164, None) == Interval(165, None)
    assert intervals.of("more_than", 164, None).contradicts(intervals.of("exact", 164, 164))
    assert not intervals.of("at_least", 164, None).contradicts(intervals.of("exact", 164, 164))


def test_an_interval_cannot_end_before_it_begins():
    with pytest.raises(ValueError, match="begin at 5 and end at 3"):
        Interval(5, 3)
