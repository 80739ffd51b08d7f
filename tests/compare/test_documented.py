"""What docs/comparison.md lists is what there is."""

from __future__ import annotations

import re
from pathlib import Path

from pipeline.compare.codebooks.book import codebooks
from pipeline.compare.findings import registry

TEXT = (Path(__file__).parents[2] / "docs" / "comparison.md").read_text(encoding="utf-8")


def listed(heading: str) -> set[str]:
    section = TEXT.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    return set(re.findall(r"^\| `(\w+)`", section, re.MULTILINE))


def test_every_codebook_is_documented():
    assert listed("Codebooks") == {book.codebook_id for book in codebooks()}


def test_every_kind_of_finding_is_documented():
    assert listed("Findings") == {find.__module__.rsplit(".", 1)[1] for find in registry.KINDS}
