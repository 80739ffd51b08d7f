"""A score as a person or a program reads it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Final

from pipeline.scoring import Agreement, Found, Score

_KINDS: Final = ("fact", "mention", "vague", "attribution", "part_of")


def lines(score: Score, shown: int) -> Iterator[str]:
    """A table, and up to `shown` missed and as many wrong facts."""
    yield f"{score.articles} articles"
    yield f"{'':<14}{'precision':>10}{'recall':>8}{'F1':>7}   found / put out / labelled"
    for kind in _KINDS:
        found: Found = getattr(score, kind)
        shares = f"{_share(found.precision):>10}{_share(found.recall):>8}{_share(found.f1):>7}"
        yield f"{kind:<14}{shares}   {found.found} / {found.put_out} / {found.labelled}"
    for title, rows in (
        ("Slots that agree on matched mentions", score.slots),
        ("Put out as asserted", score.leaks),
    ):
        yield title
        for name, agreement in rows.items():
            yield f"  {name:<14}{_share(agreement.share):>8}   {agreement.same} of {agreement.count}"
    for title, facts in (("missed", score.missed), ("wrong", score.wrong)):
        for fact in facts[:shown]:
            yield f"{title}: {' '.join(map(str, fact))}"


def as_json(score: Score) -> str:
    """Every figure of the score as one JSON object; shares are null where there is nothing to divide by."""
    kinds = {kind: _found(getattr(score, kind)) for kind in _KINDS}
    slots = {name: _agreement(one) for name, one in score.slots.items()}
    leaks = {name: _agreement(one) for name, one in score.leaks.items()}
    return json.dumps({"articles": score.articles, **kinds, "slots": slots, "leaks": leaks}, indent=1)


def _found(found: Found) -> dict[str, float | int | None]:
    return {**asdict(found), "precision": found.precision, "recall": found.recall, "f1": found.f1}


def _agreement(one: Agreement) -> dict[str, float | int | None]:
    return {**asdict(one), "share": one.share}


def _share(value: float | None) -> str:
    """Three places, cut and not rounded up: .9796 is not .980."""
    return "–" if value is None else f"{int(value * 1000) / 1000:.3f}"
