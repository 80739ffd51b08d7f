"""Extraction on one core beside its rivals: the same texts, one run, ratios.

Writes its section of docs/methods/performance.md.

Each rival has an environment of its own under .bench/, made from benchmarks/requirements/NAME.txt. One that
cannot be installed here is named with the reason. Passes alternate, so that a slow minute of the machine is
slow for all; the fastest pass of each counts.
"""

from __future__ import annotations

import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

ROOT = Path(__file__).parents[1]
BENCH = ROOT / ".bench"
ROUNDS, PASSES = 3, 2
PYTHONS = {"gdelt-regkg": ("python3.12", "python3.13"), "quantulum3": (), "recognizers-text": ()}
PAGE = ROOT / "docs" / "methods" / "performance.md"
ARTICLE = 4000  # characters of the article that rates are given in


def texts() -> list[str]:
    """The bodies of the sample and of the labelled articles, joined to articles of some 4,000 characters."""
    bodies = [
        path.read_text(encoding="utf-8").split("\n---\n", 1)[-1]
        for folder in ("data", "tests/labels")
        for path in sorted((ROOT / folder).rglob("*.md"))
    ]
    articles = [""]
    for body in bodies:
        if len(articles[-1]) >= ARTICLE:
            articles.append("")
        articles[-1] += body + "\n"
    return articles


def environment(name: str, pythons: Sequence[str] = ()) -> Path:
    """The Python that runs a rival; `pythons` are those it needs, if not ours.

    Raises RuntimeError with the reason if there can be none.
    """
    python = BENCH / name / "bin" / "python"
    if python.is_file():
        return python
    wanted = [one for one in pythons or (sys.executable,) if _runs(one)]
    if not wanted:
        raise RuntimeError(f"needs {' or '.join(pythons)} on the path")
    requirements = ROOT / "benchmarks" / "requirements" / f"{name}.txt"
    for command in (
        [wanted[0], "-m", "venv", "--clear", str(python.parents[1])],
        [str(python), "-m", "pip", "install", "--quiet", "--requirement", str(requirements)],
    ):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            shutil.rmtree(python.parents[1], ignore_errors=True)
            raise RuntimeError(done.stderr.strip().splitlines()[-1])
    return python


def _runs(python: str) -> bool:
    found = shutil.which(python)
    return (
        found is not None and not subprocess.run([found, "-V"], capture_output=True, check=False).returncode
    )


def seconds(name: str, python: Path, articles: Path) -> float:
    """The fastest of a few passes."""
    command = [str(python), str(ROOT / "benchmarks" / "rivals.py"), name, str(articles), str(PASSES)]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    if done.returncode:
        raise RuntimeError(done.stderr.strip().splitlines()[-1])
    return min(json.loads(done.stdout.splitlines()[-1]))


def section(name: str, text: str) -> None:
    """Write `text` between the marks of that name in PAGE; what stands outside them stays."""
    start, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
    before, found, rest = PAGE.read_text(encoding="utf-8").partition(start)
    after = rest.partition(end)[2] if found else "\n"
    gap = "" if found else "\n"
    PAGE.write_text(f"{before}{gap}{start}\n\n{text.strip()}\n\n{end}{after}", encoding="utf-8")


def main() -> None:
    """Measure, print and write the table."""
    articles = texts()
    characters = sum(map(len, articles))
    numbers = sum(len(re.findall(r"\d[\d,.]*", text)) for text in articles)
    best: dict[str, float] = {}
    absent: dict[str, str] = {}
    pythons = {"counterclaim": Path(sys.executable)}
    for name, needed in PYTHONS.items():
        print(f"preparing {name}", file=sys.stderr)
        try:
            pythons[name] = environment(name, needed)
        except RuntimeError as error:
            absent[name] = str(error)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "texts.json"
        file.write_text(json.dumps(articles), encoding="utf-8")
        for step in range(ROUNDS):
            for name, python in pythons.items():
                print(f"round {step + 1} of {ROUNDS}: {name}", file=sys.stderr)
                try:
                    best[name] = min(best.get(name, float("inf")), seconds(name, python, file))
                except RuntimeError as error:
                    absent[name] = str(error)
    own = best["counterclaim"]
    rows = [
        f"| {name} | {characters / ARTICLE / taken:,.0f} | {taken / own:.1f} |"
        for name, taken in best.items()
    ]
    rows += [f"| {name} | not run: {reason} | |" for name, reason in absent.items()]
    text = f"""## Extraction

{len(articles)} articles of {characters // len(articles):,} characters, each with {numbers // len(articles)}
numbers in digits, more than news has: the sample and the labelled articles, joined. One core; the fastest of
{ROUNDS * PASSES} passes, alternating. {platform.machine()}, {os.cpu_count()} cores, Python
{platform.python_version()}, {date.today():%d %B %Y}.

| extractor | articles of {ARTICLE:,} characters a second | times as long as counterclaim |
| --- | ---: | ---: |
{chr(10).join(rows)}

recognizers-text finds numbers only, quantulum3 numbers with units; gdelt-regkg binds them to killed, injured
and detained. None of them keeps a speaker, a modifier, parts or what became of a figure.
"""
    section("extraction", text)
    print("\n".join(rows))


if __name__ == "__main__":
    main()
