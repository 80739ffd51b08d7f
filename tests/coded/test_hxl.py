from __future__ import annotations

import pytest

from pipeline.coded import hxl


def table(*cells: str) -> hxl.Coded:
    row = hxl.tags(cells)
    assert row is not None
    return hxl.known("coded/sheet.csv", tuple(f"column {number}" for number in range(len(cells))), row)


@pytest.mark.parametrize("tag", ["#affected+killed+f", "#affected +f +killed", " #Affected+F+ Killed"])
def test_attributes_come_in_any_order_and_case(tag):
    (figure,) = table("#date", tag).figures
    assert (figure.metric, figure.population, figure.best) == ("killed", "women", "column 1")


@pytest.mark.parametrize("cells", [("#date", "May"), ("", ""), ("#date", "# of dead"), ("1", "2")])
def test_a_row_is_one_of_tags_only_if_every_cell_is_a_tag(cells):
    assert hxl.tags(cells) is None


def test_ends_go_with_their_figure_whatever_the_order():
    (figure,) = table("#affected+killed+max", "#affected+killed", "#affected+min+killed").figures
    assert (figure.low, figure.best, figure.high) == ("column 2", "column 1", "column 0")


def test_people_of_whom_no_population_is_known_are_not_taken_for_all():
    found = table("#affected+killed", "#affected+killed+m", "#affected+displaced+hh")
    assert [figure.best for figure in found.figures] == ["column 0"]
    assert found.unread == ("column 1", "column 2")


def test_languages_and_units_change_nothing():
    found = table(
        "#affected+ind+injured+i_en", "#country+code+v_iso2", "#loc+name", "#loc+code", "#affected+new+idps"
    )
    assert [(one.metric, one.change) for one in found.figures] == [("injured", False), ("displaced", True)]
    assert (found.country, found.place) == (("column 1",), ("column 2",))
