from __future__ import annotations

import polars as pl

from pipeline import words

SAID = "The Health Ministry said at least 164 people were killed."
WITHDREW = "The Health Ministry withdrew its report that 164 people had been killed."


def of_kind(tables, kind: str) -> list[dict]:
    return tables["findings"].filter(pl.col("kind") == kind).sort("rank").to_dicts()


def test_a_figure_printed_after_its_withdrawal_is_named_with_who_printed_it(compared):
    tables = compared(
        ("Post", 9, SAID), ("News", 11, WITHDREW), ("Late Paper", 13, "The unrest left 164 people dead.")
    )
    (found,) = of_kind(tables, "repeated_after_withdrawal")
    assert found["headline"].startswith("1 article printed 164 (killed, Riverland) after 11 May 2023")
    assert "Late Paper (164, 13 May 2023, 2 days later)" in found["detail"]
    assert "Post" not in found["detail"]


def test_an_article_that_mentions_the_withdrawal_repeats_nothing(compared):
    tables = compared(
        ("Post", 9, SAID),
        ("News", 11, WITHDREW),
        ("Late", 13, f"{WITHDREW} The unrest had left 164 people dead."),
    )
    assert of_kind(tables, "repeated_after_withdrawal") == []


def test_a_figure_printed_on_the_day_of_the_withdrawal_is_not_held_against_it(compared):
    tables = compared(
        ("Post", 9, SAID), ("News", 11, WITHDREW), ("Late", 11, "The unrest left 164 people dead.")
    )
    assert of_kind(tables, "repeated_after_withdrawal") == []


def test_two_sources_that_no_number_fits_both_of_are_a_conflict(compared):
    tables = compared(
        ("Post", 9, "The Health Ministry said 12 people were killed."),
        ("News", 9, "Riverland police said 13 people were killed."),
    )
    (found,) = of_kind(tables, "conflicting_statements")
    assert "Riverland Health Ministry said 12, Riverland police said 13" in found["headline"]


def test_one_source_carried_widely_is_said_to_be_one(compared):
    tables = compared(
        *((name, 9, "The Health Ministry said 26 people were killed.") for name in ("Post", "News", "Wire"))
    )
    (found,) = of_kind(tables, "single_origin")
    assert found["headline"].startswith("3 outlets carry one statement: Riverland Health Ministry, 26")


def test_a_total_that_falls_without_a_word_is_a_silent_revision(compared):
    tables = compared(
        ("Post", 8, "The Health Ministry said on 7 May that 40 people were killed."),
        ("News", 10, "The Health Ministry said on 9 May that 30 people were killed."),
    )
    (found,) = of_kind(tables, "silent_revision")
    assert "went from 40 to 30" in found["headline"]


def test_a_total_that_rises_is_no_revision(compared):
    tables = compared(
        ("Post", 8, "The Health Ministry said on 7 May that 30 people were killed."),
        ("News", 10, "The Health Ministry said on 9 May that 40 people were killed."),
    )
    assert of_kind(tables, "silent_revision") == []


def test_findings_are_ranked_and_every_number_they_print_is_listed(compared):
    tables = compared(
        ("Post", 9, SAID),
        ("News", 11, WITHDREW),
        ("Late", 13, "The unrest left 164 people dead."),
        ("More", 9, "Riverland police said 120 people were killed."),
    )
    findings = tables["findings"].sort("rank")
    assert findings["rank"].to_list() == list(range(1, findings.height + 1))
    assert findings["severity"][0] == "high"
    for row in findings.iter_rows(named=True):
        assert set(words.numbers_in(row["headline"], row["detail"])) == set(row["numbers"])
        assert set(row["claims"]) <= set(tables["claims"]["claim_id"])


def test_no_claims_make_no_findings(compared):
    assert compared(("Post", 9, "Nothing happened."))["findings"].is_empty()
