"""Runs `counterclaim` commands as forks of one process: `python forking.py`, a request a line of JSON.

Most of the time that a command takes to start is imports, and tests of faults start hundreds. This process
imports what starts no threads, so that a fork of it is as good as a new process, and each fork does what
`python -m pipeline` does. On request a fork sends itself a signal at a moment that no clock can hit: before
the nth operation that changes files, or when it first opens a file of some name.
"""

from __future__ import annotations

import ctypes
import importlib
import json
import os
import resource
import runpy
import signal
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

_IMPORTED = (
    "dagster",
    "jinja2",
    "lxml.html",
    "matplotlib.backends.backend_agg",
    "matplotlib.backends.backend_svg",
    "matplotlib.figure",
    "pebble",
    "PIL.Image",
    "rich.progress",
    "trafilatura",
)
# Operations that Python tells an audit hook of before it does them.
_CHANGES = {"os.chmod", "os.link", "os.mkdir", "os.remove", "os.rename", "os.rmdir"}
_WRITING = os.O_WRONLY | os.O_RDWR
# CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH, CAP_FOWNER: what lets root pass by the permissions of files.
_PASSING_BY = 1 << 1 | 1 << 2 | 1 << 3


def main() -> None:
    """Fork for each request, and answer with the id of the fork, until there are no more."""
    for name in _IMPORTED:
        importlib.import_module(name)
    if Path("/proc/self/task").is_dir() and len(list(Path("/proc/self/task").iterdir())) > 1:
        sys.exit("an import started a thread: a fork of this process may hang")
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        if os.fork() == 0:
            _watch(json.loads(line))


def _watch(request: dict[str, Any]) -> None:
    """Start what `request` asks for, say its id, and write how it ended: exit status or minus the signal."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    pid = os.fork()
    if pid == 0:
        _become(request)
    sys.stdout.write(f"{pid}\n")
    sys.stdout.flush()
    _, status = os.waitpid(pid, 0)
    ended = Path(request["ended"])
    beside = ended.with_suffix(".part")
    beside.write_text(str(os.waitstatus_to_exitcode(status)))
    beside.rename(ended)
    os._exit(0)


def _become(request: dict[str, Any]) -> None:
    """Be the command: its arguments, folder, environment, and the files for what it prints."""
    os.setsid()
    os.chdir(request["cwd"])
    os.environ.clear()
    os.environ.update(request["environment"])
    tempfile.tempdir = None
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for number, name in enumerate(("out", "err"), start=1):
        os.dup2(os.open(request[name], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644), number)
    if request["file_bytes"]:
        resource.setrlimit(resource.RLIMIT_FSIZE, (request["file_bytes"],) * 2)
    if request["bound"] and os.getuid() == 0:
        _bind()
    if request["at"]:
        _Moment(**request["at"]).wait()
    sys.argv = ["pipeline", *request["arguments"]]
    runpy.run_module("pipeline", run_name="__main__", alter_sys=True)
    sys.exit()


def _bind() -> None:
    """Let permissions of files hold for root too, in this process."""
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)  # capset(2), version 3; this process
    sets = (ctypes.c_uint32 * 6)()  # effective, permitted, inheritable; then those above 32
    libc = ctypes.CDLL(None, use_errno=True)
    libc.capget(header, sets)
    for place in range(3):
        sets[place] &= ~_PASSING_BY
    if libc.capset(header, sets) != 0:
        os._exit(99)


class _Moment:
    """Sends this process signal `number` before the operation on files of that place, from 1, or at the first
    `opening` of a path that has these characters. Each operation is written to the file `told`.
    """

    def __init__(self, number: int, operation: int = 0, opening: str = "", told: str = "") -> None:
        self._number, self._operation, self._opening = number, operation, opening
        self._roots = (str(Path.cwd()), tempfile.gettempdir())
        self._log = os.open(told, os.O_WRONLY | os.O_CREAT | os.O_TRUNC) if told else None
        self._done = 0

    def wait(self) -> None:
        """Listen from now on. DuckDB tells no audit hook: its connections are listened to by name."""
        import duckdb  # noqa: PLC0415  # it starts a thread

        os.fsync = self._told_of(os.fsync)
        for name in ("begin", "commit", "close"):
            function = getattr(duckdb.DuckDBPyConnection, name)
            setattr(duckdb.DuckDBPyConnection, name, self._told_of(function))
        sys.addaudithook(self._hear)

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            self._hear_open(*arguments)
        elif event in _CHANGES:
            self._change(event, arguments[0])
        elif event == "ctypes.dlsym" and str(arguments[1]).startswith("rename"):
            self._change(event, arguments[1])

    def _hear_open(self, path: object, _mode: str | None, flags: int) -> None:
        if not isinstance(path, str):
            return
        if self._opening and self._opening in path:
            self._opening = ""
            self._send()
        if flags & _WRITING and (not path.startswith("/") or path.startswith(self._roots)):
            self._change("open", path)

    def _told_of(self, function: Callable[..., Any]) -> Callable[..., Any]:
        def called(*arguments: Any) -> Any:
            self._change(function.__name__, "")
            result = function(*arguments)
            self._change(f"{function.__name__} done", "")
            return result

        return called

    def _change(self, what: str, path: object) -> None:
        self._done += 1
        if self._log is not None:
            os.write(self._log, f"{what} {path}\n".encode("utf-8", "replace"))
        if self._done == self._operation:
            self._send()

    def _send(self) -> None:
        os.kill(os.getpid(), self._number)


if __name__ == "__main__":
    main()
