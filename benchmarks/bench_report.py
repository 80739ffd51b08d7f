"""Figures beside as many that Matplotlib draws bare, and the PDF beside the engine that sets it."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from measuring import timed
from page import ROOT
from processes import processor
from projects import counterclaim

from pipeline.actors import actors
from pipeline.events import load
from pipeline.report import pdf
from pipeline.report.figures import gallery
from pipeline.report.view import View, build
from pipeline.schema import TABLES
from pipeline.warehouse import Warehouse

SAMPLE = "kazakhstan-2022"


@pytest.fixture(scope="module")
def view(tmp_path_factory: pytest.TempPathFactory) -> View:
    """What the report of the sample is made from."""
    root = tmp_path_factory.mktemp("sample")
    warehouse = root / "warehouse.duckdb"
    counterclaim(
        root, "run", data=str(ROOT / "data" / SAMPLE), reports=str(root / "reports"), warehouse=str(warehouse)
    )
    event = load(ROOT / "data" / SAMPLE)
    tables = Warehouse(warehouse, read_only=True).read(event.event_id, *TABLES)
    return build(event, tables, actors(event))


def _bare(count: int) -> None:
    """So many bare charts of thirty bars, as SVG and PNG."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    for _ in range(count):
        figure = Figure(figsize=(8, 5))
        FigureCanvasAgg(figure)
        figure.add_subplot().barh([f"Outlet {number}" for number in range(30)], range(30))
        for ending in ("svg", "png"):
            figure.savefig(io.BytesIO(), format=ending)


def test_figures(beside, view):
    """All figures of the sample."""
    count = len(gallery.hang(view).pictures)
    beside(
        f"{count} figures of the sample",
        timed(lambda: gallery.hang(view)),
        f"{count} bare bar charts of Matplotlib",
        timed(lambda: _bare(count)),
        rounds=5,
    )


def test_pdf(beside, view, tmp_path, monkeypatch):
    """The PDF of the sample, beside Typst alone on the document that we give it."""
    drawn = gallery.hang(view)
    folders: list[Path] = []
    compiled = pdf._compile

    def kept(root: Path, **target: object) -> bytes:
        folders.append(tmp_path / "kept")
        if not folders[-1].is_dir():
            folders[-1].mkdir()
            for path in root.iterdir():
                (folders[-1] / path.name).write_bytes(path.read_bytes())
        return compiled(root, **target)

    with monkeypatch.context() as patched:
        patched.setattr(pdf, "_compile", kept)
        pdf.render(view, drawn)
    options = {"format": "pdf", "pdf_standards": ["a-3a", "ua-1"]}
    beside(
        "the PDF of the sample",
        timed(lambda: pdf.render(view, drawn), processor),
        "Typst alone, on the same document",
        timed(lambda: compiled(folders[0], **options), processor),
        rounds=5,
    )
