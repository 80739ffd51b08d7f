"""What changed between two reports of one event: claims, findings, decisions that are new, changed or gone.

Claims are matched by claim_id, which survives a new extraction of the same words; findings by finding_id;
decisions by claim, column, reviewer and day. What an older report has no table or column for is not compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import polars as pl

from pipeline import words
from pipeline.exports import json_text
from pipeline.fingerprint import fingerprint
from pipeline.report.safe import display_safe

KEY_FINDINGS: Final = 10
# What makes a claim another claim, though its words are the same.
_COMPARED: Final = (
    "metric", "value", "low", "high", "modifier", "vague_word", "population", "place_text", "scope",
    "part_of", "attribution", "actor_id", "stance", "status", "group_id",
)  # fmt: skip
_DECIDED: Final = ("verdict", "value", "reason", "outcome")
_DECISION: Final = ("given_id", "field", "reviewer", "decided_on")  # what makes it another decision
_MARKUP: Final = re.compile(r"([\\`*_{}\[\]()#+\-.!|~<>&$:@])")
_ENTITIES: Final = {"&": "&amp;", "<": "&lt;"}
# GitHub links names and numbers after these even where they are escaped, but not over a space of no width.
_MENTION: Final = re.compile(r"([@#])(?=\w)")
_APART: Final = "&#8203;"


class DiffError(ValueError):
    """A folder is no report. The message says what is missing."""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is new, changed or gone. `what` says it in words; `slots` are old and new, by column."""

    change: str
    id: str
    what: str
    slots: dict[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Difference:
    """Every change of claims, findings and people's decisions; `key` are the gravest findings of the new
    report.
    """

    claims: tuple[Change, ...]
    findings: tuple[Change, ...]
    reviews: tuple[Change, ...]
    key: tuple[str, ...]


def difference(old: Path, new: Path) -> Difference:
    """What changed from the report in folder `old` to that in `new`. Raises DiffError."""
    before, after, findings = _claims(old), _claims(new), _findings(new)
    return Difference(
        tuple(_changes(before, after, "claim_id", _COMPARED)),
        tuple(_changes(_findings(old), findings, "finding_id", ("headline", "detail", "severity"))),
        tuple(_changes(_reviews(old), _reviews(new), "decision", _DECIDED)),
        tuple(display_safe(headline) for headline in findings["headline"].head(KEY_FINDINGS)),
    )


def _table(folder: Path, name: str, *needed: str) -> pl.DataFrame:
    """A table of a report, which must have the columns `needed`."""
    path = folder / "tables" / f"{name}.parquet"
    try:
        frame = pl.read_parquet(path)
    except (OSError, pl.exceptions.PolarsError) as error:
        raise DiffError(f"{path} cannot be read: give two folders of reports/ ({error})") from error
    if lacking := [column for column in needed if column not in frame.columns]:
        raise DiffError(f"{path} has no column {lacking[0]}: give two folders of reports/")
    return frame


def _claims(folder: Path) -> pl.DataFrame:
    """Claims with what became of them, and a line in words."""
    said = ("modifier", "value", "low", "high", "vague_word", "metric", "quote")
    claims = _table(folder, "claims", "claim_id", "article_id", "start", *said)
    statements = _table(folder, "statements", "claim_id").select(pl.col("^(claim_id|status|group_id)$"))
    outlets = _table(folder, "articles", "article_id", "outlet", "raw_path").select(
        "article_id", pl.coalesce("outlet", "raw_path").alias("printed_by")
    )
    joined = claims.join(statements, on="claim_id").join(outlets, on="article_id")
    lines = [
        f"{words.figure(*row[:5])} ({words.plain(row[5])}), {row[7]}: {row[6]}"
        for row in joined.select(*said, "printed_by").iter_rows()
    ]
    return joined.with_columns(pl.Series("headline", lines, dtype=pl.String)).sort("article_id", "start")


def _findings(folder: Path) -> pl.DataFrame:
    return _table(folder, "findings", "finding_id", "headline", "rank").sort("rank")


def _reviews(folder: Path) -> pl.DataFrame:
    """Decisions, each with a key and a line in words. Reports of before people could decide have none."""
    if not (folder / "tables" / "reviews.parquet").exists():
        return pl.DataFrame(schema={"decision": pl.String(), "headline": pl.String()})
    reviews = _table(folder, "reviews", "claim_id", "quote", "verdict", *_DECISION)
    decisions, lines = list[str](), list[str]()
    for row in reviews.iter_rows(named=True):
        decisions.append("v" + fingerprint(*(row[name] for name in _DECISION))[:12])
        what = " ".join(row[name] for name in ("verdict", "field") if row[name])
        of_claim = ": ".join(filter(None, (row["claim_id"] or row["given_id"], row["quote"])))
        lines.append(f"{row['reviewer']}: {what} of {of_claim}")
    return reviews.with_columns(decision=pl.Series(decisions, dtype=pl.String), headline=pl.Series(lines))


def _changes(old: pl.DataFrame, new: pl.DataFrame, key: str, compared: tuple[str, ...]) -> Iterator[Change]:
    both = [name for name in compared if name in old.columns and name in new.columns]
    before = {row[key]: row for row in old.iter_rows(named=True)}
    after = {row[key]: row for row in new.iter_rows(named=True)}
    for one, row in after.items():
        if one not in before:
            yield Change("new", one, display_safe(row["headline"]), {})
            continue
        slots = {
            name: (display_safe(_told(before[one][name])), display_safe(_told(row[name])))
            for name in both
            if before[one][name] != row[name]
        }
        if slots:
            yield Change("changed", one, display_safe(row["headline"]), slots)
    for one, row in before.items():
        if one not in after:
            yield Change("gone", one, display_safe(row["headline"]), {})


def _told(value: object) -> str:
    return "nothing" if value is None else str(value)


def as_json(found: Difference) -> str:
    """The difference as one JSON object."""
    return json_text(asdict(found), indent=1)


def as_markdown(found: Difference) -> Iterator[str]:
    """The difference as lines of Markdown. Words of articles are escaped: none of them is markup."""
    yield "## What a reader must know"
    yield ""
    yield from [f"- {_plain(headline)}" for headline in found.key] or ["No finding."]
    sections = [("Findings", found.findings), ("Claims", found.claims)]
    if found.reviews:
        sections.append(("Reviews", found.reviews))
    for title, changes in sections:
        yield ""
        yield f"## {title}: what changed"
        yield ""
        if not changes:
            yield "Nothing."
        for one in changes:
            yield f"- **{one.change}** {_plain(one.what)} ({_code(one.id)})"
            for name, (old, new) in one.slots.items():
                yield f"    - {_plain(name)}: {_plain(old)} → {_plain(new)}"


def _plain(text: str) -> str:
    """Text that Markdown shows as it is: marks escaped, the angle bracket and ampersand as entities."""
    shown = "".join(_ENTITIES.get(part) or _MARKUP.sub(r"\\\1", part) for part in re.split("([&<])", text))
    return _MENTION.sub(rf"\1{_APART}", shown)


def _code(text: str) -> str:
    """An id as code; those of a report that others made may hold anything."""
    return f"`{display_safe(text).replace('`', '')}`"
