"""Figures that are as they were are taken over from the report so far, and not drawn again."""

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import polars as pl

from pipeline.fingerprint import fingerprint
from pipeline.report.figures.picture import Drawing, Picture
from pipeline.schema import DRAWINGS
from pipeline.versions import REPORT
from pipeline.warehouse import Warehouse


@dataclass(frozen=True, slots=True)
class Drawings:
    """The figures in `folder`: what each was drawn from, and what its files were then, by its name. `asked`
    is what is drawn now.
    """

    folder: Path
    known: dict[str, tuple[str, str]]
    asked: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, warehouse: Warehouse, event_id: str, folder: Path) -> Self:
        """Those that the event's report has so far."""
        rows = warehouse.columns(event_id, DRAWINGS.name, "name", "drawn_from", "files")
        return cls(folder, {name: (drawn_from, files) for name, drawn_from, files in rows.rows()})

    def earlier(self, drawing: Drawing) -> Picture | None:
        """The figure, if it was drawn from the same by the same code and its files are as they were then."""
        name = drawing.caption.name
        self.asked[name] = fingerprint(REPORT.version, drawing.fingerprint)
        drawn_from, files = self.known.get(name, ("", ""))
        if drawn_from != self.asked[name]:
            return None
        try:
            svg, png = ((self.folder / f"{name}.{ending}").read_bytes() for ending in ("svg", "png"))
        except OSError:
            return None
        return Picture(drawing.caption, svg, png) if _hash(svg, png) == files else None

    def table(self, event_id: str, pictures: tuple[Picture, ...]) -> pl.DataFrame:
        """The rows of `drawings` now that there are these `pictures`."""
        files = {one.caption.name: _hash(one.svg, one.png) for one in pictures}
        return DRAWINGS.frame([(event_id, name, self.asked[name], files[name]) for name in files])


def _hash(svg: bytes, png: bytes) -> str:
    return hashlib.sha256(svg + png).hexdigest()
