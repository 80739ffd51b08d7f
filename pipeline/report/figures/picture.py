"""A figure as it leaves this package: drawn, and told in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, Final

from pipeline import words
from pipeline.fingerprint import fingerprint
from pipeline.report.figures import style
from pipeline.report.figures.style import Canvas

_LINE: Final = 3.4  # mm a line of small text takes
_HEAD_LINE: Final = 5.4  # mm a line of the headline takes
_COLUMNS: Final = 142  # characters of small text a line holds
_HEAD_COLUMNS: Final = 84
_ALT: Final = 10_000  # characters of rows: PDF/A holds 32,767 bytes in a text, two a character
_IDS: Final = 8  # claims named under a figure; a table under it has all


@dataclass(frozen=True, slots=True)
class Caption:
    """A figure in words. `headline`: a finding its data support; `subtitle`: what is measured, where, when;
    `note`: how to read it; `columns` and `rows`: its data as a table; `claims`: ids of those it rests on;
    `ours`: every number in it that is no claim's, with the rule that makes it.
    """

    name: str
    headline: str
    subtitle: str
    note: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    claims: tuple[str, ...]
    ours: tuple[tuple[str, str], ...] = ()

    @property
    def source(self) -> str:
        """The claims it rests on."""
        ids = ", ".join(self.claims[:_IDS])
        more = len(self.claims) > _IDS
        return f"Claims {ids}" + (" and more: those in its table." if more else ".")

    @property
    def alt(self) -> str:
        """The whole figure, for who cannot see it: its headline and the rows of its table, all of them if
        they are no more than a PDF can hold in one text.
        """
        rows = [", ".join(cell for cell in row if cell) for row in self.rows]
        lengths = accumulate(len(row) + len("; ") for row in rows)
        fit = sum(length <= _ALT for length in lengths)
        more = f"; and {words.number(len(rows) - fit)} more rows" if fit < len(rows) else ""
        return f"{self.headline}. {', '.join(self.columns)}: {'; '.join(rows[:fit])}{more}."


@dataclass(frozen=True, slots=True)
class Drawing:
    """A figure ready to be drawn on a body of `body` mm. `draw` needs to know nothing but `data`, and the
    `repr` of that says all of it.
    """

    caption: Caption
    body: float
    data: object
    draw: Callable[[Any, Canvas], None]

    @property
    def fingerprint(self) -> str:
        """A hash of all that is drawn."""
        return fingerprint(self.caption, self.body, self.data)


@dataclass(frozen=True, slots=True)
class Picture:
    """A finished figure: its caption, bare as SVG (for pages), furnished with its caption as PNG."""

    caption: Caption
    svg: bytes
    png: bytes


def render(drawing: Drawing) -> Picture:
    """Draw the figure twice: bare, and with its caption around it."""
    caption, body = drawing.caption, drawing.body
    with style.applied():
        bare = style.canvas(body)
        drawing.draw(drawing.data, bare)
        head = _balanced(caption.headline, _HEAD_COLUMNS)
        foot = _wrapped(f"{caption.note} {caption.source}", _COLUMNS)
        subtitle = _wrapped(caption.subtitle, _COLUMNS - 12)
        head_height = len(head) * _HEAD_LINE + len(subtitle) * 4.0 + 4.5
        furnished = style.canvas(body, foot=len(foot) * _LINE + 4, head=head_height)
        drawing.draw(drawing.data, furnished)
        top = body + head_height - 4.6
        for number, line in enumerate(head):
            furnished.text(0, top - number * _HEAD_LINE, line, fontsize=style.TITLE, fontweight="bold")
        for number, line in enumerate(subtitle):
            below = top - len(head) * _HEAD_LINE - number * 4.0 + 0.6
            furnished.text(0, below, line, fontsize=style.LABEL, color=style.QUIET)
        for number, line in enumerate(foot):
            furnished.text(0, -5.5 - number * _LINE, line, fontsize=style.SMALL - 0.4, color=style.QUIET)
        return Picture(caption, style.svg(bare.figure), style.png(furnished.figure))


def _balanced(text: str, columns: int) -> list[str]:
    """As few lines as `columns` allows, as even as they can be."""
    least = len(_wrapped(text, columns))
    while columns > 1 and len(_wrapped(text, columns - 1)) == least:
        columns -= 1
    return _wrapped(text, columns)


def _wrapped(text: str, columns: int) -> list[str]:
    """Words filled into lines of at most `columns` characters; a longer word stands alone."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if len(longer) <= columns or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
