"""A folder that runs are started in, and what runs make there that nothing goes wrong with."""

from __future__ import annotations

import shutil
import time
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final, Self

from commands import Command, Commands, Ended
from flood import EVENT, write_before, write_now
from kept import Hashes, Reader, hashes, names, rows

# At how many moments runs are killed in a test of that fixture, if nobody asks for more.
KILLS: Final = {"kill": 6, "kill_between": 2}


@dataclass(frozen=True)
class Work:
    """A folder that runs are started in, with its warehouse, its reports and its temporary files. `old` is
    the report that stands there at first.
    """

    root: Path
    commands: Commands
    old: Hashes = field(default_factory=dict)

    @classmethod
    def copied(cls, source: Path, root: Path, commands: Commands) -> Self:
        """The folder `source` anew at `root`."""
        place = cls(Path(shutil.copytree(source, root, dirs_exist_ok=True)), commands)
        return replace(place, old=hashes(place.report))

    @property
    def warehouse(self) -> Path:
        return self.root / ".counterclaim" / "warehouse.duckdb"

    @property
    def report(self) -> Path:
        return self.root / "reports" / EVENT

    def start(self, data: Path, **given: Any) -> Command:
        """Begin a run of the event in `data`."""
        return self.command("run", "--data", data, **given)

    def run(self, data: Path, **given: Any) -> Ended:
        """A run from its begin to its end."""
        return self.start(data, **given).end()

    def command(self, *arguments: str | Path, **given: Any) -> Command:
        """Begin any command."""
        (self.root / "tmp").mkdir(exist_ok=True)
        return self.commands.start(*arguments, cwd=self.root, **({"TMPDIR": self.root / "tmp"} | given))

    def reading(self) -> Reader:
        """Reads the report again and again."""
        return Reader(self.report)


@dataclass(frozen=True)
class Made:
    """What runs make that nothing goes wrong with. `before` is a folder with the report of the event as it
    was, `old`; `report`, `rows` and `names` of files are of the event as it is now, in `data`. `seconds` are
    those of each stage, `operations` what a run does to files that renews the report.
    """

    before: Path
    old: Hashes
    data: Path
    report: Hashes
    rows: dict[str, list[Any]]
    names: set[str]
    seconds: dict[str, float]
    operations: list[str]

    def whole(self, place: Work, seen: list[Hashes]) -> None:
        """Of `place` only the old report or the new one was `seen`, and one of them is there."""
        whole = [place.old, self.report]
        for one in seen:
            assert one in whole, f"seen half changed: {sorted(one.items() ^ place.old.items())[:4]} …"
        assert hashes(place.report) in whole

    def same_again(self, place: Work) -> None:
        """The next run in `place` makes what it would have made if nothing had gone wrong, and no more."""
        ended = place.run(self.data)
        assert ended.status == 0, ended.told
        assert hashes(place.report) == self.report
        assert rows(place.warehouse) == self.rows
        left = sorted(names(place.root) ^ self.names)
        assert not left, f"files that only one of the runs left: {left[:8]}"


def make(root: Path, commands: Commands) -> Made:
    """Runs without a fault, in `root`: of the event as it was and as it is now, and from one to the other."""
    was, now = write_before(root / "was").parent, write_now(root / "now").parent
    before, fresh = (Work(root / name, commands) for name in ("before", "fresh"))
    for place in (before, fresh):
        place.root.mkdir()
    fine(before.run(was))
    seconds = _timed(fresh.start(now))
    updated = Work.copied(before.root, root / "updated", commands)
    fine(updated.run(now, at={"number": 0, "told": str(root / "operations")}))
    report, found = hashes(fresh.report), rows(fresh.warehouse)
    assert hashes(updated.report) == report != hashes(before.report)
    assert rows(updated.warehouse) == found
    assert names(updated.root) == names(fresh.root)
    sums = (line.split("  ", 1) for line in (fresh.report / "SHA256SUMS").read_text().splitlines())
    assert {name: sha256 for sha256, name in sums} == {
        name: sha256 for name, sha256 in report.items() if name != "SHA256SUMS"
    }
    operations = (root / "operations").read_text().splitlines()
    return Made(
        before.root, hashes(before.report), now, report, found, names(fresh.root), seconds, operations
    )


def fine(ended: Ended) -> None:
    """It ended well."""
    assert ended.status == 0, ended.told


def _timed(command: Command) -> dict[str, float]:
    """The seconds of each stage of a run, from the end of the one before; those after the last as `end`."""
    ends: dict[str, float] = {}
    last = time.perf_counter()
    while not command.ended:
        for stage in command.stages[len(ends) :]:
            ends[stage], last = time.perf_counter() - last, time.perf_counter()
        time.sleep(0.004)
    fine(command.end())
    return ends | {"end": time.perf_counter() - last}
