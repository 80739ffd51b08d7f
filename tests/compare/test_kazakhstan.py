"""January 2022 as its figures moved, written down by hand as claims: what comparison must find in them.

The claims follow the history of each figure (who gave it, when, what became of it); outlets are those of the
articles that carry it. Extraction has no part in this.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from claimed import claim, compare
from road import walk

from pipeline.events import load
from pipeline.extract.lexicon import load_lexicon

FOLDER = Path(__file__).parents[2] / "data" / "kazakhstan-2022"
MINISTRY = {"actor_id": "kz-interior-ministry", "attribution": "the Interior Ministry"}
HEALTH = {"actor_id": "kz-health-ministry", "attribution": "the Health Ministry"}
PROSECUTOR = {"actor_id": "kz-prosecutor-general", "attribution": "the Prosecutor General"}
PRESIDENT = {"actor_id": "kz-president", "attribution": "Tokayev"}
OFFICERS = {"population": "security_forces"}
ALMATY = {"place_id": "kz-almaty", "place_text": "Almaty"}
FORCE = {"population": "csto_forces"}
ANNOUNCED = {"actor_id": "csto", "attribution": "Zas", "modifier": "about", **FORCE}

CLAIMS = [
    # deaths, country
    claim("Daily Sabah", "2022-01-06", 18, said="2022-01-06", **MINISTRY, **OFFICERS),
    claim("Moscow Times", "2022-01-07", 26, said="2022-01-07", population="militants", **MINISTRY),
    claim("Efe", "2022-01-07", 26, population="protesters", **MINISTRY),
    claim("Seattle Times", "2022-01-07", 26, population="civilians", **MINISTRY),
    claim("TASS", "2022-01-09", 16, said="2022-01-09", **MINISTRY, **OFFICERS),
    claim("Sputnik", "2022-01-09", 164, name="whole", article="sputnik", **HEALTH),
    claim("Sputnik", "2022-01-09", 103, article="sputnik", part_of="whole", **HEALTH, **ALMATY),
    claim("Sputnik", "2022-01-09", 21, article="sputnik", part_of="whole", place_text="Kyzylorda", **HEALTH),
    claim("Sputnik", "2022-01-09", 10, article="sputnik", part_of="whole", place_text="Zhambyl", **HEALTH),
    claim("Sputnik", "2022-01-09", 8, article="sputnik", part_of="whole", place_text="Region", **HEALTH),
    claim("Belsat", "2022-01-09", 164, stance="retracted", article="belsat", **HEALTH),
    claim("Belsat", "2022-01-09", 103, stance="retracted", article="belsat", **HEALTH, **ALMATY),
    claim("AP", "2022-01-10", 164, **HEALTH),
    claim("UPI", "2022-01-11", 164, modifier="at_least", attribution="authorities"),
    claim("OHCHR", "2022-01-11", 164, attribution="reports"),
    claim("Mirror copy", "2022-01-10", 164, population="children", attribution="authorities"),
    claim("AFP", "2022-01-15", 225, said="2022-01-15", article="afp", **PROSECUTOR),
    claim("AFP", "2022-01-15", 164, stance="retracted", article="afp", **HEALTH),
    claim("RFE/RL", "2022-03-14", 230, said="2022-03-14", article="rferl", **PROSECUTOR),
    claim(
        "RFE/RL", "2022-03-14", 238, said="2022-03-14", article="rferl",
        actor_id="kz-ombudsman", attribution="Azimova",
    ),
    # deaths, Almaty city
    claim("Interfax", "2022-01-16", 160, said="2022-01-16", actor_id="kz-almaty-police", **ALMATY),
    claim("RFE/RL", "2022-03-14", 139, said="2022-03-14", article="rferl", **PROSECUTOR, **ALMATY),
    # injured
    claim("Islam Times", "2022-01-15", 4578, "injured", article="islam", attribution="the prosecutor"),
    claim("Islam Times", "2022-01-15", 4353, "injured", article="islam", **PROSECUTOR),
    claim("Islam Times", "2022-01-15", 225, article="islam", **PROSECUTOR),
    # detained
    claim("OHCHR", "2022-01-11", 9900, "detained", **MINISTRY),
    claim("Al Jazeera", "2022-01-12", 1678, "detained", scope="change", **MINISTRY, **ALMATY),
    claim("AP", "2022-01-12", 12000, "detained", modifier="about"),
    # the force
    claim("Sputnik", "2022-01-06", 2500, "troops_deployed", stance="hypothetical", **ANNOUNCED),
    claim("Reuters", "2022-01-13", 2500, "troops_deployed", **ANNOUNCED),
    claim("WSJ", "2022-01-16", 2500, "troops_deployed", **ANNOUNCED),
    claim("Yahoo", "2022-01-10", 2030, "troops_present", **PRESIDENT, **FORCE),
    claim("CNBC", "2022-01-10", 2030, "troops_present", **PRESIDENT, **FORCE),
    claim("Diplomat", "2022-01-12", 2300, "troops_present", **PRESIDENT, **FORCE),
    claim("Second mirror", "2022-01-12", 2030, "troops_deployed", population="russian_forces"),
]  # fmt: skip


@pytest.fixture(scope="module")
def tables():
    event = load(FOLDER)
    known = load_lexicon(event).actors
    return compare(event, CLAIMS, known)


@pytest.fixture(scope="module")
def from_text():
    return walk(FOLDER)


def of_kind(tables, kind: str) -> list[dict]:
    return tables["findings"].filter(pl.col("kind") == kind).sort("rank").to_dicts()


def test_the_withdrawn_164_and_each_article_that_repeats_it(tables):
    told = [one for one in of_kind(tables, "repeated_after_withdrawal") if "164" in one["headline"]]
    (found,) = told
    assert found["headline"].startswith("3 articles printed 164 (killed, Kazakhstan) after 9 January 2022")
    assert all(name in found["detail"] for name in ("AP (164", "UPI (at least 164", "OHCHR (164"))
    assert "AFP (" not in found["detail"]


def test_the_security_dead_fall_without_a_word(tables):
    (found,) = [one for one in of_kind(tables, "silent_revision") if "security forces" in one["headline"]]
    assert "went from 18 to 16" in found["headline"]


def test_the_force_has_two_families_of_figures(tables):
    (found,) = of_kind(tables, "rival_troop_figures")
    assert "about 2,500, and 2,030 and 2,300" in found["headline"]


def test_the_figures_for_almaty_are_never_reconciled(tables):
    (found,) = [one for one in of_kind(tables, "unreconciled") if "Almaty" in one["headline"]]
    assert found["headline"].startswith("103, 160 and 139")
    assert "103 (Kazakh Health Ministry, 9 January 2022, withdrawn)" in found["detail"]


def test_two_totals_of_one_day_are_a_conflict(tables):
    (found,) = [one for one in of_kind(tables, "conflicting_statements") if "230" in one["headline"]]
    assert "14 March 2022" in found["headline"]
    assert "said 230" in found["headline"]
    assert "said 238" in found["headline"]


def test_the_dead_are_counted_among_the_injured(tables):
    (found,) = of_kind(tables, "dead_among_injured")
    assert found["headline"].startswith("4,578 injured is 4,353 injured and 225 killed")


def test_twelve_thousand_are_a_total_and_an_addition(tables):
    (found,) = of_kind(tables, "explained_by_sum")
    assert "AP printed about 12,000" in found["headline"]
    assert "9,900 and 1,678 make 11,578" in found["headline"]


def test_twenty_six_people_have_three_names(tables):
    (found,) = of_kind(tables, "population_relabelled")
    assert "The same 26 (killed" in found["headline"]
    assert "militants, protesters and civilians" in found["headline"]


def test_142_of_164_are_placed(tables):
    (found,) = of_kind(tables, "parts_leave_residual")
    assert "places 142; 22 are not placed" in found["headline"]


def test_164_children_are_an_error_of_copying(tables):
    children, _ = of_kind(tables, "copying_error")
    assert children["headline"].startswith("Mirror copy printed 164 (killed (children), Kazakhstan)")


def test_the_figure_of_the_alliance_is_not_that_of_one_member(tables):
    _, force = of_kind(tables, "copying_error")
    assert "Second mirror printed 2,030" in force["headline"]
    assert force["headline"].endswith("the figure that others give for all CSTO forces")


SURVIVES = {
    "164 withdrawn and repeated": ("repeated_after_withdrawal", "164"),
    "security dead 18 to 16": ("silent_revision", "from 18 to 16"),
    "two families of the force": ("rival_troop_figures", "2,500"),
    "230 and 238 on one day": ("conflicting_statements", "238"),
    "4,578 includes the dead": ("dead_among_injured", "4,578"),
    "about 12,000 detained": ("explained_by_sum", "12,000"),
    "26 under several names": ("population_relabelled", "26"),
    "142 of 164 placed": ("parts_leave_residual", "142"),
    "164 children": ("copying_error", "164"),
}


@pytest.mark.parametrize("what", SURVIVES)
def test_what_survives_the_road_from_text(from_text, what):
    kind, number = SURVIVES[what]
    assert any(number in one["headline"] for one in of_kind(from_text, kind)), what
