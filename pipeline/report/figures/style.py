"""One look for all figures: fonts, colours, and the alphabet of marks.

exact: a filled dot. about: a hollow dot, no width invented. at least, more than: a dot and a line that
fades towards the open side and ends at no number. range: a bar with both ends. A word without a number has no
place on an axis and is written in a lane of its own. Withdrawn: a red cross, the value struck through. Colour
says who speaks, and never says it alone.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import fontManager
from matplotlib.lines import Line2D
from matplotlib.transforms import Bbox

from pipeline.report.safe import FAMILIES, font_files

INK: Final = "#1a1a1a"
QUIET: Final = "#5f5f5f"
GRID: Final = "#dddddd"
WITHDRAWN: Final = "#a4161a"
SIDES: Final = {"authorities": "#0b4f8a", "ally": "#b84a0e", "press": "#757575"}
OTHER_SIDE: Final = "#757575"

WIDTH: Final = 170.0  # mm: the text width of an A4 page
DPI: Final = 220
LABEL, SMALL, TITLE = 8.0, 7.0, 11.5  # points at final size
_INCH: Final = 25.4
_FADE_STEPS: Final = 12

_RC: Final[Any] = {
    "font.family": list(FAMILIES),
    "font.size": LABEL,
    "text.parse_math": False,
    "text.hinting": "none",
    "text.color": INK,
    "svg.fonttype": "none",
    "svg.hashsalt": "counterclaim",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": QUIET,
    "axes.labelcolor": QUIET,
    "axes.linewidth": 0.6,
    "axes.formatter.use_locale": False,
    "xtick.color": QUIET,
    "ytick.color": QUIET,
    "xtick.labelsize": SMALL,
    "ytick.labelsize": SMALL,
    "xtick.major.size": 2.5,
    "xtick.major.width": 0.6,
    "ytick.major.size": 0,
}


def colour(side: str | None) -> str:
    """The colour of a side; whoever is not named speaks in the colour of the press."""
    return SIDES.get(side or "press", OTHER_SIDE)


@contextmanager
def applied() -> Iterator[None]:
    """Draw with this style and no other, whatever the user's matplotlibrc says."""
    known = {font.name for font in fontManager.ttflist}
    if not known.issuperset(FAMILIES):
        for path in font_files():
            fontManager.addfont(str(path))
    with mpl.rc_context(), warnings.catch_warnings():
        # A missing glyph would silently drop a sign: "≈ 5,800" read as "5,800" is a false statement.
        warnings.filterwarnings("error", message="Glyph .* missing", category=UserWarning)
        mpl.rcdefaults()
        mpl.rcParams.update(_RC)
        yield


@dataclass(frozen=True, slots=True)
class Canvas:
    """A figure whose places are given in millimetres from the lower left corner of its body.

    `foot` and `head` are what furniture (headline, note …) takes below and above the body.
    """

    figure: Figure
    body: float
    foot: float = 0.0
    head: float = 0.0

    @property
    def height(self) -> float:
        """Height of the whole picture in mm."""
        return self.foot + self.body + self.head

    def axes(self, left: float, bottom: float, width: float, height: float) -> Axes:
        """Axes at a place of the body, all in mm."""
        box = (left / WIDTH, (self.foot + bottom) / self.height, width / WIDTH, height / self.height)
        return self.figure.add_axes(box)

    @property
    def limits(self) -> Bbox:
        """The body in pixels: what is drawn inside it cannot run into the furniture."""
        box = Bbox.from_bounds(0, self.foot / self.height, 1, self.body / self.height)
        return self.figure.transFigure.transform_bbox(box)

    def dots(self, left: float, bottom: float, count: int, tint: str) -> None:
        """A row of small rings from a place of the body on, one a thing counted."""
        xs = [(left + 2.6 * number) / WIDTH for number in range(count)]
        ys = [(self.foot + bottom) / self.height] * count
        rings = {"marker": "o", "markersize": 3.2, "markerfacecolor": "none", "markeredgewidth": 0.9}
        self.figure.add_artist(Line2D(xs, ys, linestyle="none", color=tint, **rings))  # type: ignore[arg-type]

    def text(self, left: float, bottom: float, words: str, **style: object) -> None:
        """Text at a place of the body, in mm."""
        self.figure.text(left / WIDTH, (self.foot + bottom) / self.height, words, **style)  # type: ignore[arg-type]


def canvas(body: float, foot: float = 0.0, head: float = 0.0) -> Canvas:
    """An empty canvas, WIDTH mm wide."""
    figure = Figure(figsize=(WIDTH / _INCH, (body + foot + head) / _INCH), dpi=DPI)
    FigureCanvasAgg(figure)
    return Canvas(figure, body, foot, head)


def svg(figure: Figure) -> bytes:
    """The figure as SVG with text as text; no date in it, and the same identifiers each time."""
    buffer = io.BytesIO()
    figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    return buffer.getvalue()


def png(figure: Figure) -> bytes:
    """The figure as PNG at DPI dots an inch."""
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=DPI, metadata={"Software": None})
    return buffer.getvalue()


@dataclass(frozen=True, slots=True)
class Value:
    """What a mark shows: a claim's number with its open ends, its side, and whether it was withdrawn."""

    value: int | None
    low: int | None
    high: int | None
    modifier: str
    side: str | None
    withdrawn: bool

    @property
    def at(self) -> int | None:
        """Where the dot stands: the number stated. A range and a word have no dot."""
        return next((one for one in (self.value, self.low, self.high) if one is not None), None)


def mark(axes: Axes, value: Value, other: float, fade: float, *, upright: bool) -> None:
    """Draw `value` on its axis (y if `upright`), at `other` on the other axis.

    `fade` is the length of an open side's line in units of the value axis.
    """
    if value.at is None:
        return
    tint = WITHDRAWN if value.withdrawn else colour(value.side)

    def line(start: float, end: float, **style: object) -> None:
        along, across = (start, end), (other, other)
        axes.plot(*((across, along) if upright else (along, across)), color=tint, clip_on=False, **style)  # type: ignore[arg-type]

    if value.modifier == "range" and value.low is not None and value.high is not None:
        line(value.low, value.high, linewidth=2.4, solid_capstyle="butt")
        return
    if value.modifier in ("at_least", "more_than", "up_to", "less_than"):
        sign = 1 if value.modifier in ("at_least", "more_than") else -1
        for step in range(_FADE_STEPS):
            start, end = (value.at + sign * fade * part / _FADE_STEPS for part in (step, step + 1))
            line(start, end, linewidth=1.6, alpha=1 - step / _FADE_STEPS, solid_capstyle="butt")
    style = (
        {"marker": "x", "markersize": 5.5, "markeredgewidth": 1.6}
        if value.withdrawn
        else {
            "marker": "o",
            "markersize": 5.2,
            "markeredgewidth": 1.4,
            "markerfacecolor": "white" if value.modifier == "about" else tint,
        }
    )
    line(value.at, value.at, linestyle="none", markeredgecolor=tint, zorder=3, **style)
