"""A report that is made beside the one that stands, and takes its place as a whole.

Whoever looks at `reports/<event>` sees all of one report: the old one until the new one is whole. Beside it
lie, while a run goes on, `.<event>.making` and, for moments, `.<event>.part`.
"""

from __future__ import annotations

import ctypes
import filecmp
import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from pipeline.files import PART, flush_folder, unwritable


@dataclass(frozen=True, slots=True)
class Publication:
    """The folder of a report, `standing` where readers look for it."""

    standing: Path

    @property
    def making(self) -> Path:
        """Where the next report is made."""
        return self._beside("making")

    @property
    def latest(self) -> Path:
        """The report that is being made, else the one that stands."""
        return self.making if self.making.is_dir() else self.standing

    @property
    def is_unfinished(self) -> bool:
        """Whether a run that did not end left something beside the report."""
        return self.making.exists() or self._part.exists()

    def begin(self) -> Path:
        """The folder `making`, which holds what stands until it is written anew. One that an earlier run
        left is gone on with. Raises UnwritableError.
        """
        try:
            self._recover()
            for left in list(self.making.rglob(f".*{PART}")):
                if left.is_dir():
                    shutil.rmtree(left)
                else:
                    left.unlink()
            if not self.making.is_dir():
                self._place.parent.mkdir(parents=True, exist_ok=True)
                self._part.mkdir()
                _link(self._place, self._part)
                self._part.rename(self.making)
        except OSError as error:
            raise unwritable(self.standing, error) from error
        return self.making

    def publish(self) -> None:
        """Let what was made take the place of what stands, in one step where the system can. What is the
        same as what stands is dropped. Raises UnwritableError; then what stood stands.
        """
        try:
            flush_folder(self.making)
            if not self._place.exists():
                self.making.rename(self._place)
            elif _same(self.making, self._place):
                self.discard()
            else:
                self._exchange()
            flush_folder(self._place.parent)
        except OSError as error:
            raise unwritable(self.standing, error) from error

    def discard(self) -> None:
        """Drop what an unfinished run left. Raises UnwritableError."""
        try:
            self._recover()
            if self.making.is_dir():
                self.making.rename(self._part)
                shutil.rmtree(self._part)
        except OSError as error:
            raise unwritable(self.standing, error) from error

    def _exchange(self) -> None:
        if _swap(self.making, self._place):
            self.making.rename(self._part)
        else:  # for a moment there is no report
            self._place.rename(self._part)
            self.making.rename(self._place)
        shutil.rmtree(self._part)

    def _recover(self) -> None:
        """Bring back what stood before a run was killed between two renames; drop what else it left."""
        if self._part.is_dir():
            if self.making.is_dir() and not self._place.exists():
                self._part.rename(self._place)
            else:
                shutil.rmtree(self._part)

    @property
    def _part(self) -> Path:
        return self._beside("part")

    def _beside(self, what: str) -> Path:
        return self._place.with_name(f".{self._place.name}.{what}")

    @property
    def _place(self) -> Path:
        # The report may be a link to a folder elsewhere: what takes its place must be on the same disk.
        return self.standing.resolve()


def _link(source: Path, target: Path) -> None:
    """Let each file below `source` be in `target` too. They are one until one of them is written anew, which
    replaces it (pipeline/files.py).
    """
    for path in sorted(source.rglob("*")):
        beside = target / path.relative_to(source)
        if path.is_dir() and not path.is_symlink():
            beside.mkdir()
            continue
        try:
            os.link(path, beside, follow_symlinks=False)
        except OSError:  # not every file system can
            shutil.copy2(path, beside, follow_symlinks=False)


def _same(one: Path, other: Path) -> bool:
    names = [sorted(path.relative_to(folder) for path in folder.rglob("*")) for folder in (one, other)]
    files = [name for name in names[0] if (one / name).is_file()]
    return names[0] == names[1] and all(_same_file(one / name, other / name) for name in files)


def _same_file(one: Path, other: Path) -> bool:
    return one.samefile(other) or filecmp.cmp(one, other, shallow=False)


def _swap(one: Path, other: Path) -> bool:
    """Let two folders exchange their names in one step; whether the system and the disk can."""
    libc = ctypes.CDLL(None)
    names = os.fsencode(one), os.fsencode(other)
    if sys.platform == "linux" and hasattr(libc, "renameat2"):
        here, exchange = -100, 2  # AT_FDCWD, RENAME_EXCHANGE: renameat2(2)
        return bool(libc.renameat2(here, names[0], here, names[1], exchange) == 0)
    if sys.platform == "darwin" and hasattr(libc, "renamex_np"):
        swap = 2  # RENAME_SWAP: renamex_np(2)
        return bool(libc.renamex_np(*names, swap) == 0)
    return False
