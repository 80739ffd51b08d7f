from __future__ import annotations

from datetime import date


def test_claims_stand_in_order_of_the_day_they_were_stated(view):
    days = [claim.stated_on for claim in view.claims]
    assert days == sorted(days)


def test_a_claim_is_its_sentence_cut_in_three(view):
    claim = next(one for one in view.claims if one.figure == "at least 40")
    assert (
        claim.before + claim.quote + claim.after == "The Health Ministry said at least 40 people were killed."
    )
    assert claim.source == "Riverland Health Ministry"


def test_a_withdrawn_claim_says_since_when(view):
    withdrawn = [claim for claim in view.claims if claim.value == 164]
    assert {claim.status for claim in withdrawn} == {"withdrawn"}
    assert {claim.withdrawn_on for claim in withdrawn} == {date(2023, 5, 9)}


def test_counts_are_those_of_the_tables(view):
    assert view.counts["articles"] == len(view.articles) == 10
    assert view.counts["claims"] == len(view.claims)
    assert view.counts["claims withdrawn"] == sum(claim.status == "withdrawn" for claim in view.claims)


def test_a_group_names_every_outlet_that_carries_it_once(view):
    for series in view.series:
        assert sum(len(group.claims) for group in series.groups) == series.claims
        for group in series.groups:
            assert len(set(group.carried_by)) == len(group.carried_by) > 0
