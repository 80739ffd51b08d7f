"""What a run costs when one article is added, beside the run that made everything: whole processes.

    python benchmarks/incremental.py ARTICLES EVENTS

makes ARTICLES made-up articles, each tenth with claims, in EVENTS events in a temporary folder, and runs
`counterclaim run` four times: from nothing, with nothing changed, with one more article in one event, and
with that event's comparison alone made again (its tolerance changed). Seconds and their ratio to the first.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import made_up


def _write(folder: Path, number: int, rng: random.Random, *, claims: bool) -> None:
    """An article of about 1,200 characters, of which two sentences have `claims`."""
    text = made_up.article(rng, number, 12, claims=claims).markdown()
    (folder / "articles" / f"{number:06d}.md").write_text(text, encoding="utf-8")


def _seconds(root: Path) -> float:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DAGSTER")}
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", "run"],
        cwd=root,
        env=environment,
        check=False,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        sys.exit(done.stdout[-2_000:] + done.stderr)
    return time.perf_counter() - began


def main(articles: int, events: int) -> None:
    """Print the table."""
    rng = random.Random(20220105)  # noqa: S311 made-up text needs no secret
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        folders = [root / "data" / f"event-{number:03d}" for number in range(events)]
        for number, folder in enumerate(folders):
            (folder / "articles").mkdir(parents=True)
            made_up.configure(folder, number)
        for number in range(articles):
            _write(folders[number % events], number, rng, claims=number // events % 10 == 0)
        whole = _seconds(root)
        rows = [(f"{articles:,} articles in {events} events, from nothing", whole)]
        rows.append(("nothing changed", _seconds(root)))
        _write(folders[0], articles, rng, claims=True)
        rows.append(("one more article", _seconds(root)))
        made_up.configure(folders[0], 0, 0.06)
        rows.append(("one event compared again", _seconds(root)))
    print("| run | seconds | of the first |\n| --- | ---: | ---: |")
    for what, seconds in rows:
        print(f"| {what} | {seconds:.1f} | {seconds / whole:.4f} |")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
