"""The program in scan/, built under .bench/ with cargo: a bare scan by the regex crate."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any, Final

from page import BENCH, ROOT

# Where Debian's librust-regex-dev puts the crates, for machines that do not reach crates.io.
_DEBIAN: Final = Path("/usr/share/cargo/registry")


def built() -> Path:
    """The program. Raises RuntimeError with the reason if it cannot be built."""
    cargo = shutil.which("cargo")
    if cargo is None:
        raise RuntimeError("cargo is not installed")
    folder = BENCH / "scan"
    shutil.copytree(ROOT / "benchmarks" / "scan", folder, dirs_exist_ok=True)
    command = [cargo, "build", "--release", "--quiet"]
    if list(_DEBIAN.glob("regex-*")):
        (folder / "Cargo.lock").unlink(missing_ok=True)
        command += [
            "--config", 'source.crates-io.replace-with="debian"',
            "--config", f'source.debian.directory="{_DEBIAN}"',
        ]  # fmt: skip
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(
            "cargo cannot fetch the crate regex; on Debian librust-regex-dev brings it"
            if "resolve host" in done.stderr or "network" in done.stderr
            else (done.stderr.strip().splitlines() or ["cargo failed"])[-1]
        )
    return folder / "target" / "release" / "scan"


def scan(program: Path, pattern: str, texts: Path, passes: int = 1) -> dict[str, Any]:
    """In how many texts the pattern is `found`, and the `seconds` of each pass."""
    done = subprocess.run(
        (str(program), pattern, str(texts), str(passes)), capture_output=True, text=True, check=True
    )
    return dict(json.loads(done.stdout))
