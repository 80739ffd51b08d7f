"""Time axes: one panel of days, or one of days and one of months where the story goes on long after."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from matplotlib.axes import Axes

from pipeline import words
from pipeline.report.figures import style
from pipeline.report.figures.style import Canvas

EARLY_DAYS: Final = 14  # the first panel's length where a second one is needed
_EARLY_SHARE: Final = 0.68  # of the width
_GAP: Final = 3.0  # mm between the panels


@dataclass(frozen=True, slots=True)
class Panel:
    """Axes whose x counts days from `start`."""

    axes: Axes
    start: date
    end: date

    @property
    def span(self) -> int:
        """Days from start to end, one at least."""
        return max((self.end - self.start).days, 1)

    def holds(self, day: date) -> bool:
        """True if the panel shows the day."""
        return self.start <= day <= self.end

    def x(self, day: date) -> int:
        """Where the day stands."""
        return (day - self.start).days


def panels(canvas: Canvas, days: Sequence[date], place: tuple[float, float, float, float]) -> list[Panel]:
    """Axes for `days` at a place of the body: left, bottom, width, height in mm."""
    left, bottom, width, height = place
    first, last = min(days), max(days)
    early = first + timedelta(days=EARLY_DAYS)
    if last <= early + timedelta(days=EARLY_DAYS):
        made = [Panel(canvas.axes(*place), first, last)]
    else:
        split = width * _EARLY_SHARE
        late = canvas.axes(left + split + _GAP, bottom, width - split - _GAP, height)
        made = [
            Panel(canvas.axes(left, bottom, split, height), first, early),
            Panel(late, early + timedelta(days=1), last),
        ]
        for panel, scale in zip(made, ("time scale: days", "time scale: months"), strict=True):
            panel.axes.text(
                0,
                1.02,
                scale,
                transform=panel.axes.transAxes,
                fontsize=style.SMALL - 0.4,
                color=style.QUIET,
            )
        late.set_facecolor("#f5f5f0")
    for number, panel in enumerate(made):
        _prepare(panel, first_panel=number == 0, months=number == 1)
    return made


def shown_in(made: Sequence[Panel], day: date) -> Panel:
    """The panel that shows a day. Raises ValueError if none does."""
    for panel in made:
        if panel.holds(day):
            return panel
    raise ValueError(f"{day} is in no panel")


def _prepare(panel: Panel, *, first_panel: bool, months: bool) -> None:
    axes = panel.axes
    axes.set_xlim(-0.04 * panel.span - 0.3, panel.span * 1.04 + 0.3)
    axes.set_axisbelow(True)
    axes.spines["left"].set_visible(False)
    if not first_panel:
        axes.tick_params(labelleft=False)
    ticks = list(_months(panel) if months else _days(panel))
    axes.set_xticks([panel.x(day) for day, _ in ticks], [text for _, text in ticks])


def _days(panel: Panel) -> Iterator[tuple[date, str]]:
    step = max(1, round(panel.span / 8))
    for number in range(0, (panel.end - panel.start).days + 1, step):
        day = panel.start + timedelta(days=number)
        yield day, words.short_day(day)


def _months(panel: Panel) -> Iterator[tuple[date, str]]:
    years = range(panel.start.year, panel.end.year + 1)
    starts = [date(year, month, 1) for year in years for month in (1, 4, 7, 10)]
    inside = [day for day in starts if panel.holds(day)]
    for day in inside[:: max(1, -(-len(inside) // 4))]:
        yield day, f"{words.short_day(day).split()[1]} {day.year}"
