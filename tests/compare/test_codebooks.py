"""Each codebook's own wording, as a table: reports in, figures out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import polars as pl
import pytest
from claimed import claim, compare
from riverland import EVENT

from pipeline.compare import estimates
from pipeline.compare.codebooks.book import codebooks
from pipeline.events import Actor

REBELS = Actor("rebels", "Northern rebels", "belligerent_a", ("rebels",))
COUNTRY = replace(EVENT, actors=(*EVENT.actors, REBELS))
HEALTH, POLICE = {"actor_id": "rl-health"}, {"actor_id": "rl-police"}

ON_ONE_DAY = [
    claim("Post", "2023-05-09", 20, **POLICE),
    claim("News", "2023-05-09", 12, **HEALTH),
    claim("Wire", "2023-05-09", 12, attribution="doctors"),
]
LATER = [*ON_ONE_DAY, claim("Late", "2023-05-10", 30, **POLICE)]
VAGUE = [claim("Post", "2023-05-09", None, modifier="vague", vague_word="dozens")]
AT_LEAST = [
    claim("Post", "2023-05-09", 20, modifier="at_least", **POLICE),
    claim("News", "2023-05-09", 25, **HEALTH),
]
PARTY = [claim("Post", "2023-05-09", 90, actor_id="rebels"), claim("News", "2023-05-09", 12, **HEALTH)]
ONLY_PARTY = [claim("Post", "2023-05-09", 90, actor_id="rebels")]


def coded(tables, codebook: str, column: str = "figures"):
    rows = tables["estimates"].filter(pl.col("codebook") == codebook).to_dicts()
    if column != "figures":
        return [row[column] for row in rows]
    return [(row["low"], row["best"], row["high"]) for row in rows]


@pytest.mark.parametrize(
    ("codebook", "reports", "figures"),
    [
        ("acled", ON_ONE_DAY, (None, 12, None)),  # "if sources differ … the lowest"
        ("acled", VAGUE, (None, 12, None)),  # "dozens" is coded 12
        ("gtd", ON_ONE_DAY, (None, 12, None)),  # several equally recent: the majority
        ("gtd", LATER, (None, 30, None)),  # the most recent
        ("gtd", ON_ONE_DAY[:2], (None, 12, None)),  # no majority: the lowest
        ("gtd", PARTY, (None, 12, None)),  # a perpetrator's claim is questionable
        ("gtd", ONLY_PARTY, (None, 90, None)),  # … and used where there is no other
        ("ucdp", ON_ONE_DAY, (12, 12, 20)),  # low, best, high; the lower where reliability cannot be told
        ("ibc", ON_ONE_DAY, (12, None, 20)),  # minimum and maximum, no midpoint
        ("ibc", AT_LEAST, (20, None, 25)),  # an open end is what was stated
        ("maverick_conservative", ON_ONE_DAY, (12, 12, 12)),
        ("maverick_representative", ON_ONE_DAY, (12, 12, 12)),  # the mode
        ("maverick_representative", ON_ONE_DAY[:2], (12, 12, 12)),  # a tie: the lowest
        ("maverick_informative", ON_ONE_DAY, (20, 20, 20)),
        ("latest_standing", ON_ONE_DAY, (12, None, 20)),
    ],
)
def test_a_codebook_codes_what_its_wording_says(codebook, reports, figures):
    assert coded(compare(COUNTRY, reports), codebook) == [figures]


@pytest.mark.parametrize("codebook", ["gtd", "ucdp", "ibc", "latest_standing"])
def test_a_word_has_no_number_where_the_codebook_gives_none(codebook):
    assert coded(compare(COUNTRY, VAGUE), codebook) == []


def test_airwars_grades_harm_to_civilians_by_independent_sources():
    weak = [claim("Post", "2023-05-09", 12, population="civilians", **HEALTH)]
    fair = [*weak, claim("News", "2023-05-09", 15, population="civilians", **POLICE)]
    assert coded(compare(COUNTRY, weak), "airwars", "grade") == ["weak"]
    assert coded(compare(COUNTRY, fair), "airwars", "grade") == ["fair"]
    assert coded(compare(COUNTRY, fair), "airwars") == [(12, None, 15)]
    assert coded(compare(COUNTRY, ON_ONE_DAY), "airwars") == []


def test_ccc_keeps_the_words_of_a_size():
    sizes = [
        claim("Post", "2023-05-09", 300, "protesters", **POLICE),
        claim("News", "2023-05-09", None, "protesters", modifier="vague", vague_word="thousands", **HEALTH),
    ]
    assert coded(compare(COUNTRY, sizes), "ccc") == [(300, None, 2000)]
    assert coded(compare(COUNTRY, sizes), "ccc", "grade") == ["thousands"]


def test_codebooks_of_deaths_code_nothing_else():
    hurt = [claim("Post", "2023-05-09", 12, "injured", **HEALTH)]
    given = set(compare(COUNTRY, hurt)["estimates"]["codebook"])
    assert not given & {"acled", "ucdp", "ccc", "airwars"}
    assert {"gtd", "ibc", "maverick_conservative"} <= given


def test_each_side_is_coded_apart_and_a_silent_side_has_no_figure():
    tables = compare(COUNTRY, PARTY)
    rows = tables["estimates"].filter(pl.col("codebook") == "latest_by_side").sort("side").to_dicts()
    assert [(row["side"], row["best"]) for row in rows] == [("authorities", 12), ("belligerent_a", 90)]


def test_copies_are_one_statement_and_several_reports():
    copies = [claim(f"Outlet {n}", "2023-05-09", 26, **HEALTH) for n in range(5)]
    tables = compare(COUNTRY, [*copies, claim("News", "2023-05-09", 20, **POLICE)])
    assert coded(tables, "latest_standing") == [(20, None, 26)]
    assert coded(tables, "maverick_representative") == [(26, 26, 26)]
    assert "6 reports" in coded(tables, "maverick_representative", "trace")[0]
    assert "2 reports" in coded(tables, "ucdp", "trace")[0]


def test_every_claim_of_a_series_is_used_or_passed_over_with_a_reason():
    tables = compare(
        COUNTRY,
        [
            claim("Old", "2023-05-01", 4, attribution="a neighbour"),
            claim("Post", "2023-05-09", 20, **HEALTH),
            claim("Copy", "2023-05-09", 20, **HEALTH),
            claim("News", "2023-05-10", 12, **POLICE),
            claim("Plan", "2023-05-10", 99, stance="hypothetical"),
        ],
    )
    (row,) = tables["estimates"].filter(pl.col("codebook") == "acled").to_dicts()
    passed = dict(one.split(" ", 1) for one in row["claims_passed"])
    assert {*row["claims_used"], *passed} == set(tables["claims"]["claim_id"])
    assert row["claims_used"] == ["c00003"]
    assert passed == {
        "c00000": "more than 7 days older than the last",
        "c00001": "not the figure the rule takes",
        "c00002": "repeats another report",
        "c00004": "not stated as fact",
    }


def test_a_series_says_how_far_its_reports_disagree():
    (row,) = compare(COUNTRY, ON_ONE_DAY)["series"].to_dicts()
    assert (row["disagreement"], row["discrepancy"]) == (pytest.approx(1 / 3), 1)


def test_every_codebook_has_a_rule_a_version_and_a_citation():
    for book in codebooks():
        assert book.rule in estimates.RULES
        assert book.version
        assert book.citation


def test_a_codebook_codes_what_was_known_on_a_day():
    claims = [
        claim("Post", "2023-05-09", 164, **HEALTH),
        claim("News", "2023-05-11", 164, stance="retracted", **HEALTH),
        claim("Wire", "2023-05-15", 225, **HEALTH),
    ]
    tables = compare(COUNTRY, claims)
    known = {}
    for day in (10, 12, 15):
        coded_then = estimates.estimates(
            tables["claims"], tables["series"], tables["statements"], COUNTRY.actors, date(2023, 5, day)
        )
        rows = coded_then.filter(pl.col("codebook") == "latest_standing").to_dicts()
        known[day] = [(row["best"], row["as_of"]) for row in rows]
    assert known == {10: [(164, date(2023, 5, 10))], 12: [], 15: [(225, date(2023, 5, 15))]}
