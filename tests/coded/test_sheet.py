from __future__ import annotations

from pipeline.coded.sheet import rows_of, sheet


def test_the_sign_that_divides_most_cells_of_the_header_divides_them_all():
    assert sheet("id;place;dead\n1;Riverton, north, at the bridge, by night;2\n").delimiter == ";"
    assert sheet("id\tdead\n1\t2\n").header == ("id", "dead")


def test_labels_are_on_one_line_and_each_once():
    header = sheet('"number\nof dead",dead,dead,,dead\n1,2,3,4,5\n').header
    assert header[:4] == ("number of dead", "dead", "dead (column 3)", "column 4")
    assert len(set(header)) == 5


def test_tags_may_stand_below_several_rows_and_name_columns_without_a_header():
    laid = sheet("Riverland, figures of May\n\nWhere,\n#adm1,#affected+killed\nRiverton,3\n")
    assert (laid.header, laid.first) == (("Where", "#affected+killed"), 5)


def test_a_row_is_numbered_as_spreadsheets_number_it():
    assert list(rows_of('a,b\n\n"x\ny",2\nz,3\n', ",")) == [
        (1, ["a", "b"]),
        (2, []),
        (3, ["x\ny", "2"]),
        (4, ["z", "3"]),
    ]


def test_a_cell_without_end_costs_its_own_row_only():
    text = "a,b\n" + '"' + "x" * 200_000 + "\n1,2\n"
    assert list(rows_of(text, ","))[1:] == [(2, None), (3, ["1", "2"])]


def test_an_empty_text_holds_no_sheet():
    assert sheet(" \n\n") is None
