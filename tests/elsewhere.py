"""Python run as if by someone else: another user, without a network, on one core, where this system can."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NOBODY = 65534


def _works(*prefix: str) -> list[str]:
    """The prefix of a command, empty where it is not allowed."""
    if (
        shutil.which(prefix[0])
        and subprocess.run([*prefix, "true"], capture_output=True, check=False).returncode == 0
    ):
        return list(prefix)
    return []


# A user and a network of its own, which has not even a loopback: Linux lets many users make them.
ALONE = _works("unshare", "--user", f"--map-user={NOBODY}", f"--map-group={NOBODY}", "--net")
ONE_CORE = (
    _works("taskset", "--cpu-list", str(min(os.sched_getaffinity(0)))) if sys.platform == "linux" else []
)


def python(
    *arguments: str, cwd: Path, prefix: list[str], **environment: str
) -> subprocess.CompletedProcess[str]:
    """Python with these arguments and no environment but this, and what is needed to find it."""
    return subprocess.run(
        [*prefix, sys.executable, *arguments],
        cwd=cwd,
        env={"PATH": os.defpath} | environment,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
