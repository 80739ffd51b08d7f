"""Folders that runs are started in, and how often runs are killed."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from commands import Commands
from disks import Disk, missing
from kept import hashes
from works import KILLS, Made, Work, make

_HIT: pytest.StashKey[dict[str, int]] = pytest.StashKey()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--kills", type=int, help="at how many moments runs are killed")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    for name, few in KILLS.items():
        if name in metafunc.fixturenames:
            kills = metafunc.config.getoption("kills", None) or few
            metafunc.parametrize(name, [(place, kills) for place in range(kills)], ids=range(kills))


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    for what, times in sorted(config.stash.get(_HIT, {}).items()):
        terminalreporter.write_line(f"{times} times {what}")


@pytest.fixture(scope="session")
def commands(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Commands]:
    if sys.platform != "linux":
        pytest.skip("looks at processes in /proc")
    with Commands(tmp_path_factory.mktemp("commands")) as started:
        yield started


@pytest.fixture(scope="session")
def made(commands: Commands, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    found = make(tmp_path_factory.mktemp("made"), commands)
    given = hashes(found.data)
    yield found
    assert hashes(found.data) == given, "a run wrote into the folder of the event"


@pytest.fixture
def work(made: Made, commands: Commands, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Work]:
    """Makes a folder that runs are started in, with the report of the event as it was, or `empty`."""

    def folder(root: Path | None = None, *, empty: bool = False) -> Work:
        # Not tmp_path, which has the test's name: processes meet at a socket, whose path has 107 characters.
        root = root or tmp_path_factory.mktemp("w")
        return Work(root, commands) if empty else Work.copied(made.before, root, commands)

    return folder


@pytest.fixture(scope="session")
def mountable(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Disks can be mounted here."""
    if why := missing(tmp_path_factory.mktemp("mountable")):
        pytest.skip(why)


@pytest.fixture
def mount(mountable: None) -> Iterator[Callable[[Path], Disk]]:  # noqa: ARG001
    """Mounts a disk at a folder, with room at first."""
    disks: list[Disk] = []

    def at(root: Path) -> Disk:
        disks.append(Disk(root))
        return disks[-1]

    yield at
    for disk in reversed(disks):
        disk.remove()


@pytest.fixture
def on_disk(
    work: Callable[..., Work], mount: Callable[[Path], Disk], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Work, Disk]:
    """A folder as `work` makes it that is a disk of its own, and that disk."""
    disk = mount(tmp_path_factory.mktemp("disk"))
    return work(disk.root), disk


@pytest.fixture
def hit(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Counts what faults met runs in which stages."""
    counts = request.config.stash.setdefault(_HIT, {})

    def count(what: str) -> None:
        counts[what] = counts.get(what, 0) + 1

    return count
