"""Results are renewed a part at a time, say nothing of whose machine it was, and become tables."""

import json
import socket

from measuring import Goal, absent, compared, seconds
from results import read, render, renewed, tables, write

ROW = compared(
    "ingest", "a loop", own=[0.2], other=[0.1], kind="long", goal=Goal(1.2, "most"), figure=seconds
)


def test_a_part_is_renewed_and_the_others_stay(tmp_path):
    path = tmp_path / "results.json"
    write(renewed(renewed({}, "road", [ROW]), "ingest", [ROW, ROW]), path)
    write(renewed(read(path), "ingest", [ROW]), path)
    assert {part: len(one["rows"]) for part, one in read(path).items()} == {"ingest": 1, "road": 1}


def test_results_name_neither_the_machine_nor_a_place(tmp_path):
    path = tmp_path / "results.json"
    write(renewed({}, "ingest", [ROW]), path)
    assert set(json.loads(path.read_text("utf-8"))["ingest"]["machine"]) == {
        "architecture", "cores", "memory", "python",
    }  # fmt: skip
    assert socket.gethostname() not in path.read_text("utf-8")


def test_a_row_says_its_goal_and_whether_it_is_met():
    told = list(tables(renewed({}, "ingest", [ROW, absent("x", "CQE", "no model")])))
    assert "| ingest | 200 ms | a loop | 100 ms | 2.00 times as long | ≤ 1.2 | **no** |" in told
    assert "| x |  | CQE | not run: no model |  |  |  |" in told


def test_the_page_keeps_what_stands_outside_the_marks(tmp_path):
    page = tmp_path / "performance.md"
    page.write_text("before\n\n<!-- measured -->\nold\n<!-- end of measured -->\nafter\n", "utf-8")
    render(renewed({}, "ingest", [ROW]), page)
    text = page.read_text("utf-8")
    assert text.startswith("before\n") and text.endswith("after\n")  # noqa: PT018
    assert "old" not in text
    assert "### From files to articles" in text
