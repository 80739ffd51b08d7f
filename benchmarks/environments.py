"""An environment of its own under .bench/ for each rival, made from benchmarks/requirements/NAME.txt."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

from page import BENCH, ROOT

# The Pythons that a rival needs, if not ours.
PYTHONS: Final = {"gdelt-regkg": ("python3.12", "python3.13")}


def environment(name: str) -> Path:
    """The Python that runs a rival. Raises RuntimeError with the reason if there can be none."""
    python = BENCH / name / "bin" / "python"
    if python.is_file():
        return python
    pythons = PYTHONS.get(name, (sys.executable,))
    wanted = [one for one in pythons if _runs(one)]
    if not wanted:
        raise RuntimeError(f"needs {' or '.join(pythons)} on the path")
    requirements = ROOT / "benchmarks" / "requirements" / f"{name}.txt"
    for command in (
        [wanted[0], "-m", "venv", "--clear", str(python.parents[1])],
        [str(python), "-m", "pip", "install", "--quiet", "--requirement", str(requirements)],
    ):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            shutil.rmtree(python.parents[1], ignore_errors=True)
            raise RuntimeError(_last(done.stderr))
    return python


def told(python: Path, script: str, *given: object) -> Any:
    """What a script of this folder prints last, as JSON. Raises RuntimeError with the end of what it says."""
    command = [str(python), str(ROOT / "benchmarks" / script), *map(str, given)]
    # Kernels of NumPy for another processor than this would slow its rivals.
    environ = {key: value for key, value in os.environ.items() if not key.startswith("OPENBLAS_")}
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, env=environ | {"PYTHONPATH": str(ROOT)}
    )
    if done.returncode:
        raise RuntimeError(_last(done.stderr) or f"ended with {done.returncode}")
    return json.loads(done.stdout.splitlines()[-1])


def _runs(python: str) -> bool:
    found = shutil.which(python)
    return (
        found is not None and not subprocess.run([found, "-V"], capture_output=True, check=False).returncode
    )


def _last(said: str) -> str:
    lines = said.strip().splitlines()
    return lines[-1] if lines else ""
