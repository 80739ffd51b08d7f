"""One reading of a number."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Binding:
    """One reading of a number: metric, tokens of the word that binds, the rule's name, the cost."""

    metric: str
    first: int
    last: int
    rule: str
    cost: int
