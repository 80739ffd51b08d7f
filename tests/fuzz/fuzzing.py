"""Fuzz one kind of input after another: `make fuzz SECONDS=60`. What fails is made small and kept.

    python tests/fuzz/fuzzing.py SECONDS [TARGET…]

An input that fails stands in tests/fuzz/corpus/TARGET/ from then on, where every run of the tests reads it.
"""

from __future__ import annotations

import hashlib
import itertools
import signal
import sys
import tempfile
import time
from pathlib import Path
from types import FrameType

sys.path.insert(0, str(Path(__file__).parents[1]))

from hypothesis import given, seed, settings
from mutations import FUZZ, inputs
from targets import CORPUS, SECONDS, TARGETS, Target

EXAMPLES = 200  # after which the time is looked at
HANGS = 6 * SECONDS  # seconds


def fuzz(name: str, target: Target, seconds: float, first: int) -> tuple[int, Exception | None]:
    """How many inputs were tried in about `seconds`, and what the smallest that failed raised; it is kept."""
    tried, failed = 0, b""
    seeds = [path.read_bytes() for path in sorted((CORPUS / name).iterdir())]

    def check(raw: bytes) -> None:
        nonlocal tried, failed
        tried += 1
        try:
            run(target, raw)
        except BaseException:
            failed = raw
            raise

    ends = time.monotonic() + seconds
    for number in itertools.count(first):
        try:
            seed(number)(settings(FUZZ, max_examples=EXAMPLES)(given(inputs(seeds))(check)))()
        except Exception as error:  # whatever it is, it is what was looked for
            kept = CORPUS / name / f"found-{hashlib.sha256(failed).hexdigest()[:8]}"
            kept.write_bytes(failed)
            return tried, error
        if time.monotonic() > ends:
            return tried, None
    raise AssertionError("there is always a next number")


def run(target: Target, raw: bytes) -> None:
    """The target on one input, in a folder of its own; what takes too long is a fault."""
    with tempfile.TemporaryDirectory() as folder:
        signal.alarm(HANGS)
        try:
            target.run(raw, Path(folder, "riverton-2023"))
        finally:
            signal.alarm(0)


def _hangs(_number: int, _frame: FrameType | None) -> None:
    raise AssertionError(f"takes longer than {HANGS} seconds")


def main(seconds: str = "60", *names: str) -> bool:
    """Whether an input failed."""
    signal.signal(signal.SIGALRM, _hangs)
    first, bad = time.time_ns() % 10**9, False
    for name in names or TARGETS:
        tried, error = fuzz(name, TARGETS[name], float(seconds), first)
        told = "" if error is None else f", {type(error).__name__}: {error}"[:2000]
        sys.stdout.write(f"{name}: {tried:,} inputs{told}\n")
        sys.stdout.flush()
        bad |= error is not None
    return bad


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
