"""What programs use of the processor and of memory, with all that they start.

    python processes.py COMMAND ...

runs a program and prints what it used as JSON. What a program leaves behind when it ends, such as the process
that starts its workers, is waited for too, on Linux alone: elsewhere it does not count.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

_PR_SET_CHILD_SUBREAPER: Final = 36
_TICKS: Final = os.sysconf("SC_CLK_TCK")


def processor() -> float:
    """Seconds of the processor that this process used, all it has waited for, and all that live below it."""
    own, children = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    used = own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime
    return used + sum(map(_used, family(os.getpid())[1:]))


def family(first: int) -> list[int]:
    """The process `first` and all that came of it and live."""
    children: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            children.setdefault(int(_stat(int(path.name))[1]), []).append(int(path.name))
    found = [first]
    for one in found:
        found += children.get(one, ())
    return found


def _used(process: int) -> float:
    """Seconds of a living process and of those it has waited for."""
    with suppress(OSError):
        return sum(map(int, _stat(process)[11:15])) / _TICKS
    return 0.0


def _stat(process: int) -> list[str]:
    """/proc/<process>/stat after the name: state, parent, …; the eleventh to fourteenth are ticks used."""
    return Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()


def main(command: list[str]) -> None:
    """Run the program with its words on standard error, wait for all it leaves, and print what it used."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    began = time.perf_counter()
    status = subprocess.run(command, check=False, stdout=sys.stderr).returncode
    wall = time.perf_counter() - began
    with suppress(ChildProcessError):
        while True:
            os.wait()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    # In bytes on macOS, elsewhere in kB.
    unit = 1 if sys.platform == "darwin" else 2**10
    told = {
        "status": status,
        "processor": used.ru_utime + used.ru_stime,
        "wall": wall,
        "memory": used.ru_maxrss * unit / 2**30,
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main(sys.argv[1:])
