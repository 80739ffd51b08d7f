"""Every figure of a report, in order; and figures as files."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final, Protocol

from pipeline.files import remove_others, write_atomic
from pipeline.report.figures import (
    afterlife,
    by_quantity,
    claim_against_claim,
    claims_by_source,
    codebooks_side_by_side,
    outlets_to_originators,
    parts_of_a_whole,
    standing_statement,
    what_we_could_not_see,
)
from pipeline.report.figures.picture import Caption, Drawing, Picture, render
from pipeline.report.view import View


class Composer(Protocol):
    """A module that makes one figure. `LACKING` says why it is not there when `compose` gives None."""

    @property
    def NAME(self) -> str: ...  # noqa: D102, N802 a constant of the module
    @property
    def LACKING(self) -> str: ...  # noqa: D102, N802

    def compose(self, view: View) -> Drawing | None:
        """The figure, or None if the view has no data for it."""
        ...


COMPOSERS: Final[tuple[Composer, ...]] = (
    standing_statement,
    claims_by_source,
    parts_of_a_whole,
    afterlife,
    by_quantity,
    claim_against_claim,
    outlets_to_originators,
    what_we_could_not_see,
    codebooks_side_by_side,
)
INDEX: Final = "figures.json"


@dataclass(frozen=True, slots=True)
class Gallery:
    """The figures of one report, and for each that is not there a sentence that says why."""

    pictures: tuple[Picture, ...]
    left_out: tuple[str, ...]


def hang(
    view: View,
    on_figure: Callable[[], None] = lambda: None,
    earlier: Callable[[Drawing], Picture | None] = lambda _: None,
) -> Gallery:
    """Draw every figure that the view has data for, but for those that `earlier` has. `on_figure` is called
    after each, for progress.
    """
    drawn: list[Picture] = []
    left_out: list[str] = []
    for composer in COMPOSERS:
        drawing = composer.compose(view)
        if drawing is None:
            left_out.append(composer.LACKING)
        else:
            drawn.append(earlier(drawing) or render(drawing))
        on_figure()
    return Gallery(tuple(drawn), tuple(left_out))


def save(folder: Path, gallery: Gallery) -> None:
    """Write each figure as SVG and PNG and their captions as figures.json; remove what other runs left."""
    names = {INDEX}
    for picture in gallery.pictures:
        for ending, content in ((".svg", picture.svg), (".png", picture.png)):
            name = picture.caption.name + ending
            if not _holds(folder / name, content):
                write_atomic(folder / name, content)
            names.add(name)
    index = {
        "figures": [asdict(picture.caption) for picture in gallery.pictures],
        "left_out": gallery.left_out,
    }
    write_atomic(folder / INDEX, json.dumps(index, ensure_ascii=False, indent=1).encode())
    remove_others(folder, names)


def load(folder: Path) -> Gallery:
    """The figures that `save` wrote."""
    index = json.loads((folder / INDEX).read_text(encoding="utf-8"))
    captions = [_caption(values) for values in index["figures"]]
    pictures = (
        Picture(
            caption,
            (folder / f"{caption.name}.svg").read_bytes(),
            (folder / f"{caption.name}.png").read_bytes(),
        )
        for caption in captions
    )
    return Gallery(tuple(pictures), tuple(index["left_out"]))


def _holds(path: Path, content: bytes) -> bool:
    return path.is_file() and path.read_bytes() == content


def _caption(values: dict[str, Any]) -> Caption:
    rows, ours = (tuple(tuple(row) for row in values[name]) for name in ("rows", "ours"))
    flat = {name: tuple(values[name]) for name in ("columns", "claims")}
    return Caption(**{**values, **flat, "rows": rows, "ours": ours})
