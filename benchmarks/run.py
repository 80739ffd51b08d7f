"""`make bench`: every part, or one, and the page from what came out.

    python benchmarks/run.py [--small] [PART ...]

A part is a file bench_PART.py, whose rows are renewed in results.json, or one of the scripts below, which
write sections of their own. With --small everything is tried at small sizes and nothing is kept.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from typing import Final

import results
from page import BENCH, ROOT

HERE: Final = ROOT / "benchmarks"
SCRIPTS: Final = {"main-text": ("main_text.py",), "archives": ("archives.py",)}


def main(parts: list[str], *, small: bool) -> int:
    """The worst status of a part."""
    BENCH.mkdir(exist_ok=True)
    path = BENCH / "small.json" if small else results.RESULTS
    worst = 0
    for part in parts or [*results.PARTS, *(() if small else SCRIPTS)]:
        print(f"\n{part}", flush=True)
        if part in SCRIPTS:
            command = [str(HERE / SCRIPTS[part][0])]
        else:
            plain = ["-q", "-p", "no:cacheprovider", "-o", "addopts=", "--benchmark-disable-gc", "-rs"]
            options = [f"--results={path}", *(["--small"] if small else [])]
            command = ["-m", "pytest", *plain, str(HERE / f"bench_{part}.py"), *options]
        worst = max(worst, subprocess.run([sys.executable, *command], cwd=ROOT, check=False).returncode)
    if small:
        print("\n".join(results.tables(results.read(path))))
    else:
        results.render(results.read(path))
    return worst


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*results.PARTS, *SCRIPTS, []])
    parser.add_argument("--small", action="store_true")
    asked = parser.parse_args()
    sys.exit(main(asked.parts, small=asked.small))
