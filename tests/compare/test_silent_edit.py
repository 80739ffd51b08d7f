"""Versions of one page whose figures differ, from files to the finding."""

from __future__ import annotations

import polars as pl
import pytest

PAGE = "https://example.org/unrest"
SAID = "The Health Ministry said at least 164 people were killed."


@pytest.fixture
def edits(make_event, article, tables_of):
    """Headlines of the silent edits between versions of one page, a day apart."""

    def headlines(*texts: str, urls: tuple[str, ...] = ()) -> list[str]:
        files = {
            f"v{day}": article(text, published=f"2023-05-{day:02}", url=url)
            for day, (text, url) in enumerate(zip(texts, urls or (PAGE,) * len(texts), strict=True), 9)
        }
        found = tables_of(make_event(**files))["findings"]
        return found.filter(pl.col("kind") == "silent_edit").sort("rank")["headline"].to_list()

    return headlines


def test_a_figure_that_was_changed_is_set_against_the_one_in_its_place(edits):
    (found,) = edits(SAID, SAID.replace("at least 164", "44"))
    assert found.startswith("Riverton Post changed at least 164 to 44 on one page (killed")


def test_a_figure_that_was_taken_off_is_said_to_be_gone(edits):
    (found,) = edits(
        f"{SAID} Police held 30 protesters.", "The Health Ministry gave no count. Police held 30 protesters."
    )
    assert "took at least 164 off its page" in found


def test_a_page_that_lost_all_its_figures_is_no_exception(edits):
    (found,) = edits(SAID, "The Health Ministry gave no count of the dead on Wednesday.")
    assert "took at least 164 off" in found


def test_a_page_that_tells_what_it_told_before_edits_nothing_silently(edits):
    withdrawn = "The Health Ministry withdrew its report that 164 people had been killed."
    assert edits(SAID, f"{withdrawn} It now says 44 people were killed.") == []


def test_a_figure_that_was_added_is_no_edit(edits):
    assert edits(SAID, f"{SAID} Police held 30 protesters.") == []


def test_other_pages_are_not_versions(edits):
    assert edits(SAID, SAID.replace("164", "44"), urls=(PAGE, f"{PAGE}-2")) == []


def test_each_figure_of_three_versions_is_told_once(edits):
    found = edits(SAID, SAID.replace("at least 164", "44"), SAID.replace("at least 164", "50"))
    assert [text.split(" on one page")[0] for text in found] == [
        "Riverton Post changed at least 164 to 44",
        "Riverton Post changed 44 to 50",
    ]


def test_a_figure_that_its_page_no_longer_tells_does_not_stand(make_event, article, tables_of):
    files = {
        "v1": article(SAID, published="2023-05-09", url=PAGE),
        "v2": article(SAID.replace("at least 164", "44"), published="2023-05-09", url=PAGE),
    }
    tables = tables_of(make_event(**files))
    status = tables["statements"].join(tables["claims"], on="claim_id").select("value", "status", "revised")
    assert sorted(status.rows()) == [(44, "standing", None), (164, "superseded", "down")]
