"""What changed between two reports of one event: claims and findings that are new, changed or gone.

Claims are matched by claim_id, which survives a new extraction of the same words; findings by finding_id.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import polars as pl

from pipeline import words
from pipeline.report.safe import display_safe

KEY_FINDINGS: Final = 10
# What makes a claim another claim, though its words are the same.
_COMPARED: Final = (
    "metric", "value", "low", "high", "modifier", "vague_word", "population", "place_text", "scope",
    "part_of", "attribution", "actor_id", "stance", "status", "group_id",
)  # fmt: skip
_MARKUP: Final = re.compile(r"([\\`*_{}\[\]()#+\-.!|~<>&$:@])")


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
    """Every change, claims and findings apart; `key` are the gravest findings of the new report."""

    claims: tuple[Change, ...]
    findings: tuple[Change, ...]
    key: tuple[str, ...]


def difference(old: Path, new: Path) -> Difference:
    """What changed from the report in folder `old` to that in `new`. Raises DiffError."""
    before, after = (_claims(folder) for folder in (old, new))
    found_before, found_after = (_table(folder, "findings") for folder in (old, new))
    named = found_after.sort("rank").head(KEY_FINDINGS)
    return Difference(
        tuple(_changes(before, after, "claim_id", _COMPARED)),
        tuple(_changes(found_before, found_after, "finding_id", ("headline", "detail", "severity"))),
        tuple(display_safe(headline) for headline in named["headline"]),
    )


def _table(folder: Path, name: str) -> pl.DataFrame:
    path = folder / "tables" / f"{name}.parquet"
    try:
        return pl.read_parquet(path)
    except (OSError, pl.exceptions.PolarsError) as error:
        raise DiffError(f"{path} cannot be read: give two folders of reports/ ({error})") from error


def _claims(folder: Path) -> pl.DataFrame:
    """Claims with what became of them, and a line in words."""
    statements = _table(folder, "statements").select("claim_id", "status", "group_id")
    outlets = _table(folder, "articles").select(
        "article_id", pl.coalesce("outlet", "raw_path").alias("outlet")
    )
    joined = _table(folder, "claims").join(statements, on="claim_id").join(outlets, on="article_id")
    lines = [
        f"{words.figure(*row[:5])} ({words.plain(row[5])}), {row[6]}: {row[7]}"
        for row in joined.select(
            "modifier", "value", "low", "high", "vague_word", "metric", "outlet", "quote"
        ).iter_rows()
    ]
    return joined.with_columns(pl.Series("headline", lines, dtype=pl.String)).sort("article_id", "start")


def _changes(old: pl.DataFrame, new: pl.DataFrame, key: str, compared: tuple[str, ...]) -> Iterator[Change]:
    before = {row[key]: row for row in old.iter_rows(named=True)}
    after = {row[key]: row for row in new.iter_rows(named=True)}
    for one, row in after.items():
        if one not in before:
            yield Change("new", one, display_safe(row["headline"]), {})
            continue
        slots = {
            name: (display_safe(_told(before[one][name])), display_safe(_told(row[name])))
            for name in compared
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
    return json.dumps(asdict(found), ensure_ascii=False, indent=1)


def as_markdown(found: Difference) -> Iterator[str]:
    """The difference as lines of Markdown. Words of articles are escaped: none of them is markup."""
    yield "## What a reader must know"
    yield ""
    yield from (f"- {_plain(headline)}" for headline in found.key)
    for title, changes in (("Findings", found.findings), ("Claims", found.claims)):
        yield ""
        yield f"## {title}: what changed"
        yield ""
        if not changes:
            yield "Nothing."
        for one in changes:
            yield f"- **{one.change}** {_plain(one.what)} (`{one.id}`)"
            for name, (old, new) in one.slots.items():
                yield f"    - {_plain(name)}: {_plain(old)} → {_plain(new)}"


def _plain(text: str) -> str:
    """Text that Markdown shows as it is: marks escaped, and the angle bracket and ampersand as entities."""
    shown = text.replace("&", "&amp;").replace("<", "&lt;")
    return "".join(
        part if part in ("&amp;", "&lt;") else _MARKUP.sub(r"\\\1", part)
        for part in re.split(r"(&amp;|&lt;)", shown)
    )
