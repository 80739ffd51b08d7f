from __future__ import annotations

import tomllib

import pytest
from claimed import claim, compare
from riverland import EVENT

from pipeline.checking.falls import check
from pipeline.events import AcceptedFall


@pytest.fixture
def fallen():
    """Two claims of one source, of which the later is lower."""
    said = {"actor_id": "rl-health", "attribution": "the Health Ministry"}
    first = claim("Post", "2023-05-05", 164, name="c1", said="2023-05-05", article="first", **said)
    later = claim("News", "2023-05-08", 149, name="c2", said="2023-05-08", article="later", **said)
    return compare(EVENT, [first, later])


def verdict(tables, *accepted: AcceptedFall):
    return check(tables["findings"], tables["claims"], tables["articles"], accepted)


def test_a_fall_is_a_warning_that_names_claims_numbers_and_files(fallen):
    found = verdict(fallen)
    assert (found.severity, found.counts) == ("warning", {"falls": 1, "falls not accepted": 1})
    line = "c1 in articles/first.md: killed, all: from 164 to 149 (c2 in articles/later.md)"
    assert line in found.message


def test_the_remedy_is_an_entry_that_can_be_pasted(fallen):
    entry = tomllib.loads("[[accepted_falls]]" + verdict(fallen).message.split("[[accepted_falls]]")[1])
    assert entry == {"accepted_falls": [{"metric": "killed", "from": 164, "to": 149, "reason": "…"}]}


def test_a_fall_that_the_event_accepts_passes(fallen):
    found = verdict(fallen, AcceptedFall("killed", 164, 149, "counted twice in one city"))
    assert (found.severity, found.counts["falls"]) == (None, 1)
    assert verdict(fallen, AcceptedFall("killed", 164, 150, "another")).severity == "warning"


def test_a_total_that_rises_is_none():
    said = {"actor_id": "rl-health", "attribution": "the Health Ministry"}
    tables = compare(
        EVENT,
        [
            claim("Post", "2023-05-05", 149, said="2023-05-05", **said),
            claim("News", "2023-05-08", 164, said="2023-05-08", **said),
        ],
    )
    assert verdict(tables).severity is None
