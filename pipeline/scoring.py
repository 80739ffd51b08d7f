"""How well claims agree with labels.

A fact is an article's metric and number, however often printed, vague words apart; a mention is one place
where it is printed. Facts and mentions give precision and recall; on matched mentions each slot gives the
share that agrees. A leak is a figure that the article takes back, supposes or denies and that came out as
asserted. Troops sent, present and withdrawn are one metric when claims are matched, and three in the slot
`metric`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from pipeline.labels import Label

Number = int | tuple[int, int]
Claim = Mapping[str, Any]  # a row of claims, with the name of its place
LEAKING: Final = ("retracted", "superseded", "hypothetical", "denied")
# Words that two phrases for one source, or for one place, may share by chance.
_EMPTY: Final = frozenset(
    {
        *("the", "a", "an", "of", "to", "for", "in", "on", "and", "by", "from", "as", "that", "according"),
        *(
            "his",
            "her",
            "their",
            "its",
            "mr",
            "ms",
            "mrs",
            "said",
            "says",
            "told",
            "was",
            "were",
            "has",
            "had",
        ),
    }
)
_WORD: Final = re.compile(r"[^\W_]+")


@dataclass(slots=True)
class Found:
    """Counts of what was found, put out and labelled."""

    found: int = 0
    put_out: int = 0
    labelled: int = 0

    def add(self, *, found: int = 0, put_out: int = 0, labelled: int = 0) -> None:
        """Add counts."""
        self.found += found
        self.put_out += put_out
        self.labelled += labelled

    @property
    def precision(self) -> float | None:
        """Share of what was put out that is labelled; None if nothing was put out."""
        return self.found / self.put_out if self.put_out else None

    @property
    def recall(self) -> float | None:
        """Share of what is labelled that was put out; None if nothing is labelled."""
        return self.found / self.labelled if self.labelled else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of both; None if there is nothing to compare."""
        both = self.put_out + self.labelled
        return 2 * self.found / both if both else None


@dataclass(slots=True)
class Agreement:
    """Of `count` matched mentions, in how many a slot agrees."""

    same: int = 0
    count: int = 0

    def add(self, *, same: bool) -> None:
        """Count one mention."""
        self.same += same
        self.count += 1

    @property
    def share(self) -> float | None:
        """Share that agrees; None if no mention was matched."""
        return self.same / self.count if self.count else None


@dataclass(slots=True)
class Score:
    """All figures of one comparison. `missed` and `wrong` name article, metric and number of facts."""

    articles: int = 0
    fact: Found = field(default_factory=Found)
    mention: Found = field(default_factory=Found)
    vague: Found = field(default_factory=Found)
    attribution: Found = field(default_factory=Found)
    part_of: Found = field(default_factory=Found)
    slots: dict[str, Agreement] = field(
        default_factory=lambda: {
            name: Agreement() for name in ("metric", "modifier", "stance", "place", "population")
        }
    )
    leaks: dict[str, Agreement] = field(default_factory=lambda: {name: Agreement() for name in LEAKING})
    missed: list[tuple[str, str, Number]] = field(default_factory=list)
    wrong: list[tuple[str, str, Number]] = field(default_factory=list)


def score(articles: Iterable[tuple[str, Sequence[Label], Sequence[Claim]]], metrics: frozenset[str]) -> Score:
    """Compare labels and claims, article by article; other `metrics` than these are not looked at."""
    total = Score()
    for name, labels, claims in articles:
        total.articles += 1
        known = [claim for claim in claims if claim["metric"] in metrics]
        _facts(total, name, [label for label in labels if label.metric in metrics], known)
        matched = _match(labels, known, metrics)
        _mentions(total, labels, known, matched, metrics)
        _slots(total, labels, matched)
    return total


def _family(metric: str) -> str:
    return "troops" if metric.startswith("troops_") else metric


def _number(one: Label | Claim) -> Number | None:
    """What is compared: the value, else both ends, else the one that is known."""
    value, low, high = (
        (one.value, one.low, one.high) if isinstance(one, Label) else (one["value"], one["low"], one["high"])
    )
    if value is not None:
        return value
    if low is not None and high is not None:
        return (low, high)
    return low if low is not None else high


def _facts(total: Score, name: str, labels: Sequence[Label], claims: Sequence[Claim]) -> None:
    labelled = {
        (_family(one.metric), number): one.optional
        for one in labels
        if one.modifier != "vague" and (number := _number(one)) is not None
    }
    required = {fact for fact, optional in labelled.items() if not optional}
    put_out = {
        (_family(claim["metric"]), number) for claim in claims if (number := _number(claim)) is not None
    }
    counted = {fact for fact in put_out if fact in required or fact not in labelled}
    total.fact.add(found=len(required & put_out), put_out=len(counted), labelled=len(required))
    total.missed.extend((name, *fact) for fact in sorted(required - put_out, key=str))
    total.wrong.extend((name, *fact) for fact in sorted(counted - required, key=str))


def _match(labels: Sequence[Label], claims: Sequence[Claim], metrics: frozenset[str]) -> dict[int, Claim]:
    """Index of a label → the claim of the same metric and number that touches its words."""
    matched: dict[int, Claim] = {}
    used: set[int] = set()
    for index, label in enumerate(labels):
        if label.metric not in metrics:
            continue
        for step, claim in enumerate(claims):
            same = _family(claim["metric"]) == _family(label.metric)
            same = same and (claim["modifier"] == "vague") == (label.modifier == "vague")
            same = same and (label.modifier == "vague" or _number(claim) == _number(label))
            touches = claim["start"] < label.end and label.start < claim["end"]
            if step not in used and same and touches:
                matched[index] = claim
                used.add(step)
                break
    return matched


def _mentions(
    total: Score,
    labels: Sequence[Label],
    claims: Sequence[Claim],
    matched: Mapping[int, Claim],
    metrics: frozenset[str],
) -> None:
    spare = sum(labels[index].optional for index in matched)
    vague = sum(claim["modifier"] == "vague" for claim in claims)
    total.vague.add(put_out=vague)
    total.mention.add(put_out=len(claims) - vague - spare)
    for index, label in enumerate(labels):
        if label.metric not in metrics or label.optional:
            continue
        kind = total.vague if label.modifier == "vague" else total.mention
        kind.add(found=index in matched, labelled=1)


def _slots(total: Score, labels: Sequence[Label], matched: Mapping[int, Claim]) -> None:
    firm = {index: claim for index, claim in matched.items() if labels[index].modifier != "vague"}
    for index, claim in firm.items():
        label = labels[index]
        for name, wanted in (
            ("metric", label.metric),
            ("modifier", label.modifier),
            ("stance", label.stance),
        ):
            total.slots[name].add(same=claim[name] == wanted)
        if label.population is not None:
            total.slots["population"].add(same=claim["population"] == label.population)
        if label.place is not None:
            total.slots["place"].add(same=bool(_words(label.place) & _words(claim["place"])))
        shared = bool(_words(label.attribution) & _words(claim["attribution"]))
        total.attribution.add(
            found=shared, put_out=claim["attribution"] is not None, labelled=label.attribution is not None
        )
        _part(total.part_of, label, claim, firm)
        if label.stance in LEAKING:
            total.leaks[label.stance].add(same=claim["stance"] == "asserted")


def _part(counts: Found, label: Label, claim: Claim, firm: Mapping[int, Claim]) -> None:
    """A link counts where the labelled whole was found too."""
    if label.whole is not None and label.whole not in firm:
        return
    wanted = firm[label.whole]["claim_id"] if label.whole is not None else None
    found = wanted is not None and claim["part_of"] == wanted
    counts.add(found=found, put_out=claim["part_of"] is not None, labelled=wanted is not None)


def _words(text: str | None) -> set[str]:
    return set(_WORD.findall((text or "").lower())) - _EMPTY
