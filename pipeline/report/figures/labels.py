"""Labels that never overlap: each takes the first free place of a fixed list, in order of importance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.text import Text
from matplotlib.transforms import Bbox
from numpy.typing import ArrayLike

from pipeline.report.figures import style

# Where a label may stand, as steps from its mark in points, nearest first.
_PLACES: Final = (
    *((side * 7, up) for up in (0, 9, -9, 18, -18, 27, -27) for side in (1, -1)),
    *((side * 20, up) for up in (14, -14, 24, -24, 36, -36) for side in (1, -1)),
)
_AIR: Final = 1.5  # points around a label that stay free


@dataclass(frozen=True, slots=True)
class Label:
    """Two lines beside a mark at `anchor` (pixels): the number, and who said it when."""

    anchor: tuple[float, float]
    number: str
    words: str
    tint: str
    struck: bool = False


@dataclass(slots=True)
class Labeller:
    """Places labels on a figure inside `limits` (pixels). `taken` are the pixels no longer free."""

    figure: Figure
    limits: Bbox
    taken: list[Bbox] = field(default_factory=list)

    def avoid(self, anchors: Sequence[tuple[float, float]], radius: float) -> None:
        """Keep labels off marks: squares of `radius` points around each anchor (pixels)."""
        reach = self._pixels(radius)
        self.taken += [Bbox.from_extents(x - reach, y - reach, x + reach, y + reach) for x, y in anchors]

    def avoid_texts(self) -> None:
        """Keep labels off the texts that stand already: tick labels, titles."""
        self.taken += [box for _, box in texts(self.figure)]

    def place(self, label: Label) -> bool:
        """Draw the label at the first free place. False if there is none: the table has the number."""
        for across, up in _PLACES:
            drawn = self._draw(label, across, up)
            box = Bbox.union([text.get_window_extent() for text in drawn]).padded(self._pixels(_AIR))
            if self._free(box):
                self.taken.append(box)
                self._finish(label, drawn[0], box)
                return True
            for text in drawn:
                text.remove()
        return False

    def _draw(self, label: Label, across: float, up: float) -> list[Text]:
        align = "left" if across > 0 else "right"
        left, middle = label.anchor[0] + self._pixels(across), label.anchor[1] + self._pixels(up)
        drawn = []
        for words, weight, size, lift in (
            (label.number, "bold", style.LABEL + 1, 3.6),
            (label.words, "normal", style.SMALL - 0.4, -4.6),
        ):
            x, y = self.figure.transFigure.inverted().transform((left, middle + self._pixels(lift)))
            drawn.append(
                self.figure.text(
                    x,
                    y,
                    words,
                    ha=align,
                    va="center",
                    fontweight=weight,
                    fontsize=size,
                    color=label.tint if weight == "bold" else style.INK,
                )
            )
        return drawn

    def _finish(self, label: Label, number: Text, box: Bbox) -> None:
        """Strike a withdrawn number through; tie a label that stands far off to its mark."""
        inverted = self.figure.transFigure.inverted()
        if label.struck:
            extent = number.get_window_extent()
            middle = (extent.y0 + extent.y1) / 2
            ends = inverted.transform([(extent.x0 - 1, middle), (extent.x1 + 1, middle)])
            self._line(ends, style.WITHDRAWN, 1.1)
        x, y = label.anchor
        near = (min(max(x, box.x0), box.x1), min(max(y, box.y0), box.y1))
        if abs(near[0] - x) + abs(near[1] - y) > self._pixels(12):
            self._line(inverted.transform([(x, y), near]), style.QUIET, 0.5)

    def _line(self, ends: ArrayLike, tint: str, width: float) -> None:
        xs, ys = np.asarray(ends).T
        self.figure.add_artist(Line2D(xs, ys, color=tint, linewidth=width, zorder=2))

    def _free(self, box: Bbox) -> bool:
        inside = self.limits.x0 <= box.x0 and box.x1 <= self.limits.x1
        inside = inside and self.limits.y0 <= box.y0 and box.y1 <= self.limits.y1
        return inside and not any(box.overlaps(other) for other in self.taken)

    def _pixels(self, points: float) -> float:
        return points * self.figure.dpi / 72


def texts(figure: Figure) -> list[tuple[Text, Bbox]]:
    """Every text that the figure shows, with its box in pixels."""
    figure.draw_without_rendering()
    found = [text for text in figure.findobj(Text) if isinstance(text, Text)]
    shown = [text for text in found if text.get_visible() and text.get_text().strip()]
    return [(text, box) for text in shown if (box := text.get_window_extent()).width > 0]
