"""A disk of a size that a test chooses: a file system in memory, which needs root and Linux."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Final

PLENTY: Final = 200_000  # kilobytes


class Disk:
    """A file system at `root`, of `kilobytes`."""

    def __init__(self, root: Path, kilobytes: int = PLENTY) -> None:
        self.root = root
        root.mkdir(parents=True, exist_ok=True)
        _run("mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(root))

    @property
    def used(self) -> int:
        """Kilobytes that are taken."""
        found = os.statvfs(self.root)
        return (found.f_blocks - found.f_bfree) * found.f_frsize // 1024

    def resize(self, kilobytes: int) -> None:
        """Give it another size, not below what is taken."""
        _run("mount", "-o", f"remount,size={kilobytes}k", str(self.root))

    def read_only(self, so: bool) -> None:
        """Let nobody write to it, or all again."""
        _run("mount", "-o", f"remount,{'ro' if so else 'rw'}", str(self.root))

    def remove(self) -> None:
        """Take it away with what it holds, whoever still uses it."""
        _run("umount", "--lazy", str(self.root))


def missing(folder: Path) -> str | None:
    """Why there can be no disk in `folder`; None if there can."""
    if os.name != "posix" or os.geteuid() != 0 or not shutil.which("mount"):
        return "needs root to mount a disk"
    try:
        Disk(folder / "tried").remove()
    except subprocess.CalledProcessError as error:
        return f"no disk can be mounted here: {error.stderr.strip()}"
    return None


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True, text=True)
