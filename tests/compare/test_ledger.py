"""What was on record on a day, and which way a source went from it."""

from __future__ import annotations

from datetime import date

from claimed import claim, compare
from riverland import EVENT

from pipeline.compare.ledger import on_record
from pipeline.recording import lines

HEALTH = {"actor_id": "rl-health"}
CLAIMS = [
    claim("Post", "2023-05-06", 18, said="2023-05-06", **HEALTH),
    claim("News", "2023-05-09", 16, said="2023-05-09", **HEALTH),
    claim("Wire", "2023-05-09", 164, attribution="a channel"),
    claim("Late", "2023-05-10", 164, stance="retracted", attribution="a channel"),
    claim("Found", "2023-05-20", 30, said="2023-05-08", attribution="a doctor"),
    claim("Plan", "2023-05-06", 99, stance="hypothetical"),
]


def standing(day: int) -> list[int]:
    tables = compare(EVENT, CLAIMS)
    found = on_record(tables["statements"], date(2023, 5, day)).join(tables["claims"], on="claim_id")
    return sorted(found["value"])


def test_on_record_is_what_had_been_printed_and_not_yet_replaced_or_withdrawn():
    assert standing(5) == []
    assert standing(8) == [18]
    assert standing(9) == [16, 164]
    assert standing(12) == [16]
    assert standing(21) == [16, 30]


def test_a_revision_has_a_direction_and_an_end():
    rows = compare(EVENT, CLAIMS)["statements"].sort("claim_id").to_dicts()
    assert (rows[0]["status"], rows[0]["revised"], rows[0]["ended_by"]) == ("superseded", "down", "c00001")
    assert rows[0]["stood_until"] == date(2023, 5, 9)
    assert (rows[2]["status"], rows[2]["ended_by"]) == ("withdrawn", "c00003")
    assert (rows[4]["stated_on"], rows[4]["published_on"]) == (date(2023, 5, 8), date(2023, 5, 20))


def test_a_figure_said_again_is_replaced_by_the_next_other_one():
    figures = ((1, 5), (2, 7), (3, 5), (4, 9))
    claims = [claim("Post", f"2023-05-0{day}", value, **HEALTH) for day, value in figures]
    rows = compare(EVENT, claims)["statements"].sort("claim_id").to_dicts()
    assert [row["ended_by"] for row in rows] == ["c00001", "c00002", "c00003", None]
    assert [row["revised"] for row in rows] == ["up", "down", "up", None]


def test_the_record_of_a_day_is_told_in_lines():
    told = list(lines(compare(EVENT, CLAIMS), date(2023, 5, 9), "killed"))
    assert told[0] == "killed, Riverland"
    assert [line.strip() for line in told[1:]] == [
        "16  Riverland Health Ministry, since 9 May 2023",
        "164  a channel, since 9 May 2023",
    ]
    assert list(lines(compare(EVENT, CLAIMS), date(2023, 5, 9), "injured")) == []
