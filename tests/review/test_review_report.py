"""What people decided stands in findings, pages and tables: told as words, whatever the words are."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from declared import violations
from pypdf import PdfReader

from pipeline import words
from pipeline.events import load
from pipeline.explaining import explain
from pipeline.extract.lexicon import load_lexicon
from pipeline.report import html, pages, pdf
from pipeline.report.figures import gallery
from pipeline.report.view import build
from pipeline.schema import TABLES

HEADER = "claim_id,verdict,field,value,reviewer,date,reason,article,quote\n"
HOSTILE = "<script>alert(1)</script> #panic() $x^2$ {{7*7}} =HYPERLINK(1) \u202eback"
SAID = {
    "one": ("The mayor said 12 people were killed in Riverton, including three children.", 3),
    "two": ("Riverton police said 15 people were killed in Riverton.", 4),
    "three": ("The mayor said on Friday that 20 people were injured.", 5),
}


@pytest.fixture
def reviewed(make_event, article, tables_of):
    """An event with an amended, a rejected and an accepted claim, and a decision whose claim is gone."""
    folder = make_event(
        **{
            name: article(
                text, outlet=f"Paper {name}", published=f"2023-05-0{day}", url=f"https://example.org/{name}"
            )
            for name, (text, day) in SAID.items()
        }
    )
    ids = dict(tables_of(folder)["claims"].select("value", "claim_id").rows())
    rows = [
        f'{ids[12]},amend,value,14,"{HOSTILE} Ann",2023-05-11,"{HOSTILE}",,',
        f"{ids[15]},reject,,,Ben,2023-05-12,a misprint,,",
        f"{ids[20]},accept,,,Ben,2023-05-12,,,",
        'c0000000dead0,reject,,,Ben,2023-05-12,never was,https://example.org/one,"99 ships sank"',
        "c0000000dead1,amend,value,7,,,,,",
        "c0000000dead1,amend,scope,incident,,,,,",
    ]
    (folder / "reviews.csv").write_text(HEADER + "\n".join(rows), encoding="utf-8")
    return folder, tables_of(folder), ids


def test_a_decision_whose_claim_is_gone_is_a_finding_that_rests_on_no_claim(reviewed):
    _, tables, _ = reviewed
    found = tables["findings"].filter(kind="review_without_claim").sort("rank").to_dicts()
    assert [one["claims"] for one in found] == [[], []]
    assert {one["severity"] for one in found} == {"medium"}
    assert len({one["finding_id"] for one in found}) == 2
    told = {one["headline"]: one for one in found}
    assert (
        "Ben rejected the claim c0000000dead0 in https://example.org/one, which is not among the claims now"
        in told
    )
    other = next(one for headline, one in told.items() if headline.startswith("A person amended"))
    assert other["detail"].count("A person amended it") == 2
    assert violations(TABLES["findings"], tables["findings"]) == []


def test_findings_about_gone_claims_keep_their_ids_when_rows_move(reviewed, tables_of):
    folder, tables, _ = reviewed
    path = folder / "reviews.csv"
    path.write_text("# moved\n\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    moved = tables_of(folder)["findings"].filter(kind="review_without_claim")
    assert set(moved["finding_id"]) == set(
        tables["findings"].filter(kind="review_without_claim")["finding_id"]
    )


def test_tables_tell_what_it_was_and_what_it_is(reviewed):
    _, tables, ids = reviewed
    assert tables["claims"].filter(claim_id=ids[12])["value"].to_list() == [14]
    assert ids[15] not in set(tables["claims"]["claim_id"])
    first = tables["reviews"].sort("line").row(0, named=True)
    assert (first["was"], first["value"], first["figure"]) == ("12", "14", "12")
    assert tables["extracted"].filter(claim_id=ids[12])["value"].to_list() == [12]
    for name, frame in tables.items():
        if name in TABLES:
            assert violations(TABLES[name], frame) == [], name


def test_an_edit_of_reviews_is_another_run(reviewed, tables_of):
    folder, tables, _ = reviewed
    with (folder / "reviews.csv").open("a", encoding="utf-8") as file:
        file.write("\n# one more comment\n")
    assert tables_of(folder)["runs"]["inputs_sha256"][0] != tables["runs"]["inputs_sha256"][0]


def test_the_figure_of_what_we_could_not_see_counts_who_looked(reviewed):
    folder, tables, _ = reviewed
    view = build(load(folder), tables, ())
    assert view.counts["reviewed"] == 2


def test_page_and_pdf_say_who_changed_what_and_why(reviewed):
    folder, tables, ids = reviewed
    view = build(load(folder), tables, ())
    hung = gallery.hang(view)
    page = html.render(view, hung)
    section = page.split("What people changed</h2>", 1)[1].split("<h2>", 1)[0]
    document = PdfReader(io.BytesIO(pdf.render(view, hung)))
    printed = " ".join(" ".join(one.extract_text() for one in document.pages).replace("\u200b", "").split())
    assert "What people changed" in printed
    for text in (
        "1 accepted, 1 amended, 1 left out",
        "12 May 2023",
        "a misprint",
        "left out",
        "Paper two",
        "claim gone",
    ):
        assert text in section
        assert text in printed
    assert "<script>" not in section
    for literal in ("#panic()", "$x^2$", "{{7*7}}"):
        assert literal in section
        assert literal in printed
    assert "\u202e" not in page
    assert f'href="#claim-{ids[12]}"' in section
    assert f'href="#claim-{ids[15]}"' not in page
    row = page.split(f'<tr id="claim-{ids[12]}">', 1)[1].split("</tr>", 1)[0]
    assert "amended by a person" in row
    assert "amended by a person" in printed
    (attached,) = document.attachments["claims.json"]
    assert {one["id"]: one["reviewed"] for one in json.loads(attached)}[ids[20]] == "accepted by a person"


def test_without_reviews_pages_do_not_speak_of_them(make_event, article, view_of):
    view = view_of(make_event(one=article(SAID["one"][0])))
    assert pages.content(view, gallery.hang(view), ())["reviews"] is None
    assert "What people changed" not in html.render(view, gallery.hang(view))


def test_of_many_decisions_the_page_prints_some_and_says_so(reviewed, monkeypatch):
    folder, tables, _ = reviewed
    monkeypatch.setattr(pages, "DECISIONS_SHOWN", 1)
    view = build(load(folder), tables, ())
    told = pages.content(view, gallery.hang(view), ())["reviews"]
    assert len(told["rows"]) == 1
    assert told["more"]


def test_a_claim_laid_open_tells_what_people_decided(reviewed):
    _, tables, ids = reviewed
    told = "\n".join(explain(tables, ids[20], load_lexicon().rules))
    assert "line 4, Ben, 2023-05-12: accept, applied: the claim stands as extraction gave it" in told
    assert "value from 12 to 14" in "\n".join(explain(tables, ids[12], load_lexicon().rules))


def test_every_number_a_finding_prints_is_listed(reviewed):
    _, tables, _ = reviewed
    for row in tables["findings"].filter(kind="review_without_claim").iter_rows(named=True):
        assert set(words.numbers_in(row["headline"], row["detail"])) == set(row["numbers"])


def test_a_folder_in_place_of_the_file_stops_nothing(make_event, article, tables_of):
    folder = make_event(one=article(SAID["one"][0]))
    Path(folder / "reviews.csv").mkdir()
    tables = tables_of(folder)
    assert tables["claims"].height == 2
    (problem,) = tables["problems"].filter(stage="review").to_dicts()
    assert problem["path"] == "reviews.csv"
