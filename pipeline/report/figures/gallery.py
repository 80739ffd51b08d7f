"""Every figure of a report, in order; and figures as files."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from pipeline.files import remove_others, write_atomic
from pipeline.report.figures import claims_by_source, standing_statement
from pipeline.report.figures.picture import Caption, Picture, render
from pipeline.report.view import View

FIGURES: Final = (standing_statement.NAME, claims_by_source.NAME)
INDEX: Final = "figures.json"


@dataclass(frozen=True, slots=True)
class Gallery:
    """The figures of one report, and the names of those whose data did not suffice."""

    pictures: tuple[Picture, ...]
    left_out: tuple[str, ...]


def hang(view: View, on_figure: Callable[[], None] = lambda: None) -> Gallery:
    """Draw every figure that the view has data for. `on_figure` is called after each, for progress."""
    drawn: list[Picture] = []
    left_out: list[str] = []
    for name, picture in (
        (standing_statement.NAME, _standing(view)),
        (claims_by_source.NAME, _by_source(view)),
    ):
        if picture is None:
            left_out.append(name)
        else:
            drawn.append(picture)
        on_figure()
    return Gallery(tuple(drawn), tuple(left_out))


def _standing(view: View) -> Picture | None:
    data = standing_statement.select(view)
    if data is None:
        return None
    return render(
        standing_statement.caption(data),
        standing_statement.BODY,
        lambda canvas: standing_statement.draw(data, canvas),
    )


def _by_source(view: View) -> Picture | None:
    data = claims_by_source.select(view)
    if data is None:
        return None
    return render(
        claims_by_source.caption(data),
        claims_by_source.body(data),
        lambda canvas: claims_by_source.draw(data, canvas),
    )


def save(folder: Path, gallery: Gallery) -> None:
    """Write each figure as SVG and PNG and their captions as figures.json; remove what other runs left."""
    names = {INDEX}
    for picture in gallery.pictures:
        for ending, content in ((".svg", picture.svg), (".png", picture.png)):
            write_atomic(folder / (picture.caption.name + ending), content)
            names.add(picture.caption.name + ending)
    index = {
        "figures": [asdict(picture.caption) for picture in gallery.pictures],
        "left_out": gallery.left_out,
    }
    write_atomic(folder / INDEX, json.dumps(index, ensure_ascii=False, indent=1).encode())
    remove_others(folder, names)


def load(folder: Path) -> Gallery:
    """The figures that `save` wrote."""
    index = json.loads((folder / INDEX).read_text(encoding="utf-8"))
    captions: Sequence[Caption] = [Caption(**values) for values in index["figures"]]
    pictures = (
        Picture(
            caption,
            (folder / f"{caption.name}.svg").read_bytes(),
            (folder / f"{caption.name}.png").read_bytes(),
        )
        for caption in captions
    )
    return Gallery(tuple(pictures), tuple(index["left_out"]))
