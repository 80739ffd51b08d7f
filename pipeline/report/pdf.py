"""The report as PDF: Typst from a template and JSON. Article text is data and never becomes markup.

Built as PDF/A-3a and PDF/UA-1; Typst refuses to write a file that breaks its checks of either, and a figure
without alternative text or a character without a shape is an error. PDF/A asks for a document's date,
and ours is that of the last article: a report without one is PDF/UA-1 alone, without its attachment.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pipeline.files import PART, unwritable
from pipeline.report.codebooks import descriptions
from pipeline.report.figures.gallery import Gallery
from pipeline.report.pages import content
from pipeline.report.safe import FONTS
from pipeline.report.view import View

if TYPE_CHECKING:
    from typst import PDFStandard

_PPI: Final = 110
_PAGE_ONE_ALONE: Final[dict[str, Any]] = {
    "alone": True,
    **dict.fromkeys(("findings", "pictures", "left_out", "estimates", "series", "claims", "articles"), ()),
}
_TEMPLATE: Final = Path(__file__).parent / "report.typ"
_TYPESETTING: Final = Path(__file__).parent / "typesetting.py"
_DATED: Final[list[PDFStandard]] = ["a-3a", "ua-1"]
_UNDATED: Final[list[PDFStandard]] = ["ua-1"]


class ReportError(RuntimeError):
    """The PDF could not be built. The message says where and why."""


def render(view: View, gallery: Gallery, place: Path | None = None) -> bytes:
    """The PDF's bytes: the same view and gallery give the same. Files that are needed for moments are put
    into the folder `place`, else where the system has such files. Raises ReportError, UnwritableError.
    """
    pages = content(view, gallery, descriptions())
    printed = set(pages["printed"])
    shown = {**pages, "alone": False, "claims": [one for one in pages["claims"] if one["id"] in printed]}
    with _folder(shown, pages["claims"], gallery, place) as root:
        return _compile(root, format="pdf", pdf_standards=_DATED if view.period else _UNDATED)


def first_page(view: View, gallery: Gallery, place: Path | None = None) -> bytes:
    """Page one as PNG, for places that show no PDF; `place` as in `render`. Raises the same errors."""
    pages = content(view, gallery, descriptions())
    with _folder({**pages, **_PAGE_ONE_ALONE}, [], gallery, place) as root:
        return _compile(root, format="png", ppi=_PPI)


@contextmanager
def _folder(shown: dict[str, Any], claims: Any, gallery: Gallery, place: Path | None) -> Iterator[Path]:
    """A folder with the template, its data and the figures, and with nothing else that Typst could read."""
    with tempfile.TemporaryDirectory(prefix=".typst.", suffix=PART, dir=place) as name:
        root = Path(name)
        files = {
            "report.typ": _TEMPLATE.read_bytes(),
            "data.json": _json(shown),
            "claims.json": _json(claims),
        }
        files |= {f"{picture.caption.name}.svg": picture.svg for picture in gallery.pictures}
        for file, written in files.items():
            try:
                (root / file).write_bytes(written)
            except OSError as error:
                raise unwritable(root / file, error) from error
        yield root


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode()


def _compile(root: Path, **target: Any) -> bytes:
    """The PDF, or a page as PNG. In a process of its own: Typst keeps what its last ten documents took."""
    options = json.dumps({**target, "font_paths": [str(FONTS)]})
    # -P: beside that file is one called html.py, which is not the library's.
    command = [sys.executable, "-P", str(_TYPESETTING), str(root), options]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False)  # noqa: S603 our own program
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip()
        reason = said or f"Typst ended with status {done.returncode}"
        raise ReportError(f"the PDF could not be built: {reason}")
    return done.stdout
