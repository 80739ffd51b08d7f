from __future__ import annotations

import pytest
from claimed import claim, compare
from riverland import EVENT

from pipeline.checking.parts import check
from pipeline.schema import FINDINGS

DAY = "2023-05-10"


def figures(part: tuple[str, int], whole: tuple[str, int]):
    (modifier, number), (of_modifier, of_number) = part, whole
    whole_claim = claim("Post", DAY, of_number, modifier=of_modifier, name="whole", article="one")
    part_claim = claim(
        "Post", DAY, number, modifier=modifier, name="part", article="one", part_of="whole", scope="subset"
    )
    return compare(EVENT, [whole_claim, part_claim])


POSSIBLE = [
    (("exact", 9), ("exact", 9)),
    (("exact", 9), ("exact", 10)),
    (("at_least", 9), ("exact", 9)),
    (("at_least", 10), ("about", 9)),
    (("about", 10), ("exact", 9)),
    (("up_to", 10), ("exact", 9)),
    (("exact", 10), ("at_least", 9)),
    (("exact", 10), ("more_than", 9)),
]
IMPOSSIBLE = [
    (("exact", 10), ("exact", 9)),
    (("at_least", 10), ("exact", 9)),
    (("more_than", 9), ("exact", 9)),
    (("exact", 9), ("less_than", 9)),
    (("exact", 10), ("up_to", 9)),
]


@pytest.mark.parametrize(("part", "whole"), POSSIBLE)
def test_what_can_be_passes(part, whole):
    tables = figures(part, whole)
    verdict = check(tables["claims"], tables["articles"], FINDINGS.frame())
    assert (verdict.severity, verdict.counts["parts"]) == (None, 1)


@pytest.mark.parametrize(("part", "whole"), IMPOSSIBLE)
def test_what_cannot_be_and_no_finding_tells_is_an_error(part, whole):
    tables = figures(part, whole)
    verdict = check(tables["claims"], tables["articles"], FINDINGS.frame())
    assert verdict.severity == "error"
    assert "part in articles/one.md: at least " in verdict.message
    assert "reviews.csv" in verdict.message


def test_what_a_finding_tells_is_a_warning():
    tables = figures(("exact", 150), ("exact", 142))
    verdict = check(tables["claims"], tables["articles"], tables["findings"])
    assert verdict.severity == "warning"
    assert "at least 150 (150) as a part of at most 142 (142, whole)" in verdict.message


def test_a_finding_on_other_claims_tells_nothing():
    tables = figures(("exact", 150), ("exact", 142))
    other = tables["findings"].with_columns(claims=tables["findings"]["claims"].list.head(1))
    assert check(tables["claims"], tables["articles"], other).severity == "error"
