"""Tables in `coded/` are recognised by their header; what is wrong with one stops no other."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from tabled import ACLED, GED, GED_ROW, HXL, folder, read

from pipeline.events import discover, load
from pipeline.limits import Limits

MAVERICK = Path(__file__).parent.parent / "data" / "maverick" / "reports.csv"
OWN = "when,where,dead,hurt\n2023-05-04,Riverton,3,\n"
ENTRY = """
title = "Riverton"
[[coded]]
file = "own.csv"
published = "when"
place = "where"
figures = [{ metric = "killed", best = "dead" }, { metric = "injured", best = "hurt" }]
"""
MAVERICK_HEADER = (
    "id,event_id,country,date_start,date_end,city,deaths_best,deaths_low,deaths_high,"
    "injuries_best,injuries_low,injuries_high,source_author\n"
)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (GED + GED_ROW, "UCDP GED"),
        (ACLED, "ACLED"),
        (ACLED.replace("event_id_cnty,event_date", "EVENT_ID_CNTY,EVENT_DATE"), "ACLED"),
        (MAVERICK_HEADER, "MAVERICK"),
        (HXL, "HXL"),
    ],
)
def test_a_format_is_recognised_by_its_header(tmp_path, content, name):
    (table,) = load(folder(tmp_path, {"figures.csv": content})).coded
    assert (table.file, table.name) == ("coded/figures.csv", name)


@pytest.mark.parametrize(
    "saved",
    [
        ACLED.encode("utf-8-sig"),
        ACLED.encode("utf-16"),
        ACLED.replace(",", ";").replace("\n", "\r\n").encode(),
        ACLED.replace(",", "\t").encode(),
    ],
    ids=["byte order mark", "utf-16", "semicolons", "tabs"],
)
def test_a_table_is_read_however_it_was_saved(tmp_path, saved):
    found = read(folder(tmp_path, {"figures.csv": saved}))
    assert (found.claim()["value"], found.claim()["place_text"], found.problems) == (12, "Harborport", ())


def test_another_encoding_is_read_and_told(tmp_path):
    rows = "".join(f"2023-05-0{day},Préfecture de Rivière-à-Pierre,{day},0\n" for day in range(1, 9))
    raw = ("when,where,dead,hurt\n" + rows).encode("cp1252")
    found = read(folder(tmp_path, {"own.csv": raw}, ENTRY))
    assert found.claims["place_text"].unique().to_list() == ["Préfecture de Rivière-à-Pierre"]
    assert found.problems[0].message.startswith("not UTF-8: read as")


def test_a_row_is_an_article_that_says_where_it_stands(tmp_path):
    (row,) = read(folder(tmp_path, {"figures.csv": ACLED})).articles.to_dicts()
    assert (row["kind"], row["outlet"], row["raw_path"]) == ("coded", "ACLED", "coded/figures.csv#2")
    assert row["published_at"].date().isoformat() == "2023-05-04"
    assert row["text"].splitlines()[-1] == "fatalities: 12"


def test_a_format_that_is_not_known_is_told_with_its_columns_and_a_remedy(tmp_path):
    found = read(folder(tmp_path, {"own.csv": OWN, "figures.csv": ACLED}))
    (problem,) = found.problems
    assert (problem.path, problem.severity) == ("coded/own.csv", "error")
    assert "when, where, dead, hurt" in problem.message
    assert '[[coded]] file = "own.csv"' in problem.remedy
    assert found.claims.height == 1


@pytest.mark.parametrize("named", ["own.csv", "coded/own.csv", "../../elsewhere/own.csv"])
def test_an_entry_describes_a_table_of_ones_own_in_the_folder(tmp_path, named):
    found = read(folder(tmp_path, {"own.csv": OWN}, ENTRY.replace("own.csv", named)))
    assert (found.claims["metric"].to_list(), found.problems) == (["killed"], ())


def test_an_entry_wins_over_what_the_header_tells(tmp_path):
    figures = 'figures = [{ metric = "injured", best = "fatalities" }]'
    config = f'title = "x"\n[[coded]]\nfile = "figures.csv"\n{figures}\n'
    found = read(folder(tmp_path, {"figures.csv": ACLED}, config))
    assert found.claims["metric"].to_list() == ["injured"]


def test_an_entry_that_names_an_unknown_bound_is_an_error_of_event_toml(tmp_path):
    config = ENTRY.replace('best = "dead"', 'best = "dead", modifier = "roughly"')
    assert "roughly" in str(load(folder(tmp_path, {"own.csv": OWN}, config)).config_error)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (",12\n", ",dozens\n", "fatalities “dozens” is no whole number"),
        (",12\n", ",12.5\n", "fatalities “12.5” is no whole number"),
        (",12\n", ',"1,200"\n', "fatalities “1,200” is no whole number"),
        (",12\n", ",-1\n", "fatalities “-1” is negative"),
        (",12\n", ",=2+3\n", "fatalities “=2+3” is no whole number"),
        ("04 May 2023", "early May", "event_date “early May” is no date"),
        ("04 May 2023", "31 June 2023", "event_date “31 June 2023” is no date"),
        (",12\n", "\n", "has 11 cells where the header has 12 columns"),
        (",12\n", ",12,13\n", "has 13 cells where the header has 12 columns"),
    ],
)
def test_a_row_that_cannot_be_used_is_named_and_the_rest_is_done(tmp_path, old, new, message):
    last = ACLED.splitlines()[1].replace("RVL7", "RVL8")
    found = read(folder(tmp_path, {"figures.csv": ACLED.replace(old, new) + last + "\n"}))
    (problem,) = found.problems
    assert (problem.path, problem.severity) == ("coded/figures.csv#2", "error")
    assert message in problem.message
    assert found.claims["incident"].to_list() == ["RVL8"]


def test_ends_in_the_wrong_order_are_told_and_the_row_is_used_as_it_stands(tmp_path):
    found = read(folder(tmp_path, {"figures.csv": GED + GED_ROW.replace(",12,15,9\n", ",12,15,13\n")}))
    (problem,) = found.problems
    assert (problem.path, problem.severity) == ("coded/figures.csv#2", "warning")
    assert problem.message == "low 13 is above best 12; used as it stands"
    assert found.claim(population="all")["value"] == 12


def test_days_in_the_wrong_order_are_told_and_left_out(tmp_path):
    found = read(folder(tmp_path, {"figures.csv": GED + GED_ROW.replace("2023-05-04 ", "2023-05-14 ")}))
    assert found.problems[0].message.startswith("its first day 2023-05-14 00:00:00.000 is after its last")
    assert (found.claims["as_of_start"].null_count(), found.claims["as_of_end"].null_count()) == (4, 4)


def test_of_many_faulty_rows_the_first_are_told_and_the_others_counted(tmp_path):
    row = ACLED.splitlines()[1]
    faulty = "".join(row.replace("RVL7", f"RVL{n}").replace(",12", ",many") + "\n" for n in range(10, 60))
    found = read(folder(tmp_path, {"figures.csv": ACLED + faulty}))
    assert len(found.problems) == 21
    assert found.problems[-1].message == "30 more problems in rows; 50 rows were left out in all"


def test_a_row_of_empty_cells_is_no_report(tmp_path):
    found = read(folder(tmp_path, {"figures.csv": ACLED + "\n" + "," * 11 + "\n"}))
    assert (found.articles.height, found.problems) == (1, ())


def test_rows_without_a_date_are_used_and_counted(tmp_path):
    found = read(folder(tmp_path, {"figures.csv": HXL.replace("2023-05-04", "")}))
    assert found.claims.height == 2
    assert found.problems[0].message.startswith("1 rows have no date")


def test_columns_of_people_that_are_not_read_are_named(tmp_path):
    found = read(folder(tmp_path, {"figures.csv": HXL.replace("+injured", "+injured+m")}))
    assert found.claims["metric"].to_list() == ["killed"]
    assert found.problems[0].message.endswith("are not read: Hurt")


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("empty.csv", b"", "holds no table"),
        ("figures.xlsx", b"PK\x03\x04", "files of the kind .xlsx are not read as tables"),
        ("wide.csv", b"a," * 5_000, "has more than 1000 columns"),
        ("zeros.csv", b"id,dead\n1,\0\0\0\n", "is no text"),
    ],
)
def test_a_file_that_is_no_table_is_a_problem(tmp_path, name, content, message):
    found = read(folder(tmp_path, {name: content, "figures.csv": ACLED}))
    assert [problem.path for problem in found.problems] == [f"coded/{name}"]
    assert message in found.problems[0].message
    assert found.claims.height == 1


def test_a_table_beyond_the_limit_is_refused_with_the_limit_named(tmp_path):
    found = read(folder(tmp_path, {"figures.csv": ACLED}), Limits(table_bytes=100))
    assert "COUNTERCLAIM_TABLE_BYTES" in found.problems[0].remedy


def test_a_link_to_outside_of_the_folder_is_not_followed(tmp_path):
    secret = tmp_path / "secret.csv"
    secret.write_text(ACLED)
    event = folder(tmp_path, {})
    (event / "coded" / "figures.csv").symlink_to(secret)
    found = read(event)
    assert found.articles.is_empty()
    assert found.problems[0].message == "is a link to outside of the event's folder"


def test_the_same_bytes_under_two_names_are_read_once(tmp_path):
    found = read(folder(tmp_path, {"a.csv": ACLED, "b.csv": ACLED}))
    assert (found.claims.height, found.problems[0].path) == (1, "coded/b.csv")
    assert found.problems[0].message == "the same bytes as coded/a.csv; read once"


def test_a_folder_of_tables_is_an_event_and_its_tables_are_no_articles(tmp_path):
    event = folder(tmp_path, {"figures.csv": ACLED})
    (event / "page.txt").write_text("Two people were killed in Riverton.")
    (found,) = discover(tmp_path)
    assert [path.name for path in found.files] == ["page.txt"]
    assert [table.file for table in found.coded] == ["coded/figures.csv"]


def test_maverick_is_recognised_as_its_entry_describes_it(tmp_path):
    event = folder(tmp_path, {})
    shutil.copy(MAVERICK, event / "coded" / "reports.csv")
    found, entry = read(event), read(MAVERICK.parent)
    same = ("metric", "value", "low", "high", "modifier", "incident", "scope", "place_text", "quote")
    assert found.claims.select(same).sort(same).equals(entry.claims.select(same).sort(same))
    assert found.articles["outlet"].sort().equals(entry.articles["outlet"].sort())


def test_a_quotation_mark_that_is_never_closed_is_told(tmp_path):
    broken = ACLED.replace("Riverton", '"Riverton', 1)
    found = read(folder(tmp_path, {"figures.csv": broken}))
    assert any("a cell without end" in problem.message for problem in found.problems)


def test_what_is_no_file_is_told_and_not_waited_for(tmp_path):
    event = folder(tmp_path, {"figures.csv": ACLED})
    os.mkfifo(event / "coded" / "pipe.csv")
    (event / "coded" / "nowhere.csv").symlink_to("nothing.csv")
    told = {one.path: one.message for one in read(event).problems}
    assert told == {
        "coded/pipe.csv": "is no plain file",
        "coded/nowhere.csv": "cannot be opened: No such file or directory",
    }
