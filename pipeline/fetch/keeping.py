"""Files that are added to what is there: whole or not at all, and never over another file."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import tempfile
import unicodedata
from datetime import datetime
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import BinaryIO, Final

from pipeline.fetch.address import Address

_LONGEST: Final = 120  # bytes of a name, its ending aside
_NOT_READ: Final = ("readme", ".")  # beginnings of names that a run passes over
_STEP: Final = 1 << 20  # bytes


def capture_name(address: Address, at: datetime) -> str:
    """Host, hash and time: captures of one address stand in their order."""
    return f"{_of_address(address)}{at:%Y%m%dT%H%M%SZ}"


def is_kept(folder: Path, address: Address) -> bool:
    """Whether `folder` holds a capture of the address."""
    return any(folder.glob(f"{_of_address(address)}*"))


def _of_address(address: Address) -> str:
    digest = hashlib.sha256(address.url.encode()).hexdigest()[:10]
    host = re.sub(r"[^a-z0-9.-]", "-", address.host)[:60].strip(".-")
    return f"{host}-{digest}-"


def file_name(name: str) -> str:
    """`name`, which somebody else chose, as letters and digits of any script, hyphens and dots."""
    safe = re.sub(r"[^\w.-]+", "-", unicodedata.normalize("NFC", name)).strip("-.")
    safe = safe.encode()[:_LONGEST].decode(errors="ignore")
    return f"article-{safe}" if not safe or safe.lower().startswith(_NOT_READ) else safe


def keep_bytes(folder: Path, stem: str, ending: str, content: bytes) -> Path:
    """`content` as folder/stem+ending, or under a number if another file has that name. Raises OSError."""
    return keep(folder, stem, ending, BytesIO(content))


def keep(folder: Path, stem: str, ending: str, content: BinaryIO) -> Path:
    """As `keep_bytes`, of a stream of any length. A file that is there already with this content is kept."""
    folder.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{stem}.", suffix=".part", dir=folder)
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            shutil.copyfileobj(content, file, _STEP)
            file.flush()
            os.fsync(file.fileno())
        part.chmod(0o644)
        for number in count(1):
            target = folder / (f"{stem}-{number}{ending}" if number > 1 else f"{stem}{ending}")
            if _placed(part, target):
                return target
    finally:
        part.unlink(missing_ok=True)
    raise AssertionError("unreachable")


def same(one: Path, other: Path) -> bool:
    """Whether two files hold the same bytes."""
    if one.stat().st_size != other.stat().st_size:
        return False
    with one.open("rb") as first, other.open("rb") as second:
        while chunk := first.read(_STEP):
            if chunk != second.read(_STEP):
                return False
    return True


def _placed(part: Path, target: Path) -> bool:
    """Whether `target` now holds what `part` does. A hard link fails if the name is taken, by whomever."""
    try:
        target.hardlink_to(part)
    except FileExistsError:
        return target.is_file() and not target.is_symlink() and same(part, target)
    except OSError:  # a file system without hard links
        if target.exists() or target.is_symlink():
            return target.is_file() and not target.is_symlink() and same(part, target)
        part.rename(target)
    return True
