"""A figure as it leaves this package: drawn, and told in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from pipeline.report.figures import style
from pipeline.report.figures.style import Canvas

_LINE: Final = 3.4  # mm a line of small text takes
_HEAD_LINE: Final = 5.4  # mm a line of the headline takes
_COLUMNS: Final = 142  # characters of small text a line holds
_HEAD_COLUMNS: Final = 84


@dataclass(frozen=True, slots=True)
class Caption:
    """A figure in words. `headline`: a finding its data support; `subtitle`: what is measured, where, when;
    `note`: how to read it; `source`: the claims it rests on; `alt`: the whole figure for who cannot see it.
    """

    name: str
    headline: str
    subtitle: str
    note: str
    source: str
    alt: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A finished figure: its caption, bare as SVG (for pages), furnished with its caption as PNG."""

    caption: Caption
    svg: bytes
    png: bytes


def render(caption: Caption, body: float, draw: Callable[[Canvas], None]) -> Picture:
    """Draw the figure twice on a body of `body` mm: bare, and with its caption around it."""
    with style.applied():
        bare = style.canvas(body)
        draw(bare)
        head, foot = (
            _wrapped(caption.headline, _HEAD_COLUMNS),
            _wrapped(f"{caption.note} {caption.source}", _COLUMNS),
        )
        subtitle = _wrapped(caption.subtitle, _COLUMNS - 12)
        head_height = len(head) * _HEAD_LINE + len(subtitle) * 4.0 + 4.5
        furnished = style.canvas(body, foot=len(foot) * _LINE + 4, head=head_height)
        draw(furnished)
        top = body + head_height - 4.6
        for number, line in enumerate(head):
            furnished.text(0, top - number * _HEAD_LINE, line, fontsize=style.TITLE, fontweight="bold")
        for number, line in enumerate(subtitle):
            below = top - len(head) * _HEAD_LINE - number * 4.0 + 0.6
            furnished.text(0, below, line, fontsize=style.LABEL, color=style.QUIET)
        for number, line in enumerate(foot):
            furnished.text(0, -5.5 - number * _LINE, line, fontsize=style.SMALL - 0.4, color=style.QUIET)
        return Picture(caption, style.svg(bare.figure), style.png(furnished.figure))


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
