"""Main text out of saved news pages: which numbers survive, which are furniture, and how fast.

The pages and what is the article on each come from pages_corpus.py; ours and its rivals read the same bytes,
each in an environment of its own, passes alternating. Writes .bench/main_text.json (every
page) and its section of docs/performance.md.
"""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from environments import environment
from page import BENCH, ROOT, measured_on, section
from pages_corpus import PACKAGES, Page, f1, numbers, pages, words
from pages_rivals import EXTRACTORS

ROUNDS = 2
OWN_ENVIRONMENT = ("resiliparse", "readability-lxml", "newspaper4k", "goose3", "justext", "boilerpy3")
BASE = "trafilatura fast"
CHINESE = "gne/"  # the package whose pages are all in Chinese


def scored(page: Page, text: str) -> dict[str, object]:
    """What became of one page. Surplus that stands apart (captions, headline) is not counted."""
    wanted, got = numbers(page.gold), _counted(numbers(page.gold), numbers(text), numbers(page.apart))
    bag = _counted(words(page.gold), words(text), words(page.apart))
    return {
        "page": page.name,
        "numbers": wanted.total(),
        "kept": (wanted & got).total(),
        "found": got.total(),
        "lost": sorted((wanted - got).elements()),
        "extra": sorted((got - wanted).elements()),
        "f1": f1(words(page.gold), bag),
        "empty": not text.strip(),
    }


def _counted(wanted: Counter[str], got: Counter[str], apart: Counter[str]) -> Counter[str]:
    return got - ((got - wanted) & apart)


def run(name: str, python: Path, file: Path) -> dict[str, Any]:
    """One extractor over all pages. Raises RuntimeError with the last line of what it says of a failure."""
    command = [str(python), str(ROOT / "benchmarks" / "pages_rivals.py"), name, str(file)]
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environ)
    if done.returncode:
        raise RuntimeError(done.stderr.strip().splitlines()[-1])
    return json.loads(done.stdout.splitlines()[-1])


def row(scores: list[dict[str, object]]) -> dict[str, float]:
    """The scores of an extractor over some pages: numbers pooled, words by page."""
    kept, wanted, found = (sum(int(one[key]) for one in scores) for key in ("kept", "numbers", "found"))
    numbered = [one for one in scores if one["numbers"]]
    return {
        "recall": kept / wanted,
        "precision": kept / max(found, 1),
        "whole": sum(not one["lost"] for one in numbered) / len(numbered),
        "clean": sum(not one["extra"] for one in scores) / len(scores),
        "f1": sum(float(one["f1"]) for one in scores) / len(scores),
        "empty": sum(bool(one["empty"]) for one in scores),
    }


def measured(
    found: list[Page],
) -> tuple[dict[str, dict[str, float]], dict[str, list[dict[str, object]]], dict[str, str]]:
    """By extractor the fastest pass and its errors; every page of each; and why an extractor is absent."""
    rows: dict[str, dict[str, float]] = {}
    every: dict[str, list[dict[str, object]]] = {}
    absent: dict[str, str] = {}
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "pages.json"
        file.write_text(json.dumps([base64.b64encode(page.raw).decode() for page in found]), encoding="utf-8")
        for step in range(ROUNDS):
            for name in EXTRACTORS:
                print(f"round {step + 1} of {ROUNDS}: {name}", file=sys.stderr)
                try:
                    python = environment(name) if name in OWN_ENVIRONMENT else Path(sys.executable)
                    result = run(name, python, file)
                except RuntimeError as error:
                    absent[name] = str(error)
                    continue
                texts = zip(found, result["texts"], strict=True)
                every[name] = [scored(page, str(text)) for page, text in texts]
                seconds = min([rows.get(name, {}).get("seconds", float("inf")), result["seconds"]])
                rows[name] = {"seconds": seconds, "errors": result["errors"]}
    return rows, every, absent


def main() -> None:
    """Measure, print and write the table."""
    found, missing = pages()
    if not found:
        sys.exit("\n".join(f"{name}: {reason}" for name, reason in missing.items()))
    rows, every, absent = measured(found)
    (BENCH / "main_text.json").write_text(
        json.dumps({"rows": rows, "pages": every, "absent": absent, "missing": missing}, indent=1),
        encoding="utf-8",
    )
    sets = {
        "in English and other languages of Europe and Asia": [not _is_chinese(page) for page in found],
        "in Chinese": [_is_chinese(page) for page in found],
    }
    tables = "\n\n".join(
        f"{sum(kept)} pages {kind}, {_count(found, kept)} numbers:\n\n{_table(every, kept)}"
        for kind, kept in sets.items()
        if any(kept)
    )
    size = sum(len(page.raw) for page in found) / 1e6
    speeds = "\n".join(
        f"| {name} | {len(found) / one['seconds']:.0f} | {size / one['seconds']:.1f} "
        f"| {rows[BASE]['seconds'] / one['seconds']:.2f} |"
        for name, one in rows.items()
    )
    lacking = "".join(f" {name} is not run: {reason}." for name, reason in (absent | missing).items())
    text = f"""## Main text

{len(found)} saved news pages ({size:.1f} MB), the test pages of {", ".join(one.name for one in PACKAGES)},
which are fetched and not kept. What is the article on each is marked by hand
([pages_gold.py](../benchmarks/pages_gold.py)).{lacking} Every occurrence of a number in digits counts.
Recall: numbers of the article that are in the text. Precision: numbers in the text that are the article's;
headline and captions count neither way. Whole: pages with all of their numbers. Clean: pages with none that
is furniture. newspaper4k, goose3 and jusText run as they are set for English.

{tables}

Speed over all pages, in processor time; the fastest of {ROUNDS} passes, alternating; the last column is
relative to trafilatura alone with `fast`. Ours also decodes, and reads title, byline, outlet, dates, address
and language. {measured_on()}.

| extractor | pages/s | MB/s | speed |
| --- | ---: | ---: | ---: |
{speeds}
"""
    section("main text", text)
    print(text)


def _is_chinese(page: Page) -> bool:
    return page.name.startswith(CHINESE)


def _count(found: list[Page], kept: list[bool]) -> int:
    return sum(numbers(page.gold).total() for page, wanted in zip(found, kept, strict=True) if wanted)


def _table(every: dict[str, list[dict[str, object]]], kept: list[bool]) -> str:
    lines = [
        "| extractor | recall | precision | whole | clean | word F1 | empty |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for name, scores in every.items():
        one = row([score for score, wanted in zip(scores, kept, strict=True) if wanted])
        figures = " | ".join(f"{one[key]:.3f}" for key in ("recall", "precision", "whole", "clean", "f1"))
        lines.append(f"| {name} | {figures} | {one['empty']:.0f} |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
