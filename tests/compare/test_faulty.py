"""Claims that cannot be right, or that bend a reader, are told as findings and stop nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from claimed import claim, compare
from riverland import EVENT

from pipeline.events import AcceptedFall

HEALTH = {"actor_id": "rl-health"}


def headlines(event, claims, kind: str) -> list[str]:
    return [row["headline"] for row in compare(event, claims)["findings"].to_dicts() if row["kind"] == kind]


def test_a_part_of_nothing_and_parts_of_each_other_are_told():
    claims = [
        claim("Post", "2023-05-09", 12, name="c1", part_of="gone"),
        claim("News", "2023-05-09", 13, name="c2", part_of="c3"),
        claim("Wire", "2023-05-09", 14, name="c3", part_of="c2"),
    ]
    found = headlines(EVENT, claims, "broken_parts")
    assert len(found) == 3
    assert sum("is not among the claims" in one for one in found) == 1
    assert sum("a part of itself" in one for one in found) == 2


def test_dates_that_cannot_be_right_are_told():
    claims = [
        claim("Post", "2023-05-09", 12, said="2023-05-11"),
        claim("News", "2023-05-09", 13, as_of_start=date(2023, 5, 8), as_of_end=date(2023, 5, 7)),
        claim("Wire", "2023-05-09", 14, said="2023-05-08"),
    ]
    assert len(headlines(EVENT, claims, "contradictory_dates")) == 2


def test_an_actor_that_no_table_knows_is_named_by_its_id():
    tables = compare(EVENT, [claim("Post", "2023-05-09", 12, actor_id="nobody")])
    assert tables["evidence"]["originator"].to_list() == ["nobody"]


def test_a_fall_that_the_event_accepts_is_told_with_its_reason():
    claims = [
        claim("Post", "2023-05-06", 40, said="2023-05-06", **HEALTH),
        claim("News", "2023-05-09", 30, said="2023-05-09", **HEALTH),
    ]
    event = replace(EVENT, accepted_falls=(AcceptedFall("killed", 40, 30, "ten were found alive"),))
    falls = [one for one in compare(event, claims)["findings"].to_dicts() if one["kind"] == "silent_revision"]
    assert [(one["severity"], "ten were found alive" in one["detail"]) for one in falls] == [("low", True)]


def test_two_sides_many_times_apart_are_told():
    rebels = replace(EVENT.actors[0], actor_id="rebels", name="Rebels", side="belligerent_a")
    event = replace(EVENT, actors=(*EVENT.actors, rebels))
    claims = [claim("Post", "2023-05-09", 12, **HEALTH), claim("News", "2023-05-10", 90, actor_id="rebels")]
    (found,) = headlines(event, claims, "sides_apart")
    assert "at least 7 times apart" in found


def test_a_figure_printed_after_its_source_gave_a_newer_one_is_told():
    claims = [
        claim("Post", "2023-05-06", 40, **HEALTH),
        claim("News", "2023-05-07", 55, **HEALTH),
        claim("Late", "2023-05-12", 40, **HEALTH),
    ]
    (found,) = headlines(EVENT, claims, "stale_figure")
    assert found.startswith("Late printed 40")
    assert "5 days after Riverland Health Ministry had given 55" in found


def test_a_figure_that_nobody_is_named_for_is_told():
    claims = [claim("Post", "2023-05-06", 40), claim("News", "2023-05-07", 55, **HEALTH)]
    (found,) = headlines(EVENT, claims, "no_source")
    assert found == "Post printed 40 (killed, Riverland) and named no source"


def test_a_total_that_falls_to_less_than_half_counts_something_else():
    claims = [
        claim("Post", "2023-05-06", 9900, "detained", **HEALTH),
        claim("News", "2023-05-30", 766, "detained", **HEALTH),
    ]
    (found,) = headlines(EVENT, claims, "definition_break")
    assert "gave 9,900" in found
    assert "another thing is counted" in found


def test_one_number_for_two_facts_in_one_article_is_told():
    claims = [
        claim("Post", "2023-05-06", 18, article="p", population="security_forces", **HEALTH),
        claim("Post", "2023-05-06", 18, "injured", article="p", population="militants", **HEALTH),
    ]
    (found,) = headlines(EVENT, claims, "value_collision")
    assert "18 stands for two facts" in found
    assert compare(EVENT, claims)["series"].height == 2


def test_parts_that_make_more_than_their_whole_are_told_alone_and_together():
    whole = claim("Post", "2023-05-06", 20, article="p", name="whole")
    parts = [
        claim("Post", "2023-05-06", number, article="p", part_of="whole", place_text=place)
        for number, place in ((12, "North"), (11, "South"))
    ]
    (together,) = headlines(EVENT, [whole, *parts], "parts_exceed_whole")
    assert together == "Post: parts that make 23 of 20 (killed, Riverland)"
    large = claim("Post", "2023-05-06", 25, article="p", part_of="whole", population="children")
    (alone,) = headlines(EVENT, [whole, large], "parts_exceed_whole")
    assert alone == "Post: 25 (killed (children), Riverland) as part of 20 (killed, Riverland)"
    assert headlines(EVENT, [whole, parts[0]], "parts_exceed_whole") == []
