"""Decisions of people applied to what extraction gave."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from pipeline import words
from pipeline.events import Actor, Event
from pipeline.folders import REVIEWS as FILE
from pipeline.review.amending import Known, amend, known, typed_value
from pipeline.review.anchoring import Found, Row, figure, find
from pipeline.review.decisions import ACCEPT, AMEND, REJECT, Decided, Decision, Problem
from pipeline.review.figures import AmendError
from pipeline.review.frames import among
from pipeline.review.setting import Desk
from pipeline.review.standing import says_the_same, standing
from pipeline.schema import CLAIMS, EXTRACTED, PROBLEMS, REVIEWS
from pipeline.schema.review import VERDICTS
from pipeline.table import TEXT

APPLIED: Final = "applied"
OVERRULED: Final = "overruled"
GONE: Final = "claim gone"
UNUSABLE: Final = "not usable"
_NAMED: Final = 5  # claims that a note names


@dataclass(frozen=True, slots=True)
class Reviewed:
    """Frames of the tables claims, reviews and problems; those are of reviews.csv alone."""

    claims: pl.DataFrame
    reviews: pl.DataFrame
    problems: pl.DataFrame


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What became of a decision. `was` and `value`: what the amended column held and holds."""

    outcome: str
    note: str
    was: str | None = None
    value: str | None = None


def apply(
    extracted: pl.DataFrame,
    articles: pl.DataFrame,
    decided: Decided,
    event: Event,
    actors: Sequence[Actor],
) -> Reviewed:
    """The claims that comparison sees, what became of each decision, and what could not be used.

    Of `articles` the columns article_id, raw_path, url and text are read.
    """
    found = find(decided.decisions, extracted, articles)
    desk = Desk.of([one.claim for one in found.values() if one.claim is not None], extracted, articles)
    knowledge = known(event, actors)
    outcomes: dict[int, _Outcome] = {}
    on_claims: dict[str, list[Decision]] = {}
    for one in decided.decisions:
        claim = found[one.line].claim
        if outcome := _unfit(one, found[one.line], desk, knowledge):
            outcomes[one.line] = outcome
        elif claim is not None:
            on_claims.setdefault(claim["claim_id"], []).append(one)
    verdicts = {claim_id: standing(several) for claim_id, several in on_claims.items()}
    rejected = frozenset(key for key, stands in verdicts.items() if _verdict(stands) == REJECT)
    desk = desk.without(rejected)
    amended: dict[str, Mapping[str, Any]] = {}
    accepted: list[str] = []
    for claim_id, several in on_claims.items():
        stands = verdicts[claim_id]
        if _verdict(stands) == AMEND:
            last = sorted(set(stands.values()), key=lambda one: one.line)
            columns, told = _amended(desk, claim_id, last, knowledge)
            desk = desk.amended(claim_id, columns)
            amended |= {claim_id: columns} if columns else {}
        else:
            told = {_last(stands).line: _taken(desk, claim_id, _verdict(stands))}
            accepted += [claim_id] if _verdict(stands) == ACCEPT else []
        outcomes |= dict(_all_told(several, stands, told, found))
    problems = [*decided.problems, *_problems(decided.decisions, outcomes)]
    rows = [_row(event, one, found[one.line], outcomes[one.line], desk) for one in decided.decisions]
    return Reviewed(
        _claims(extracted, rejected, accepted, amended),
        REVIEWS.frame(rows),
        PROBLEMS.frame([_problem_row(event, one) for one in problems]),
    )


def _unfit(one: Decision, found: Found, desk: Desk, knowledge: Known) -> _Outcome | None:
    """Why a decision cannot be applied, whatever the others say."""
    if one.verdict not in VERDICTS:
        return _Outcome(UNUSABLE, f"{one.verdict!r} is no verdict: one of {', '.join(VERDICTS)}")
    if one.verdict != AMEND and (one.field or one.value):
        return _Outcome(UNUSABLE, f"to {one.verdict} leave field and value empty; amend changes a field")
    if not (one.claim_id or one.anchor.quote):
        return _Outcome(UNUSABLE, "it names no claim: give a claim_id, or a quote with its article")
    if found.claim is None:
        return _Outcome(GONE, found.note)
    if one.verdict == AMEND:
        try:
            typed_value(desk.setting(found.claim["claim_id"]), one.field, one.value, knowledge)
        except AmendError as error:
            return _Outcome(UNUSABLE, str(error))
    return None


def _verdict(stands: Mapping[int, Decision]) -> str:
    return _last(stands).verdict


def _last(stands: Mapping[int, Decision]) -> Decision:
    return next(iter(stands.values()))


def _taken(desk: Desk, claim_id: str, verdict: str) -> _Outcome:
    """An acceptance, or a rejection with what it does to others."""
    if verdict == ACCEPT:
        return _Outcome(APPLIED, "the claim stands as extraction gave it")
    parts = desk.parts_of(claim_id)
    if not parts:
        return _Outcome(APPLIED, "the claim is left out")
    more = f" and {len(parts) - _NAMED} more" if len(parts) > _NAMED else ""
    named = ", ".join(parts[:_NAMED]) + more
    return _Outcome(APPLIED, f"the claim is left out; these were parts of it and have no whole now: {named}")


def _amended(
    desk: Desk, claim_id: str, several: Sequence[Decision], knowledge: Known
) -> tuple[Mapping[str, Any], dict[int, _Outcome]]:
    """The columns that change, and what became of each of `several` amendments of one claim."""
    claim = desk.claims[claim_id]
    made = amend(desk.setting(claim_id), {one.field: one.value for one in several}, knowledge)
    fields = {one.field for one in several}
    told = {}
    for one in several:
        if one.field in made.faults:
            told[one.line] = _Outcome(UNUSABLE, made.faults[one.field])
            continue
        columns = made.by_field[one.field]
        was, now = _text(claim[one.field]), _text(columns[one.field])
        notes = [f"{one.field} from {_told(was)} to {_told(now)}"]
        if was == now:
            notes = [f"extraction gives {one.field} {_told(now)} too"]
        notes += [
            f"{name} from {_told(claim[name])} to {_told(value)}"
            for name, value in columns.items()
            if name not in fields and claim[name] != value
        ]
        told[one.line] = _Outcome(APPLIED, "; with it ".join(notes), was, now)
    return made.columns, told


def _all_told(
    several: Sequence[Decision],
    stands: Mapping[int, Decision],
    told: Mapping[int, _Outcome],
    found: Mapping[int, Found],
) -> Iterator[tuple[int, _Outcome]]:
    """What became of each decision on one claim, those that others overrule included."""
    for one in several:
        winner = stands[one.line]
        outcome = told[winner.line]
        notes = [outcome.note]
        if winner is one:
            beaten = [
                other.whose
                for other in several
                if stands[other.line] is one and other is not one and not says_the_same(one, other)
            ]
            notes += [f"overrules {words.listing(beaten[:_NAMED])}"] if beaten else []
        elif says_the_same(one, winner):
            notes.append(f"{winner.whose} says the same")
        else:
            outcome, notes = _Outcome(OVERRULED, ""), [f"overruled by {winner.whose}"]
        notes += [found[one.line].note] if found[one.line].note else []
        yield one.line, _Outcome(outcome.outcome, "; ".join(notes), outcome.was, outcome.value)


def _claims(
    extracted: pl.DataFrame,
    rejected: frozenset[str],
    accepted: Sequence[str],
    amended: Mapping[str, Mapping[str, Any]],
) -> pl.DataFrame:
    """The table claims."""
    kept = extracted.filter(~among("claim_id", rejected))
    changed = kept.filter(among("claim_id", amended))
    rows = [{**row, **amended[row["claim_id"]]} for row in changed.iter_rows(named=True)]
    whole = pl.concat([kept.filter(~among("claim_id", amended)), EXTRACTED.frame(rows)])
    verdict = (
        pl.when(among("claim_id", amended))
        .then(pl.lit(AMEND, dtype=TEXT))
        .when(among("claim_id", accepted))
        .then(pl.lit(ACCEPT, dtype=TEXT))
    )
    part_of = pl.when(~among("part_of", rejected).fill_null(value=False)).then("part_of")
    return whole.with_columns(verdict.alias("reviewed"), part_of).select(CLAIMS.names).sort(CLAIMS.key)


def _row(event: Event, one: Decision, found: Found, outcome: _Outcome, desk: Desk) -> dict[str, Any]:
    claim = found.claim
    return {
        "event_id": event.event_id,
        "line": one.line,
        "given_id": one.claim_id or None,
        "claim_id": claim["claim_id"] if claim else None,
        "verdict": one.verdict if one.verdict in VERDICTS else None,
        "field": one.field or None,
        "was": outcome.was,
        "value": outcome.value if outcome.outcome == APPLIED else one.value or None,
        "reviewer": one.reviewer or None,
        "decided_on": one.decided_on,
        "reason": one.reason or None,
        "outcome": outcome.outcome,
        "note": outcome.note,
        **_of_claim(one, claim, desk),
    }


def _of_claim(one: Decision, claim: Row | None, desk: Desk) -> dict[str, str | None]:
    """What the decision is on: as extraction gives it, else as reviews.csv does."""
    seen = one.anchor
    if claim is None:
        told = (seen.article, seen.metric, seen.figure, seen.quote)
    else:
        told = (desk.paths[claim["article_id"]], claim["metric"], figure(claim), claim["quote"])
    return dict(zip(("article", "metric", "figure", "quote"), (text or None for text in told), strict=True))


def _problems(decisions: Sequence[Decision], outcomes: Mapping[int, _Outcome]) -> Iterator[Problem]:
    for one in decisions:
        if outcomes[one.line].outcome == UNUSABLE:
            yield Problem(
                "error",
                f"line {one.line}: {outcomes[one.line].note}",
                "correct the row, or decide again with counterclaim review",
            )


def _problem_row(event: Event, problem: Problem) -> dict[str, str]:
    return {
        "event_id": event.event_id,
        "path": FILE,
        "stage": "review",
        "severity": problem.severity,
        "message": problem.message,
        "remedy": problem.remedy,
    }


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _told(value: object) -> str:
    return "nothing" if value is None else str(value)
