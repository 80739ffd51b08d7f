"""One look for all figures: fonts, colours and the sheet they are drawn on."""

from __future__ import annotations

import io
import logging
import warnings
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final, Literal

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import fontManager
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.text import Text
from matplotlib.ticker import MaxNLocator
from matplotlib.transforms import Bbox

from pipeline import words
from pipeline.report.safe import FAMILIES, font_files

INK: Final = "#1a1a1a"
QUIET: Final = "#5f5f5f"
GRID: Final = "#dddddd"
WITHDRAWN: Final = "#a4161a"
_FIRST, _SECOND, _PRESS = "#0b4f8a", "#b84a0e", "#757575"
# Two colours for those who are party to an event, one for all who are not.
SIDES: Final = {
    "authorities": _FIRST,
    "belligerent_a": _FIRST,
    "opposition": _SECOND,
    "belligerent_b": _SECOND,
    "ally": _SECOND,
    "press": _PRESS,
    "ngo": _PRESS,
    "international": _PRESS,
    "medical": _PRESS,
}

WIDTH: Final = 170.0  # mm: the text width of an A4 page
DPI: Final = 220
LABEL, SMALL, TITLE = 8.0, 7.0, 11.5  # points at final size
LONGEST: Final = 300  # characters of a text on one line: no sheet holds more
_INCH: Final = 25.4

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
    """The colour of a side; whoever is of no side speaks in the colour of the press."""
    return SIDES[side or "press"]


@contextmanager
def applied() -> Iterator[None]:
    """Draw with this style and no other, whatever the user's matplotlibrc says."""
    # A weight that a script lacks is drawn in another; a missing glyph is an error.
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
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


def count_from_zero(axes: Axes, letter: Literal["x", "y"], top: float, ticks: int = 5) -> None:
    """Let an axis count from zero to `top`, with about `ticks` thin lines and numbers as pages write them."""
    levels = MaxNLocator(nbins=ticks, integer=True).tick_values(0, top)
    shown = [level for level in levels if 0 <= level <= top]
    axis = axes.xaxis if letter == "x" else axes.yaxis
    axis.set_ticks(shown, [words.number(round(level)) for level in shown])
    axes.set(**{f"{letter}lim": (0, top)})
    axes.grid(axis=letter, color=GRID, linewidth=0.6)
    axes.set_axisbelow(True)


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

    def point(self, left: float, bottom: float) -> tuple[float, float]:
        """A place of the body as a part of the figure's width and height."""
        return left / WIDTH, (self.foot + bottom) / self.height

    def dots(self, left: float, bottom: float, count: int, tint: str) -> None:
        """A row of small rings from a place of the body on, one a thing counted."""
        xs = [(left + 2.6 * number) / WIDTH for number in range(count)]
        ys = [(self.foot + bottom) / self.height] * count
        rings = {"marker": "o", "markersize": 3.2, "markerfacecolor": "none", "markeredgewidth": 0.9}
        self.figure.add_artist(Line2D(xs, ys, linestyle="none", color=tint, **rings))  # type: ignore[arg-type]

    def text(self, left: float, bottom: float, words: str, **style: object) -> Text:
        """Text at a place of the body, in mm."""
        return self.figure.text(*self.point(left, bottom), words, **style)  # type: ignore[arg-type]

    def line(self, xs: Sequence[float], ys: Sequence[float], **style: object) -> None:
        """A line through places of the body, in mm."""
        places = [self.point(x, y) for x, y in zip(xs, ys, strict=True)]
        self.figure.add_artist(Line2D(*zip(*places, strict=True), **style))  # type: ignore[arg-type]

    def box(self, left: float, bottom: float, width: float, height: float, **style: object) -> None:
        """A rectangle at a place of the body, in mm."""
        size = (width / WIDTH, height / self.height)
        place = self.point(left, bottom)
        self.figure.add_artist(
            Rectangle(place, *size, transform=self.figure.transFigure, **style)  # type: ignore[arg-type]
        )

    def width_of(self, text: Text) -> float:
        """How wide a text is drawn, in mm."""
        return float(text.get_window_extent().width) / self.figure.dpi * _INCH

    def fit(self, text: Text, width: float) -> bool:
        """Cut a text that is wider than `width` mm with an ellipsis; False if not even that fits.

        Time does not grow with the text: what it says beyond LONGEST characters is not measured.
        """
        whole = text.get_text()
        if len(whole) <= LONGEST and self.width_of(text) <= width:
            return True

        def is_too_wide(length: int) -> bool:
            text.set_text(f"{whole[:length].rstrip(' ,')}…")
            return self.width_of(text) > width

        kept = bisect_left(range(1, min(len(whole), LONGEST) + 1), x=True, key=is_too_wide)
        if not whole[:kept].rstrip(" ,"):
            text.remove()
            return False
        text.set_text(f"{whole[:kept].rstrip(' ,')}…")
        return True


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
