"""Troops on their way: phases, and the days that a plan gives."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from claimed import claim, compare
from riverland import EVENT

from pipeline.events import Population

PLAN = "On 11 January he said that 2,000 soldiers would start to leave within two days, over 10 days."


def phases(*claims: dict) -> list[str]:
    return compare(EVENT, list(claims))["troops"].sort("claim_id")["phase"].to_list()


def test_each_claim_has_its_place_between_announcement_and_departure():
    assert phases(
        claim("A", "2022-01-06", 2500, "troops_deployed", stance="hypothetical"),
        claim("B", "2022-01-07", 2500, "troops_deployed"),
        claim("C", "2022-01-08", 2500, "troops_present"),
        claim("D", "2022-01-11", 2000, "troops_withdrawn", stance="hypothetical"),
        claim("E", "2022-01-19", 2000, "troops_withdrawn"),
        claim("F", "2022-01-19", 12),
    ) == ["announced", "sent", "present", "leaving", "left"]


def test_a_plan_in_days_gives_a_first_and_a_last_day():
    plan = {"stance": "hypothetical", "stance_by": PLAN, "said": "2022-01-11"}
    tables = compare(EVENT, [claim("ANSA", "2022-01-13", 2000, "troops_withdrawn", **plan)])
    (row,) = tables["troops"].to_dicts()
    assert (row["starts_on"], row["ends_by"]) == (date(2022, 1, 13), date(2022, 1, 23))


def test_a_claim_without_a_plan_has_no_days():
    (row,) = compare(EVENT, [claim("A", "2022-01-13", 100, "troops_present")])["troops"].to_dicts()
    assert (row["starts_on"], row["ends_by"]) == (None, None)


def test_shares_are_set_against_the_totals():
    shares = [
        claim("Panorama", "2022-01-07", number, "troops_deployed", article="p", sentence=1)
        for number in (3000, 500, 200, 150, 100)
    ]
    totals = [
        claim("Yahoo", "2022-01-10", 2030, "troops_present", actor_id="rl-police"),
        claim("Sputnik", "2022-01-06", 2500, "troops_deployed", modifier="about", actor_id="rl-health"),
    ]
    findings = compare(EVENT, [*shares, *totals])["findings"].to_dicts()
    (found,) = [one for one in findings if one["kind"] == "shares_and_totals"]
    assert found["headline"] == (
        "Shares of 3,000, 500, 200, 150 and 100 make 3,950; the force is given as 2,030 and about 2,500"
    )


def test_shares_of_nations_are_added_over_an_article_each_nation_once():
    nations = tuple(
        Population(name, ("troops_deployed",), (name,), "league_forces")
        for name in ("north", "south", "east")
    )
    given = [("north", 3000), ("south", 500), ("north", 2000), ("east", 100)]
    shares = [
        claim("Panorama", "2022-01-07", n, "troops_deployed", article="p", sentence=at, population=nation)
        for at, (nation, n) in enumerate(given)
    ]
    total = claim("Yahoo", "2022-01-10", 2030, "troops_present", population="league")
    findings = compare(replace(EVENT, populations=nations), [*shares, total])["findings"].to_dicts()
    (found,) = [one for one in findings if one["kind"] == "shares_and_totals"]
    assert found["headline"] == "Shares of 3,000, 500 and 100 make 3,600; the force is given as 2,030"
