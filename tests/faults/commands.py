"""Commands that run while a test does something to them or to what they work on."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Self

_STAGE: Final = re.compile(r"^  ([a-z]+) +\d+\.\d s$", re.MULTILINE)
_FAILED: Final = re.compile(r"^  failed: (.+)$", re.MULTILINE)
# Where Dagster keeps records it follows its logs with two programs that complain on their own, piece by
# piece, into one another's lines.
_TAIL: Final = re.compile(
    r"tail: |'[^'\n]*' has become inaccessible|: No such file or directory$", re.MULTILINE
)
_FORKING: Final = Path(__file__).with_name("forking.py")
_PATIENCE: Final = 120.0  # seconds: a run takes four
_OURS: Final = ("COUNTERCLAIM_", "DAGSTER")


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended: its exit status or minus the signal, what it printed, and how long it took."""

    status: int
    out: str
    err: str
    seconds: float

    @property
    def told(self) -> str:
        """All that it printed."""
        return self.out + self.err

    @property
    def stages(self) -> list[str]:
        """The stages that it came to the end of."""
        return _STAGE.findall(self.out)

    @property
    def sentence(self) -> str:
        """What a command says that stopped: one line, on standard error or of an event, and no traceback."""
        assert self.status == 1, self.told
        assert "Traceback" not in self.told, self.told
        lines = [line for line in _TAIL.sub("", self.err).splitlines() if line]
        said = [*lines, *_FAILED.findall(self.out)]
        assert len(said) == 1, self.told
        return said[0].removeprefix("counterclaim: ")


class Command:
    """A command that goes on. `pid` is its process, and the session of all that it starts."""

    def __init__(self, pid: int, folder: Path) -> None:
        self.pid = pid
        self._folder = folder
        self._started = time.perf_counter()

    @property
    def ended(self) -> bool:
        """Whether it is over."""
        return (self._folder / "ended").exists()

    @property
    def stages(self) -> list[str]:
        """The stages that it came to the end of so far."""
        return _STAGE.findall(self._read("out"))

    def signal(self, number: signal.Signals) -> None:
        """Send it a signal, if it is still there."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, number)

    def until_stage(self, name: str | None) -> None:
        """Wait until it came to the end of a stage, or to its own; None: until it begins."""
        until(lambda: self.ended or (name in self.stages if name else bool(self._read("out"))))

    def until_stopped(self) -> bool:
        """Wait until it stopped by a signal or ended; whether it stopped."""
        until(lambda: self.ended or _state(self.pid) == "T")
        return not self.ended

    def end(self) -> Ended:
        """Wait for its end."""
        until(lambda: self.ended)
        seconds = time.perf_counter() - self._started
        status = int((self._folder / "ended").read_text())
        return Ended(status, self._read("out"), self._read("err"), seconds)

    @property
    def living(self) -> list[int]:
        """The processes of it that are there, itself included."""
        return [pid for pid in _processes() if _session(pid) == self.pid and _state(pid) != "Z"]

    def _read(self, name: str) -> str:
        with suppress(FileNotFoundError):
            return (self._folder / name).read_text(encoding="utf-8", errors="replace")
        return ""


class Commands:
    """Starts commands from a process that imported most of what they import (forking.py)."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._started: list[Command] = []

    def __enter__(self) -> Self:
        self._parent = subprocess.Popen(
            [sys.executable, str(_FORKING)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"OPENBLAS_NUM_THREADS": "1"},
        )
        return self

    def __exit__(self, *_: object) -> None:
        for command in self._started:
            for pid in command.living:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
        assert self._parent.stdin
        self._parent.stdin.close()
        self._parent.wait()

    def start(
        self,
        *arguments: str | Path,
        cwd: Path,
        at: dict[str, Any] | None = None,
        file_bytes: int = 0,
        bound: bool = False,
        **environment: str | Path,
    ) -> Command:
        """Start `counterclaim` with `arguments` in the folder `cwd`.

        `at`: the moment to send itself a signal (forking.py). `file_bytes`: the largest file that it may
        write. `bound`: permissions of files hold for it, even if it is root's.
        """
        folder = self._folder / str(len(self._started))
        folder.mkdir()
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(_OURS)}
        request = {
            "arguments": [str(one) for one in arguments],
            "cwd": str(cwd),
            "environment": inherited | {name: str(value) for name, value in environment.items()},
            "at": at,
            "file_bytes": file_bytes,
            "bound": bound,
            **{name: str(folder / name) for name in ("out", "err", "ended")},
        }
        assert self._parent.stdin
        assert self._parent.stdout
        self._parent.stdin.write(json.dumps(request) + "\n")
        self._parent.stdin.flush()
        command = Command(int(self._parent.stdout.readline()), folder)
        self._started.append(command)
        return command


def until(is_so: Any, patience: float = _PATIENCE) -> None:
    """Look every few milliseconds, until it is so. Fails if that takes too long."""
    end = time.monotonic() + patience
    while not is_so():
        assert time.monotonic() < end, f"not so after {patience:g} s"
        time.sleep(0.004)


def _processes() -> list[int]:
    return [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]


def _status(pid: int) -> list[str]:
    """The fields of /proc/<pid>/stat from the third on: proc(5)."""
    with suppress(FileNotFoundError, ProcessLookupError):
        return Path(f"/proc/{pid}/stat").read_text(errors="replace").rpartition(")")[2].split()
    return []


def _state(pid: int) -> str:
    return (_status(pid) or [""])[0]


def _session(pid: int) -> int:
    fields = _status(pid)
    return int(fields[3]) if fields else 0
