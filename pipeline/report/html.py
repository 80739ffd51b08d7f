"""The report as one HTML file that needs nothing else: no request, no script needed to read it."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from pipeline.report.codebooks import descriptions
from pipeline.report.figures.gallery import Gallery
from pipeline.report.figures.picture import Picture
from pipeline.report.pages import content
from pipeline.report.safe import FONTS
from pipeline.report.view import View

_FOLDER: Final = Path(__file__).parent
_FONTS: Final = {"Regular": 400, "SemiBold": 600, "Bold": 700}
_PROLOGUE: Final = re.compile(rb"^.*?(?=<svg)", re.DOTALL)
_ID: Final = re.compile(r'(\bid="|href="#|url\(#)')


def render(view: View, gallery: Gallery) -> str:
    """The page: the same view and gallery give the same. Jinja escapes every value it prints."""
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    script = (_FOLDER / "page.js").read_text(encoding="utf-8")
    return environment.get_template("page.html.jinja").render(
        page=content(view, gallery, descriptions()),
        drawings={picture.caption.name: _inline(picture) for picture in gallery.pictures},
        css=Markup((_FOLDER / "page.css").read_text(encoding="utf-8")),  # noqa: S704 our own file
        script=Markup(script),  # noqa: S704 our own file
        script_hash=_base64(hashlib.sha256(script.encode()).digest()),
        fonts=[
            {"weight": weight, "data": _base64((FONTS / f"CounterclaimSans-{style}.ttf").read_bytes())}
            for style, weight in _FONTS.items()
        ],
    )


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode()


def _inline(picture: Picture) -> Markup:
    """The figure's own SVG for the page: without its prologue, its identifiers made the figure's own.

    matplotlib has escaped every text in it; what is told to a screen reader stands in the page.
    """
    drawing = _PROLOGUE.sub(b"", picture.svg, count=1).decode()
    drawing = _ID.sub(rf"\1{picture.caption.name}-", drawing)
    return Markup(drawing.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1))  # noqa: S704 see the docstring
