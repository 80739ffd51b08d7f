"""Every input that is kept, and a few fresh ones, through the reading of an event's folder."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from mutations import FUZZ, inputs
from targets import CORPUS, TARGETS

KEPT = {name: sorted((CORPUS / name).iterdir()) for name in TARGETS}
# Derandomised: the same inputs in every run, so that a change that breaks one is the change's fault.
FRESH = settings(FUZZ, derandomize=True, max_examples=12, phases=[Phase.generate])


@pytest.mark.parametrize(
    ("name", "path"),
    [(name, path) for name, paths in KEPT.items() for path in paths],
    ids=lambda part: part.name if isinstance(part, Path) else part,
)
def test_an_input_that_is_kept_is_read_or_refused(tmp_path, name, path):
    TARGETS[name].run(path.read_bytes(), tmp_path / "riverton-2023")


@pytest.mark.parametrize("name", TARGETS)
def test_a_mutation_of_what_is_kept_is_read_or_refused(name):
    @FRESH
    @given(raw=inputs([path.read_bytes() for path in KEPT[name]]))
    def check(raw):
        with tempfile.TemporaryDirectory() as folder:
            TARGETS[name].run(raw, Path(folder, "riverton-2023"))

    check()
