"""Benchmarks are scripts beside one another, and find one another so."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[2] / "benchmarks"))
