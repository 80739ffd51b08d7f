"""The engines beside one another: newswire in batches, a worker killed on the way, and no worker at all.

python benchmarks/engines/compare.py [BATCHES] [ENGINE …]

Each engine gets an environment of its own under .bench/ (350 MB to 1.4 GB), and celery needs Debian's
redis-server. Every run ends within a time that is set here: some of them wait for ever.
"""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).parents[1]))
from newswire import articles
from page import BENCH, ROOT
from unit import BATCH, batches

INSTALLS: Final = {
    "one": (),
    "pool": (),
    "dask": ("distributed",),
    "ray": ("ray",),
    "dagster-dask": ("dagster-dask",),
    "celery": ("dagster-celery", "redis"),
}
SECONDS: Final = {"run": 300, "kill": 300, "nobody": 40}


def environment(name: str) -> Path:
    """The Python of an environment that has what the lock file names, and the engine."""
    python = BENCH / f"engine-{name}" / "bin" / "python"
    if not python.is_file():
        pip = (str(python), "-m", "pip", "install", "--quiet")
        for command in (
            (sys.executable, "-m", "venv", str(python.parents[1])),
            (*pip, "--no-deps", "--require-hashes", "--requirement", str(ROOT / "requirements.lock")),
            (*pip, "--no-deps", "--no-build-isolation", "--editable", str(ROOT)),
            *([(*pip, *INSTALLS[name])] if INSTALLS[name] else []),
        ):
            subprocess.run(command, check=True)
    return python


def measured(name: str, what: str, folder: Path) -> str:
    """A row of the table: what engines.py prints, or how it ended."""
    home = BENCH / "dagster"
    home.mkdir(exist_ok=True)
    (home / "dagster.yaml").write_text("telemetry: {enabled: false}\n", encoding="utf-8")
    script = Path(__file__).with_name("engines.py")
    bounded = ("/usr/bin/timeout", "-k", "10", str(SECONDS[what]))
    told = subprocess.run(
        (*bounded, str(environment(name)), str(script), name, str(folder), what),
        env=os.environ | {"DAGSTER_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )
    if told.returncode:
        return f"| {name} | {what} | ended with {told.returncode} after at most {SECONDS[what]} s | | | | |"
    found = json.loads(told.stdout.splitlines()[-1])
    columns = ("engine", "what", "start", "seconds", "processor", "memory", "digest")
    return f"| {' | '.join(str(found[column]) for column in columns)} |"


def main(count: int, names: list[str]) -> None:
    """Print the table."""
    folder = BENCH / "batches"
    folder.mkdir(exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    for number, batch in enumerate(batches(list(articles(count * BATCH)))):
        (folder / f"batch-{number:03}.pickle").write_bytes(pickle.dumps(batch))
    print("| engine | | start s | seconds | processor s | memory MB | rows |\n|---|---|---|---|---|---|---|")
    for what in SECONDS:
        for name in names or INSTALLS:
            if what == "run" or name not in {"one", "pool"}:
                print(measured(name, what, folder), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 24, sys.argv[2:])
