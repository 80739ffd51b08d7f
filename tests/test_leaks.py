"""A process that makes reports again and again holds no more than after the first."""

from __future__ import annotations

import gc
import os
import threading
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

import pytest
from matplotlib.figure import Figure

from pipeline.cli.run import run

EVENTS = ("harborport-2023", "riverton-2023")
OWN = Path("/proc/self")
PAGE = """<html lang="en"><head><title>Shelling in Harborport</title>
<meta property="article:published_time" content="2023-05-05T08:00:00Z"></head>
<body><article><h1>Shelling in Harborport</h1><p>{}</p></article></body></html>"""
TOLL = "The mayor of Harborport said that {} people were killed in Harborport, and 30 others were injured."


def children() -> int:
    found = 0
    for status in Path("/proc").glob("[0-9]*/status"):
        with suppress(OSError):  # it has ended meanwhile
            found += f"PPid:\t{os.getpid()}\n" in status.read_text(encoding="utf-8")
    return found


def held() -> dict[str, int]:
    gc.collect()
    return {
        "descriptors": sum(1 for _ in (OWN / "fd").iterdir()),
        "threads": sum(1 for _ in (OWN / "task").iterdir()),
        "threads of Python": threading.active_count(),
        "children": children(),
        "figures": sum(type(one) is Figure for one in gc.get_objects()),
    }


@pytest.mark.skipif(not OWN.is_dir(), reason="asks Linux what the process holds")
def test_reports_made_again_leave_nothing_open(make_event, article, tmp_path, monkeypatch):
    monkeypatch.delenv("DAGSTER_HOME", raising=False)
    for name in EVENTS:
        texts = {f"day{day}": article(TOLL.format(10 * day), published=f"2023-05-0{day}") for day in (1, 2)}
        folder = make_event(name, 'title = "Harborport, May 2023"', **texts)
        (folder / "articles" / "page.html").write_text(PAGE.format(TOLL.format(55)), encoding="utf-8")
    places = {"data": "data", "reports": "reports", "warehouse": "warehouse.duckdb"}
    where = [part for option, name in places.items() for part in (f"--{option}", str(tmp_path / name))]

    def make(*events: str) -> dict[str, int]:
        with pytest.raises(SystemExit) as ended:
            run.main([*events, *where, "--full"], standalone_mode=False)
        assert ended.value.code == 0
        return held()

    first = make(*EVENTS)
    again = [make(event) for event in EVENTS]
    # Libraries start threads of their own when they first need them; a leak is one more with every report.
    threads = [one.pop("threads") for one in (first, *again)]
    assert not all(later > earlier for earlier, later in pairwise(threads)), threads
    for one in again:
        assert {name: count for name, count in one.items() if count > first[name]} == {}
    assert first["figures"] == 0
