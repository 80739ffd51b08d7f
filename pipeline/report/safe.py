"""Article text made safe to show: in a figure, on a page, in a PDF. What is changed stays visible.

Markup needs no care here: no renderer ever reads text as markup. What is left are characters that would turn
a line around, break a PDF's tags, or have no shape in the fonts that reports ship.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from matplotlib.ft2font import FT2Font

FONTS: Final = Path(__file__).parent / "fonts"
# What the first family cannot show, the next may.
FAMILIES: Final = ("Counterclaim Sans", "IBM Plex Sans Arabic", "Counterclaim Chinese")
_OTHER_SCRIPTS: Final = ("IBMPlexSansArabic-Regular.ttf", "CounterclaimChinese-Regular.otf")
_REPLACEMENT: Final = "\ufffd"
# Invisible characters that no reader misses; the first of them crashes Typst 0.15's tagged export.
_DROPPED: Final = frozenset("\u00ad\u200b\u2060\ufeff")
_LONG: Final = re.compile(r"\S{25,}")
_BREAK_EVERY: Final = 20
_BMP: Final = 0x10000
_ZERO_WIDTH_SPACE: Final = "\u200b"


def display_safe(text: str | None) -> str:
    """`text` for display: one line, NFC, controls as U+FFFD, characters without a shape as [U+1F642]."""
    if not text:
        return ""
    return " ".join(unicodedata.normalize("NFC", text).translate(_SIGNS).split())


def breakable(text: str) -> str:
    """Display text in which tokens of over 24 characters may break. Never for links or data."""
    return _LONG.sub(lambda match: _ZERO_WIDTH_SPACE.join(_pieces(match.group())), text)


def safe_url(url: str | None) -> str | None:
    """The URL if it is http or https and has a host, else None: no javascript:, no file:."""
    if not url or " " in url or not url.isprintable():
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname else None


def _shown(char: str) -> str:
    if char in _DROPPED:
        return ""
    if char.isspace():
        return " "
    if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Cn"):
        return _REPLACEMENT
    return char if ord(char) in _covered() else f"[U+{ord(char):04X}]"


class _Signs(dict[int, str]):
    """How characters are shown, by their code points, as `str.translate` asks for them."""

    def __missing__(self, point: int) -> str:
        shown = _shown(chr(point))
        if point < _BMP:  # so that no text can make it grow on and on
            self[point] = shown
        return shown


_SIGNS: Final = _Signs()


def _pieces(token: str) -> list[str]:
    return [token[start : start + _BREAK_EVERY] for start in range(0, len(token), _BREAK_EVERY)]


def font_files() -> list[Path]:
    """The fonts that reports ship."""
    return sorted(path for path in FONTS.iterdir() if path.suffix in (".ttf", ".otf"))


@cache
def _covered() -> frozenset[int]:
    """Code points that every style of the first family can show, or a family for another script."""
    maps = {path.name: set(FT2Font(str(path)).get_charmap()) for path in font_files()}
    others = [maps.pop(name) for name in _OTHER_SCRIPTS]
    styles = [shown for name, shown in maps.items() if name.startswith("Counterclaim")]
    return frozenset(set.intersection(*styles).union(*others))
