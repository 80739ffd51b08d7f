"""Figures that people have coded enter as claims with what their table knows of them, and nothing more."""

from __future__ import annotations

from datetime import date

import pytest
from tabled import ACLED, GED, GED_ROW, HXL, folder, read


@pytest.fixture
def ged(tmp_path):
    return read(folder(tmp_path, {"figures.csv": GED + GED_ROW}))


def test_ucdp_gives_best_low_and_high_of_all_and_best_estimates_of_each_part(ged):
    figures = ged.claims.sort("value", descending=True).select(
        "population", "population_text", "modifier", "value", "low", "high"
    )
    assert figures.rows() == [
        ("all", None, "range", 12, 9, 15),
        ("civilians", None, "about", 7, None, None),
        ("side_b", "Harbor Front", "about", 4, None, None),
        ("side_a", "Government of Riverland", "about", 1, None, None),
    ]


def test_a_coded_figure_keeps_its_provenance(ged):
    claim, (article,) = ged.claim(population="all"), ged.articles.to_dicts()
    assert (claim["quote"], article["outlet"], claim["attribution"]) == (
        "best: 12",
        "UCDP GED",
        "police;doctors",
    )
    assert claim["extractor"].endswith("coded table: UCDP GED")
    assert claim["rule"] == "coded table"
    assert (claim["place_text"], claim["country"]) == ("Harborport town", "CI")
    assert (claim["incident"], claim["scope"]) == ("501", "incident")
    assert (claim["as_of_start"], claim["as_of_end"]) == (date(2023, 5, 4), date(2023, 5, 5))
    assert article["published_at"].date() == date(2023, 5, 8)


def test_offsets_count_in_the_text_of_the_row(ged):
    (text,) = ged.articles["text"]
    for claim in ged.claims.iter_rows(named=True):
        assert text[claim["start"] : claim["end"]] == claim["quote"]
        assert text[claim["attribution_start"] : claim["attribution_end"]] == claim["attribution"]


def test_acleds_number_is_a_lower_end(tmp_path):
    claim = read(folder(tmp_path, {"figures.csv": ACLED})).claim()
    assert (claim["modifier"], claim["value"], claim["low"], claim["high"]) == ("at_least", 12, 12, None)
    assert (claim["attribution"], claim["country"]) == ("Riverton Post", "KE")
    assert claim["as_of_start"] == date(2023, 5, 4)


def test_a_day_that_acled_does_not_vouch_for_is_no_day_of_the_figure(tmp_path):
    claim = read(folder(tmp_path, {"figures.csv": ACLED.replace("2023,1,", "2023,3,")})).claim()
    assert (claim["as_of_start"], claim["as_of_end"]) == (None, None)


@pytest.mark.parametrize("day", ["2023-05-04", "04 May 2023", "04-May-2023", "04/05/2023"])
def test_days_are_read_as_acled_writes_them(tmp_path, day):
    claim = read(folder(tmp_path, {"figures.csv": ACLED.replace("04 May 2023", day)})).claim()
    assert claim["as_of_end"] == date(2023, 5, 4)


@pytest.mark.parametrize(("cell", "values"), [("0", [0]), ("", []), ("NA", []), ("12.0", [12]), (" 7 ", [7])])
def test_zero_is_zero_and_an_empty_cell_is_missing(tmp_path, cell, values):
    found = read(folder(tmp_path, {"figures.csv": ACLED.replace(",12\n", f",{cell}\n")}))
    assert (found.claims["value"].to_list(), found.problems) == (values, ())


def test_a_row_of_several_metrics_gives_several_claims_with_ids_of_their_own(tmp_path):
    found = read(folder(tmp_path, {"figures.csv": HXL}))
    assert sorted(found.claims.select("metric", "value").rows()) == [("injured", 40), ("killed", 3)]
    assert found.claims["claim_id"].n_unique() == 2
    assert found.claims["claim_id"].str.contains("^c[0-9a-f]{12}$").all()
    assert found.claims["quote"].to_list() == ["Dead: 3", "Hurt: 40"]


def test_the_order_of_hxl_columns_changes_no_claim(tmp_path):
    turned = "\n".join(",".join(reversed(line.split(","))) for line in HXL.splitlines())
    same = ("metric", "value", "place_text", "as_of_start", "scope", "quote")
    found = [
        read(folder(tmp_path / name, {"figures.csv": content}))
        for name, content in (("a", HXL), ("b", turned))
    ]
    assert found[0].claims.select(same).sort(same).equals(found[1].claims.select(same).sort(same))
    assert found[1].articles["outlet"].to_list() == ["Riverton clinic"]


def test_no_cell_passes_for_another_column(tmp_path):
    notes = '"Quiet, said one.\nfatalities: 900\nlocation: Riverton"'
    row = ACLED.replace("Dozens died.", notes)
    claim = read(folder(tmp_path, {"figures.csv": row})).claim()
    assert (claim["value"], claim["place_text"], claim["quote"]) == (12, "Harborport", "fatalities: 12")


def test_no_label_passes_for_another(tmp_path):
    header, row = ACLED.splitlines()
    content = f"fatalities: 900,{header}\nx,{row}\n"
    assert read(folder(tmp_path, {"figures.csv": content})).claim()["quote"] == "fatalities: 12"


def test_cells_that_look_like_formulas_are_text(tmp_path):
    content = ACLED.replace("Riverton Post", "=HYPERLINK(1)").replace("Harborport", "@Harborport")
    found = read(folder(tmp_path, {"figures.csv": content}))
    claim = found.claim()
    assert (claim["attribution"], claim["place_text"], found.problems) == ("=HYPERLINK(1)", "@Harborport", ())


def test_wide_characters_move_no_offset(tmp_path):
    content = ACLED.replace("Harbor Front", "Фронт 港 👥")
    found = read(folder(tmp_path, {"figures.csv": content}))
    claim = found.claim()
    assert found.articles["text"][0][claim["start"] : claim["end"]] == "fatalities: 12"
