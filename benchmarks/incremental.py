"""What a run costs when one article is added, beside the run that made everything: whole processes.

    python benchmarks/incremental.py ARTICLES EVENTS

makes ARTICLES made-up articles in EVENTS events in a temporary folder and runs `counterclaim run` four times:
from nothing, with nothing changed, with one more article in one event, and with that event's comparison alone
made again (its tolerance changed). Seconds and their ratio to the first.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

_CONFIG: Final = """title = "Event {number}"
place = "Riverton"
tolerance = {tolerance}
[[places]]
id = "rv"
name = "Riverton"
kind = "city"
[[actors]]
id = "mayor"
name = "Mayor of Riverton"
side = "authorities"
aliases = ["the mayor"]
[[actors]]
id = "medics"
name = "Riverton medics' union"
side = "medical"
aliases = ["the medics' union"]
"""
_ARTICLE: Final = """---
outlet: "{outlet}"
published: 2023-05-{day:02d}
url: "https://example.org/{number}"
---
{body}
"""
_SENTENCES: Final = (
    "At least {a} people were killed in Riverton, the mayor said.",
    "The medics' union said on Monday that {a} people had been injured, including {b} children.",
    "Police detained {a} protesters in the centre of the city.",
    "Shops in the old town stayed shut for the {b}th day in a row, and buses did not run.",
    "Residents queued for water near the river, where the bridge has been closed since spring.",
    "The council is to meet next week to speak about schools, roads and the harvest festival.",
)


def _write(folder: Path, number: int, rng: random.Random) -> None:
    chosen = [rng.choice(_SENTENCES) for _ in range(8)]
    body = " ".join(one.format(a=rng.randrange(10, 400), b=rng.randrange(2, 10)) for one in chosen)
    text = _ARTICLE.format(
        outlet=f"Outlet {rng.randrange(40)}", day=rng.randrange(1, 29), number=number, body=body
    )
    (folder / "articles" / f"{number:06d}.md").write_text(text, encoding="utf-8")


def _config(folder: Path, number: int, tolerance: float) -> None:
    (folder / "event.toml").write_text(_CONFIG.format(number=number, tolerance=tolerance), encoding="utf-8")


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
            _config(folder, number, 0.05)
        for number in range(articles):
            _write(folders[number % events], number, rng)
        whole = _seconds(root)
        rows = [(f"{articles:,} articles in {events} events, from nothing", whole)]
        rows.append(("nothing changed", _seconds(root)))
        _write(folders[0], articles, rng)
        rows.append(("one more article", _seconds(root)))
        _config(folders[0], 0, 0.06)
        rows.append(("one event compared again", _seconds(root)))
    print("| run | seconds | of the first |\n| --- | ---: | ---: |")
    for what, seconds in rows:
        print(f"| {what} | {seconds:.1f} | {seconds / whole:.4f} |")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
