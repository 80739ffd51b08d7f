"""Typst as a program: sets the document in a folder.

    python -P typesetting.py FOLDER OPTIONS

sets FOLDER/report.typ under OPTIONS, the arguments of `typst.Compiler.compile` and `font_paths` in JSON, and
prints what comes out; of several pages the first. Status 1, and why on standard error, if it fails.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import typst


def main(folder: Path, font_paths: list[Path], options: dict[str, Any]) -> None:
    """Print the document. Exits with Typst's own message if it cannot be set."""
    compiler = typst.Compiler(
        folder / "report.typ", root=folder, font_paths=font_paths, ignore_system_fonts=True
    )
    try:
        made = compiler.compile(timestamp=0, **options)
    except typst.TypstError as error:
        hints = "; ".join(getattr(error, "hints", ()) or ())
        sys.exit(f"{error}" + (f" ({hints})" if hints else ""))
    if made is None:
        sys.exit("Typst gave nothing")
    sys.stdout.buffer.write(made[0] if isinstance(made, list) else made)


if __name__ == "__main__":
    given = json.loads(sys.argv[2])
    main(Path(sys.argv[1]), [Path(one) for one in given.pop("font_paths")], given)
