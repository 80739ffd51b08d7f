"""List the licence of everything installed: `python tools/licences.py`. Exit status 1 if one is not allowed.

A licence is what a distribution's metadata say, as an SPDX expression: its License-Expression, else its
License field, else its classifiers (the field tells BSD-2-Clause from BSD-3-Clause, the classifier does not).
What metadata say in other words, and what is allowed and why, stands in tools/licences.toml.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import Any

from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
_CLASSIFIER = "License :: "


@dataclass(frozen=True, slots=True)
class Rules:
    """`allowed` licences; what metadata mean by their `words`; what was `read` of distributions by name."""

    allowed: frozenset[str]
    words: Mapping[str, str]
    read: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Licence:
    """A distribution and its SPDX expression, empty if unknown. `fault` says why it may not be used."""

    name: str
    version: str
    expression: str
    fault: str


def rules(told: Mapping[str, Any]) -> Rules:
    """The rules that licences.toml tells."""
    return Rules(
        frozenset(licence for entry in told["allowed"] for licence in entry["licences"]),
        {word.casefold(): entry["licence"] for entry in told["words"] for word in entry["words"]},
        {canonicalize_name(entry["name"]): entry["licence"] for entry in told["read"]},
    )


def licence(found: Distribution, by: Rules) -> Licence:
    """What a distribution may be used under."""
    name = found.metadata["Name"]
    expression = by.read.get(canonicalize_name(name)) or _said(found, by)
    return Licence(name, found.version, expression, _fault(expression, by))


def unseen(lock: str, installed: Iterable[str]) -> list[str]:
    """What a lock file names and is not installed here: it is for another system or version of Python."""
    named = [Requirement(line.rstrip("\\").strip()) for line in lock.splitlines() if line[:1].isalnum()]
    there = {canonicalize_name(name) for name in installed}
    return sorted({one.name for one in named if canonicalize_name(one.name) not in there})


def _said(found: Distribution, by: Rules) -> str:
    """The SPDX expression of a distribution's metadata, empty if they hold none that can be read."""
    metadata = found.metadata
    field = metadata.get("License-Expression") or metadata.get("License") or ""
    if expression := _spdx(field, by):
        return expression
    told = [one for one in metadata.get_all("Classifier", []) if one.startswith(_CLASSIFIER)]
    several = [_spdx(one.rpartition(" :: ")[2], by) for one in told]
    # Whether one may choose or must keep both, classifiers do not say: both.
    return " AND ".join(sorted(several)) if all(several) else ""


def _spdx(text: str, by: Rules) -> str:
    known = by.words.get(text.strip().casefold(), text.strip())
    try:
        return canonicalize_license_expression(known)
    except InvalidLicenseExpression:
        return ""


def _fault(expression: str, by: Rules) -> str:
    if not expression:
        return "its metadata name no licence that can be read: read its files, and add [[read]]"
    if "(" in expression:
        return f"{expression} is too involved to be read here: add [[read]] with the licence that is chosen"
    for choice in expression.split(" OR "):
        if by.allowed.issuperset(choice.split(" AND ")):
            return ""
    return f"{expression} is not among the allowed: do without it, or add [[allowed]] with the reason"


def main() -> int:
    """Print the table; what is at fault goes to standard error."""
    by = rules(tomllib.loads((ROOT / "tools" / "licences.toml").read_text(encoding="utf-8")))
    found = {licence(one, by) for one in distributions()}
    table = sorted(found, key=lambda one: canonicalize_name(one.name))
    name, version = (max(len(getattr(one, part)) for one in table) for part in ("name", "version"))
    for one in table:
        print(f"{one.name:{name}}  {one.version:{version}}  {one.expression or '?'}")
    if away := unseen((ROOT / "requirements.lock").read_text(encoding="utf-8"), [one.name for one in table]):
        print(f"not installed here, so not read: {', '.join(away)}")
    faults = [f"{one.name} {one.version}: {one.fault}" for one in table if one.fault]
    for fault in faults:
        print(f"{fault} in tools/licences.toml", file=sys.stderr)
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
