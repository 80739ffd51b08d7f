"""The page that the figures go to, and the machine they are of."""

from __future__ import annotations

import os
import platform
from datetime import date
from pathlib import Path

ROOT = Path(__file__).parents[1]
BENCH = ROOT / ".bench"
PAGE = ROOT / "docs" / "performance.md"


def section(name: str, text: str, page: Path = PAGE) -> None:
    """Write `text` between the marks of that name in `page`; what stands outside them stays."""
    start, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
    before, found, rest = page.read_text(encoding="utf-8").partition(start)
    after = rest.partition(end)[2] if found else "\n"
    gap = "" if found else "\n"
    page.write_text(f"{before}{gap}{start}\n\n{text.strip()}\n\n{end}{after}", encoding="utf-8")


def machine() -> dict[str, str | int]:
    """What of this machine decides how fast it is; no name, no path."""
    return {
        "architecture": platform.machine(),
        "cores": os.cpu_count() or 1,
        "memory": f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GiB",
        "python": platform.python_version(),
    }


def measured_on() -> str:
    """The machine and the day, for the line above a table."""
    of = machine()
    return f"{of['architecture']}, {of['cores']} cores, Python {of['python']}, {date.today():%d %B %Y}"
