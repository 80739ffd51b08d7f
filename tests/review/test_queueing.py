"""What a person is shown first."""

from __future__ import annotations

from decided import desk

from pipeline.review.queueing import queue
from pipeline.schema import FINDINGS

TEXT = (
    "The Health Ministry said 12 people were killed, including three children. Police detained 40 people. "
    "In Riverton 7 others died."
)


def finding(rank: int, *claims: str) -> dict[str, object]:
    return {
        "finding_id": f"f{rank}",
        "event_id": "riverland-2023",
        "rank": rank,
        "kind": "unreconciled",
        "severity": "high",
        "headline": f"Finding {rank}",
        "detail": "",
        "claims": list(claims),
        "numbers": [],
    }


def test_claims_of_findings_come_first_then_those_that_extraction_is_less_sure_of():
    extracted = desk(TEXT).extracted
    ids = extracted["claim_id"].to_list()
    sure = [*extracted.filter(confidence="high")["claim_id"]]
    unsure = [
        *extracted.filter(confidence="low")["claim_id"],
        *extracted.filter(confidence="medium")["claim_id"],
    ]
    assert sure
    assert unsure
    findings = FINDINGS.frame([finding(2, ids[0]), finding(1, sure[0], "c-left-out"), finding(3, sure[0])])
    shown = queue(extracted, findings, ())
    first = [sure[0], *([ids[0]] if ids[0] != sure[0] else [])]
    assert [one.claim_id for one in shown] == [*first, *(one for one in unsure if one not in first)]
    assert shown[0].why == ("Finding 1", *(("Finding 2",) if ids[0] == sure[0] else ()), "Finding 3")


def test_what_was_decided_is_shown_only_again():
    extracted = desk(TEXT).extracted
    every = set(extracted["claim_id"])
    assert queue(extracted, FINDINGS.frame(), every) == ()
    again = queue(extracted, FINDINGS.frame(), every, again=True)
    assert {one.claim_id for one in again} == every


def test_no_claims_are_nothing_to_look_at():
    assert queue(desk("Nothing.").extracted, FINDINGS.frame(), ()) == ()
