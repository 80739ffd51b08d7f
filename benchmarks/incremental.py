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
{places}"""
_ARTICLE: Final = """---
outlet: "{outlet}"
published: 2023-05-{day:02d}
url: "https://example.org/{number}"
---
{body}
"""
_CLAIMS: Final = (
    "At least {a} people were killed in {place}, the mayor said.",
    "The medics' union said on Monday that {a} people had been injured in {place}, including {b} children.",
    "Police detained {a} protesters in {place}.",
)
_OTHER: Final = "The {} {} of the {} {} {} the {} near the {} {}."
_PLACES: Final = 40  # places of an event; what is claimed of one is no answer to what is asked of another
_WORDS: Final = tuple(
    first + middle + last
    for first in ("bar", "cor", "del", "fen", "gor", "hal", "mar", "nor", "pel", "sol", "tor", "vel")
    for middle in ("", "a", "en", "i", "or")
    for last in ("dan", "ket", "lin", "mos", "ner", "pol", "rick", "ston", "ty", "wen")
)


def _write(folder: Path, number: int, rng: random.Random, *, claims: bool) -> None:
    """An article of about 1,200 characters, of which two sentences have `claims`."""
    told = [
        rng.choice(_CLAIMS).format(
            a=rng.randrange(10, 400), b=rng.randrange(2, 10), place=f"District {rng.randrange(_PLACES)}"
        )
        for _ in range(2 if claims else 0)
    ]
    others = [_OTHER.format(*rng.choices(_WORDS, k=8)).capitalize() for _ in range(12)]
    text = _ARTICLE.format(
        outlet=f"Outlet {rng.randrange(40)}",
        day=rng.randrange(1, 29),
        number=number,
        body=" ".join((*told, *others)),
    )
    (folder / "articles" / f"{number:06d}.md").write_text(text, encoding="utf-8")


def _config(folder: Path, number: int, tolerance: float) -> None:
    places = "".join(
        f'[[places]]\nid = "d{one}"\nname = "District {one}"\nkind = "city"\n' for one in range(_PLACES)
    )
    text = _CONFIG.format(number=number, tolerance=tolerance, places=places)
    (folder / "event.toml").write_text(text, encoding="utf-8")


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
            _write(folders[number % events], number, rng, claims=number // events % 10 == 0)
        whole = _seconds(root)
        rows = [(f"{articles:,} articles in {events} events, from nothing", whole)]
        rows.append(("nothing changed", _seconds(root)))
        _write(folders[0], articles, rng, claims=True)
        rows.append(("one more article", _seconds(root)))
        _config(folders[0], 0, 0.06)
        rows.append(("one event compared again", _seconds(root)))
    print("| run | seconds | of the first |\n| --- | ---: | ---: |")
    for what, seconds in rows:
        print(f"| {what} | {seconds:.1f} | {seconds / whole:.4f} |")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
