"""What commands print: no word of others moves a cursor, turns a line, links or changes its letters."""

from __future__ import annotations

import json
import re
import shutil

import payloads
import pytest
from payloads import acting

COMMANDS = {
    "record": ["record", payloads.EVENT, "--on", "2023-05-08"],
    "explain": ["explain", "{claim}"],
    "explain a row": ["explain", "{row}"],
    "extract": ["extract", "{some}"],
    "extract as a table": ["extract", "{some}", "--format", "table"],
    "extract what is rejected": ["extract", "{some}", "--rejected"],
    "extract what is rejected as a table": ["extract", "{some}", "--rejected", "--format", "table"],
    "diff": ["diff", "{before}", "{report}"],
    "diff as JSON": ["diff", "{before}", "{report}", "--format", "json"],
    "verify": ["verify", "{report}"],
    "review": ["review", payloads.EVENT, "--reviewer", f"Ada {payloads.EVERYTHING}", "--again"],
    "score": ["score", "{labels}", "--show", "20"],
}
FAULTY = {
    "add": [
        "add",
        "harborport",
        "{articles}",
        "{absent}",
        f"javascript:{payloads.SHORT}",
        "--data",
        "{others}",
    ],
    "extract": ["extract", "{empty}"],
    "diff": ["diff", "{empty}", "{report}"],
    "verify": ["verify", "{empty}"],
    "score": ["score", "{faulty}"],
    "run": ["run", payloads.SHORT],
    "new": ["new", "harborport", "--title", payloads.EVERYTHING],
    "explain": ["explain", payloads.SHORT],
    "record": ["record", payloads.SHORT, "--on", "2023-05-08"],
    "review": ["review", payloads.SHORT, "--reviewer", "Ada"],
}


@pytest.fixture(scope="session")
def places(hostile, before, labels) -> dict[str, str]:
    """What stands in braces in a command."""
    claims = hostile.table("claims")
    empty = hostile.root / f"empty {payloads.SHORT.replace('/', '_')}"
    empty.mkdir()
    some = hostile.root / "some"
    for pattern in ("articles/-0*", "coded/*"):
        path = next(hostile.event.glob(pattern))
        (some / path.parent.name).mkdir(parents=True)
        shutil.copy(path, some / path.parent.name)
    faulty = labels.with_name("faulty.jsonl")
    faulty.write_text(json.dumps({"file": 1, "claims": [{payloads.SHORT: 1}]}))
    return {
        "articles": str(hostile.event / "articles"),
        "some": str(some),
        "report": str(hostile.report),
        "before": str(before),
        "labels": str(labels),
        "faulty": str(faulty),
        "empty": str(empty),
        "others": str(hostile.root / "others"),
        "absent": str(empty / "absent.md"),
        "claim": claims.filter(actor_id="rl-health")["claim_id"].min(),
        "row": claims.filter(rule="coded table")["claim_id"].min(),
    }


def filled(arguments: list[str], places: dict[str, str]) -> list[str]:
    return [re.sub(r"^\{(\w+)\}", lambda found: places[found[1]], one) for one in arguments]


def test_a_run_prints_words_and_nothing_else(hostile):
    said = hostile.ran
    assert acting(said.stdout + said.stderr) == set()
    assert r"\x1b]8;;" in said.stdout, "what is not printable is told by its code"
    assert payloads.RICH in said.stdout, "no letter is read as markup or as a picture"
    assert not re.search(r"^\s*(::|##\[)", said.stdout, re.MULTILINE), "no command to a runner of CI"


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_prints_words_and_nothing_else(hostile, places, name):
    done = hostile.command(*filled(COMMANDS[name], places), typed="?\nm\nvalue\nmany\n\ns\nq\n")
    assert "Traceback" not in done.output
    assert done.exception is None or isinstance(done.exception, SystemExit)
    assert acting(done.stdout + done.stderr) == set()
    assert done.stdout


@pytest.mark.parametrize("name", FAULTY)
def test_what_a_command_cannot_do_is_said_in_words(hostile, places, name):
    done = hostile.command(*filled(FAULTY[name], places))
    assert done.exit_code in (1, 2)
    assert isinstance(done.exception, SystemExit)
    assert acting(done.output) == set()
    assert done.output


def test_csv_keeps_tabs_and_signs_of_no_width_but_none_that_acts(hostile, places):
    said = hostile.command("extract", places["some"], "--format", "csv").stdout
    assert acting(said) <= {"U+0009", "U+200B", "U+200F", "U+00AD"}


def test_json_gives_back_every_character(hostile, places):
    said = hostile.command("extract", places["some"]).stdout
    row = next(row for row in map(json.loads, said.splitlines()) if row["rule"] == "coded table")
    assert payloads.BIDI in row["attribution"]


def test_a_table_on_a_terminal_has_no_link_and_no_colour_of_its_own(hostile, places):
    done = hostile.command(
        "extract", places["some"], "--format", "table", FORCE_COLOR="1", TERM="xterm-256color", COLUMNS="9000"
    )
    assert "\x1b[1m" in done.stdout, "this is as on a terminal"
    assert acting(re.sub(r"\x1b\[[\d;]*m", "", done.stdout)) == set()
    assert payloads.RICH in done.stdout


def test_a_statement_is_a_line_of_the_record(hostile):
    said = hostile.command(*COMMANDS["record"]).stdout
    questions = ("killed", "missing", "detained", "injured", "arrest")
    assert all(line.startswith(("  ", *questions)) for line in said.splitlines())
