"""Write the reference pages: `python -m pipeline.documenting docs/reference`."""

from __future__ import annotations

import sys
from pathlib import Path

from pipeline.documenting.pages import PAGES
from pipeline.files import write_atomic

if __name__ == "__main__":
    for name, page in PAGES.items():
        write_atomic(Path(sys.argv[1]) / f"{name}.md", page().encode())
