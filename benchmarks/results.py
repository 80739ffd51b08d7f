"""What was measured: as JSON, of which a part is renewed at a time, and as tables on the page.

    python benchmarks/results.py

writes the tables anew from benchmarks/results.json.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

from measuring import Row
from page import PAGE, ROOT, machine, section

RESULTS: Final = ROOT / "benchmarks" / "results.json"
Results = dict[str, dict[str, Any]]
# Parts in the order of the page, with their headings.
PARTS: Final = {
    "starting": "Starting, and a run with little to do",
    "ingest": "From files to articles",
    "filter": "Which articles hold numbers",
    "extraction": "From articles to claims",
    "storage": "The warehouse",
    "comparison": "From claims to findings",
    "report": "Figures and PDF",
    "road": "The whole road",
}


def renewed(results: Results, part: str, rows: Sequence[Row]) -> Results:
    """`results` with the rows of one part in the place of those it had."""
    one = {
        "date": date.today().isoformat(),
        "machine": machine(),
        "rows": [row.told() for row in rows],
    }
    return {**results, part: one}


def read(path: Path) -> Results:
    """The results in a file; none if there is no file."""
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else {}


def write(results: Results, path: Path) -> None:
    """Write the results with the parts in the order of the page; seconds to a tenth of a millisecond."""
    ordered = {part: results[part] for part in PARTS if part in results}
    for part in ordered.values():
        for row in part["rows"]:
            row["seconds"] = {who: [round(one, 4) for one in all_] for who, all_ in row["seconds"].items()}
    path.write_text(json.dumps(ordered, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def tables(results: Results) -> Iterator[str]:
    """The lines of the page: of each part a heading, the machine and the day, and its table."""
    for part, heading in PARTS.items():
        if part in results:
            yield from _table(heading, results[part])


def _table(heading: str, part: Mapping[str, Any]) -> Iterator[str]:
    of, day = part["machine"], date.fromisoformat(part["date"])
    yield f"### {heading}\n"
    yield (
        f"{of['architecture']}, {of['cores']} cores, {of['memory']}, Python {of['python']}, "
        f"{day.day} {day:%B %Y}.\n"
    )
    yield "| | ours | beside | its figure | ratio | goal | met |"
    yield "| --- | ---: | --- | ---: | ---: | ---: | --- |"
    for row in part["rows"]:
        yield f"| {' | '.join(_cells(row))} |"
    yield ""


def _cells(row: Mapping[str, Any]) -> tuple[str, ...]:
    if row["ratio"] is None:
        return row["what"], "", row["beside"], row["note"], "", row["goal"] or "", ""
    ratio = f"{row['ratio']:.2f}" if row["ratio"] < 9.95 else f"{row['ratio']:,.0f}"
    met = {True: "yes", False: "**no**", None: ""}[row["met"]]
    theirs = row["theirs"] + (f" ({row['note']})" if row["note"] else "")
    return row["what"], row["ours"], row["beside"], theirs, f"{ratio} {row['is']}", row["goal"] or "", met


def render(results: Results, page: Path = PAGE) -> None:
    """Write the tables between their marks on the page."""
    section("measured", "\n".join(tables(results)), page)


if __name__ == "__main__":
    render(read(RESULTS))
