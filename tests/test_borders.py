"""Data flows one way, and only the edges know Dagster, DuckDB and the terminal."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PIPELINE = Path(__file__).parent.parent / "pipeline"
STAGES = ("ingest", "extract", "review", "compare", "report")
EDGES = {
    "dagster": {"assets", "definitions.py"},
    "duckdb": {"warehouse", "marks.py"},
    "click": {"cli"},
    "distributed": {"extract"},
    "rich": {"cli", "terminal.py", "extraction.py", "reviewing.py"},
    "typst": {"report"},
    "matplotlib": {"report"},
}
NETWORK = ("socket", "ssl", "http", "h11", "protego", "certifi", "idna", "urllib3", "requests", "httpx")
EDGES |= {library: {"fetch"} for library in NETWORK}


def imports(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names


MODULES = sorted(PIPELINE.rglob("*.py"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PIPELINE).as_posix())
def test_only_the_edges_know_the_outside(path):
    room = path.relative_to(PIPELINE).parts[0]
    known = {name.split(".")[0] for name in imports(path)}
    assert {library for library, rooms in EDGES.items() if library in known and room not in rooms} == set()


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PIPELINE).as_posix())
def test_only_the_fetching_room_opens_addresses(path):
    assert path.relative_to(PIPELINE).parts[0] == "fetch" or "urllib.request" not in imports(path)


@pytest.mark.parametrize("stage", STAGES)
def test_a_stage_knows_no_other_stage_and_nothing_above_it(stage):
    above = {
        f"pipeline.{name}" for name in (*STAGES, "assets", "cli", "definitions", "warehouse") if name != stage
    }
    for path in sorted((PIPELINE / stage).rglob("*.py")):
        known = {".".join(name.split(".")[:2]) for name in imports(path)}
        assert known & above == set(), path


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PIPELINE).as_posix())
def test_no_room_is_too_large(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400
