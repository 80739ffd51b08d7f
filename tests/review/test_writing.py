"""Rows written by hand get what lets their claims be found again."""

from __future__ import annotations

import polars as pl
from decided import HEADER, desk

from pipeline.review.reading import decided
from pipeline.review.sheet import parse
from pipeline.review.writing import anchors, completed

TEXT = "The mayor said that 12 people were killed in Riverton. Police detained 40 people."


def test_a_row_written_by_hand_gets_the_anchor_of_its_claim_and_others_stay():
    here = desk(TEXT)
    claim_id = here.claim_id("12 people")
    text = f"{HEADER}\n{claim_id},accept,,,Ann,2023-05-11,\nc0,reject,,,Ann,2023-05-11,gone\n"
    whole, filled = completed(parse(text.encode()), here.extracted, here.articles)
    assert filled == 1
    first, second = decided(parse(whole.encoded())).decisions
    assert first.anchor == here.anchor("12 people")
    assert second.anchor.quote == ""
    assert whole.encoded().decode().splitlines()[2] == "c0,reject,,,Ann,2023-05-11,gone"
    again, more = completed(parse(whole.encoded()), here.extracted, here.articles)
    assert (again.encoded(), more) == (whole.encoded(), 0)


def test_a_row_that_is_completed_survives_a_new_extraction():
    here, now = desk(TEXT), desk(f"Updated. {TEXT}", version="b")
    text = f"{HEADER}\n{here.claim_id('12 people')},reject,,,Ann,2023-05-11,\n"
    whole, _ = completed(parse(text.encode()), here.extracted, here.articles)
    header, row = whole.encoded().decode().splitlines()
    made = now.decide(row, header=header)
    assert made.claims["quote"].to_list() == ["detained 40 people"]
    assert made.reviews["claim_id"].to_list() == [now.claim_id("12 people")]


def test_nothing_to_complete_leaves_the_file_alone():
    here = desk(TEXT)
    sheet = parse(b"claim_id,verdict\nc0,accept\n")
    assert completed(sheet, here.extracted, here.articles) == (sheet, 0)


def test_an_article_is_named_by_its_url_unless_another_has_it():
    one, two = desk(TEXT, "Nothing."), desk(TEXT, "Nothing.", urls=False)
    claims = {"x": one.claim("12 people")}
    assert anchors(claims, one.articles)["x"].article == "https://example.org/0"
    assert anchors(claims, two.articles)["x"].article == "articles/a0.md"
    same = one.articles.with_columns(pl.lit("https://example.org/0").alias("url"))
    assert anchors(claims, same)["x"].article == "articles/a0.md"
