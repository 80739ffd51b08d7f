"""Whether a process that makes report after report grows: `counterclaim run` over many events, watched.

    python benchmarks/soak.py ARTICLES EVENTS [--record]

makes ARTICLES made-up articles of about 4,000 characters (Markdown, plain text, pages, a web archive and a
feed; each tenth with claims, each eighth nearly a copy) in EVENTS events in a temporary folder, and makes
all reports in one process; then asks the same process again, when nothing has changed. With --record Dagster
keeps its records in a home of its own. Memory and what is open are looked at between any two events, and
twice a second in all processes together. Exit status 1 if a bound below does not hold.

Reads /proc: Linux alone.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

import made_up
from archives import archive
from processes import family

# MB that the process may grow by from event to event. What its allocators keep for later goes up and down by
# forty; in the first events they and the caches of libraries still fill up.
GROWTH: Final = 2.0
WARM_UP: Final = 5  # events that do not count for it
# MB that may be held, whatever an event holds, and more for each article of the largest event: by the process
# that makes the reports, and by it and all that it starts.
PEAKS: Final = {"peak": (1_000, 0.05), "all": (1_200, 0.15)}

_SENTENCES: Final = 45
_BUNDLE: Final = 500  # pages of an archive or entries of a feed at most
_RECENT: Final = 50  # articles that may be copied
_EVERY: Final = 0.5  # seconds between looks at all processes
_COUNTED: Final = ("files", "threads", "children")
_COLUMNS: Final = ("memory", "peak", "all", *_COUNTED, "warehouse", "home", "temporary")
_WALK: Final = "--walk"


def make(root: Path, articles: int, events: int) -> None:
    """The events in `root`/data."""
    rng = random.Random(20220105)  # noqa: S311 made-up text needs no secret
    for event in range(events):
        folder = root / "data" / f"event-{event:03d}"
        (folder / "articles").mkdir(parents=True)
        made_up.configure(folder, event)
        _fill(folder / "articles", _articles(rng, range(event, articles, events)))


def _articles(rng: random.Random, numbers: range) -> Iterator[made_up.Article]:
    recent: deque[made_up.Article] = deque(maxlen=_RECENT)
    for place, number in enumerate(numbers):
        if place % 8 == 7:
            yield made_up.copied(rng, rng.choice(recent), number)
        else:
            # In each ten another form has the claims.
            claims = (place + place // 10) % 10 == 0
            recent.append(made_up.article(rng, number, _SENTENCES, claims=claims))
            yield recent[-1]


def _fill(folder: Path, articles: Iterator[made_up.Article]) -> None:
    """Of ten articles three are Markdown, two text, three pages; one is in an archive and one in a feed."""
    archived: list[made_up.Article] = []
    fed: list[made_up.Article] = []
    for place, one in enumerate(articles):
        if place % 10 < 3:
            (folder / f"{one.number:06d}.md").write_text(one.markdown(), encoding="utf-8")
        elif place % 10 < 5:
            (folder / f"{one.number:06d}.txt").write_text(one.plain(), encoding="utf-8")
        elif place % 10 < 8:
            (folder / f"{one.number:06d}.html").write_text(one.page(), encoding="utf-8")
        else:
            (archived if place % 10 == 8 else fed).append(one)
    for at in range(0, len(archived), _BUNDLE):
        pages = [one.page().encode() for one in archived[at : at + _BUNDLE]]
        (folder / f"archive-{at:06d}.warc.gz").write_bytes(b"".join(archive(pages, 1)))
    for at in range(0, len(fed), _BUNDLE):
        (folder / f"feed-{at:06d}.atom").write_text(made_up.feed(fed[at : at + _BUNDLE]), encoding="utf-8")


class _Between(io.StringIO):
    """Standard output of `counterclaim run`: as an event is named, the one before it has ended."""

    def __init__(self, names: Sequence[str], look: Callable[[], None]) -> None:
        super().__init__()
        self._names = frozenset(names)
        self._look = look

    def write(self, text: str) -> int:
        """Look at the process before each event."""
        if text.rstrip("\n") in self._names:
            self._look()
        return super().write(text)


def walk() -> None:
    """`counterclaim run` twice in this process, on the data in this folder. What is seen before the first
    event, after each, and after the second run, which has nothing to do: a line of JSON each.
    """
    from pipeline.cli.run import run

    told, names = sys.stdout, sorted(path.name for path in Path("data").iterdir())
    before = Path("/proc/self/clear_refs")

    def look() -> None:
        print(json.dumps(_seen()), file=told, flush=True)
        before.write_text("5", encoding="ascii")  # the peak from now on

    for announced in (names, ()):
        sys.stdout = _Between(announced, look)
        try:
            run.main([], standalone_mode=False)
        except SystemExit as ended:
            if ended.code:
                sys.exit(sys.stdout.getvalue()[-4_000:])
        look()


def _seen() -> dict[str, float]:
    """What the process holds, and how large its files are; memory and files in MB."""
    status = _status("self")
    return {
        "at": time.perf_counter(),
        "memory": status["VmRSS"] / 1_000,
        "peak": status["VmHWM"] / 1_000,
        "files": len(list(Path("/proc/self/fd").iterdir())),
        "threads": status["Threads"],
        "children": len(family(os.getpid())) - 1,
        "warehouse": _size(Path(".counterclaim")),
        "home": _size(Path("dagster")),
        "temporary": _size(Path("temporary")),
    }


def _status(process: int | str) -> dict[str, int]:
    """The numbers of /proc/<process>/status; memory in kB."""
    lines = Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines()
    fields = (line.split()[:2] for line in lines)
    return {field[0].rstrip(":"): int(field[1]) for field in fields if field[1:] and field[1].isdecimal()}


def _size(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


class _Watch:
    """Looks at a process and all that comes of it every now and then, and keeps the most they held in MB:
    what several share counts for each, so that this is more than they held.
    """

    def __init__(self, process: int) -> None:
        self._process = process
        self._most = 0.0
        threading.Thread(target=self._look, daemon=True).start()

    def most(self) -> float:
        """The most since it was last asked."""
        most, self._most = self._most, 0.0
        return most

    def _look(self) -> None:
        while True:
            held = 0.0
            for one in family(self._process):
                with suppress(OSError):
                    held += _status(one).get("VmRSS", 0) / 1_000
            self._most = max(self._most, held)
            time.sleep(_EVERY)


def watched(root: Path, *, record: bool) -> Iterator[dict[str, float]]:
    """What is seen of a process that makes the reports of `root`, before its first event and after each."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("DAGSTER", "COUNTERCLAIM"))
    }
    for name in ("temporary", "dagster"):
        (root / name).mkdir()
    (root / "dagster" / "dagster.yaml").write_text("telemetry:\n  enabled: false\n", encoding="utf-8")
    environment["TMPDIR"] = str(root / "temporary")
    if record:
        environment["DAGSTER_HOME"] = str(root / "dagster")
    walking = subprocess.Popen(
        [sys.executable, __file__, _WALK], cwd=root, env=environment, stdout=subprocess.PIPE, text=True
    )
    watch = _Watch(walking.pid)
    for line in walking.stdout or ():
        yield {**json.loads(line), "all": watch.most()}
    if walking.wait():
        sys.exit(walking.returncode)


def verdict(seen: Sequence[dict[str, float]], articles: int) -> list[str]:
    """What does not hold. `seen`: after each event, then after all were asked for again; `articles`: those of
    the largest event.
    """
    wrong = []
    for name, (least, each) in PEAKS.items():
        most = least + each * articles
        if (held := max(one[name] for one in seen)) > most:
            wrong.append(f"{name}: {held:,.0f} MB, more than {most:,.0f}")
    if (grown := growth(seen[:-1])) > GROWTH:
        wrong.append(f"it grew by {grown:.2f} MB from event to event: more than {GROWTH}")
    wrong += [
        f"{seen[0][name]} {name} after the first event, {seen[-1][name]} at the end"
        for name in _COUNTED
        if seen[-1][name] > seen[0][name]
    ]
    if seen[-1]["temporary"]:
        wrong.append(f"{seen[-1]['temporary']} MB are left in the temporary folder")
    return wrong


def growth(seen: Sequence[dict[str, float]]) -> float:
    """MB that the process grew by from event to event, by a line through what it held after each."""
    counted = [one["memory"] for one in seen[WARM_UP:]]
    if len(counted) < WARM_UP:
        return 0.0
    return statistics.linear_regression(range(len(counted)), counted).slope


def main(articles: int, events: int, *, record: bool) -> None:
    """Print the table and what does not hold."""
    with tempfile.TemporaryDirectory() as name:
        make(Path(name), articles, events)
        seen: list[dict[str, float]] = []
        print(f"| {' | '.join(('after', 'seconds', *_COLUMNS))} |\n| --- |{' ---: |' * (1 + len(_COLUMNS))}")
        for one in watched(Path(name), record=record):
            what = "start" if not seen else f"event {len(seen)}" if len(seen) <= events else "nothing changed"
            seconds = one["at"] - (seen[-1]["at"] if seen else one["at"])
            cells = (f"{one[column]:,.0f}" for column in _COLUMNS)
            print(f"| {what} | {seconds:.1f} | {' | '.join(cells)} |", flush=True)
            seen.append(one)
    if len(seen) != events + 2:
        sys.exit(f"{events} events were made, {len(seen) - 2} were seen")
    print(f"\nIt grew by {growth(seen[1:-1]):.2f} MB from event to event.")
    if wrong := verdict(seen[1:], -(-articles // events)):
        sys.exit("\n".join(wrong))


if __name__ == "__main__":
    if sys.argv[1:] == [_WALK]:
        walk()
    else:
        parser = argparse.ArgumentParser(description=__doc__)
        parser.add_argument("articles", type=int)
        parser.add_argument("events", type=int)
        parser.add_argument("--record", action="store_true")
        asked = parser.parse_args()
        main(asked.articles, asked.events, record=asked.record)
