"""A person goes through claims at a terminal: what is shown and written, and that leaving loses nothing."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from rich.console import Console
from road import walk
from test_cli import counterclaim

from pipeline.events import load
from pipeline.extract.lexicon import load_lexicon
from pipeline.review.reading import read
from pipeline.review.sheet import SheetError
from pipeline.reviewing import Task, review

SAID = {
    "one": ("[b]Bold[/b] words: the mayor said 12 people were killed in Riverton.", "Post", 3),
    "two": ("The mayor said 12 people were killed in Riverton.\x1b[2J", "News", 4),
    "three": ("The mayor said 12 people were killed in Riverton.", "Wire", 5),
}
COUNT = 3


@pytest.fixture
def folder(make_event, article) -> Path:
    """Three outlets that carry one statement: a finding that rests on three claims."""
    return make_event(
        **{
            name: article(text, outlet, f"2023-05-0{day}", f"https://example.org/{name}")
            for name, (text, outlet, day) in SAID.items()
        }
    )


def sit(folder: Path, *typed: str, again: bool = False, reviewer: str = "Ann", terminal: bool = False) -> str:
    """What a person sees who types these lines and then ends the input."""
    event = load(folder)
    tables = walk(folder)
    lines: Iterator[str] = iter(typed)

    def ask() -> str:
        for line in lines:
            if line == "Ctrl-C":
                raise KeyboardInterrupt
            return line
        raise EOFError

    console = Console(file=io.StringIO(), width=100, force_terminal=terminal)
    task = Task(event, load_lexicon(event).actors, tables, reviewer, date(2023, 5, 11))
    review(console, ask, task, again=again)
    return console.file.getvalue()


def decisions(folder: Path) -> list[tuple[str, ...]]:
    event = load(folder)
    return [
        (one.verdict, one.field, one.value, one.reviewer, one.reason)
        for one in read(event.root, event.reviews).decisions
    ]


def test_a_claim_is_shown_in_its_sentence_with_its_source_and_why(folder):
    shown = sit(folder)
    assert f"[1 of {COUNT}]" in shown
    assert "3 outlets carry one statement" in shown
    assert "the mayor said ⟦12 people were killed⟧ in Riverton." in shown
    assert "Post, 3 May 2023, https://example.org/one" in shown
    assert "metric        killed" in shown


def test_words_of_articles_are_neither_markup_nor_orders_to_the_terminal(folder):
    shown = sit(folder, "s", "s", terminal=True)
    assert "[b]Bold[/b] words" in shown
    assert "\x1b[2J" not in shown
    assert "\x1b[1;7m12 people were killed" in shown


def test_every_decision_is_written_at_once_with_who_when_why_and_how_to_find_it(folder):
    sit(folder, "a", "r", "no such thing", "Ctrl-C")
    event = load(folder)
    first, second = read(event.root, event.reviews).decisions
    assert (first.verdict, first.reviewer, first.decided_on) == ("accept", "Ann", date(2023, 5, 11))
    assert (first.anchor.article, first.anchor.quote) == ("https://example.org/one", "12 people were killed")
    assert (second.verdict, second.reason) == ("reject", "no such thing")


def test_what_was_decided_is_not_shown_again_unless_asked_for(folder):
    sit(folder, "a")
    assert f"[1 of {COUNT - 1}]" in sit(folder)
    assert "Ann: accept" in sit(folder, again=True)
    sit(folder, "a", "a")
    assert "nothing is left to review" in sit(folder)


def test_amending_tells_what_may_stand_there_and_what_follows(folder):
    shown = sit(folder, "m", "nose", "value", "many", "value", "15", "metric", "injured", "", "he wrote it")
    assert "nose cannot be amended" in shown
    assert "must be a whole number such as 1678, not 'many'" in shown
    assert "one of abducted" in shown
    assert "low: 12 → 15" in shown
    assert decisions(folder) == [
        ("amend", "value", "15", "Ann", "he wrote it"),
        ("amend", "metric", "injured", "Ann", "he wrote it"),
    ]
    assert walk(folder)["claims"].filter(reviewed="amend")["value"].to_list() == [15]


def test_values_that_do_not_go_together_are_asked_for_again(folder):
    shown = sit(folder, "m", "modifier", "range", "", "low", "10", "high", "20", "", "")
    assert "amend low and high" in shown
    assert [row[1:3] for row in decisions(folder)] == [("modifier", "range"), ("low", "10"), ("high", "20")]


def test_an_amendment_that_is_thought_better_of_writes_nothing(folder):
    shown = sit(folder, "m", "value", "", "", "q")
    assert decisions(folder) == []
    assert shown.count(f"[1 of {COUNT}]") == 2


def test_a_field_can_be_emptied(folder):
    sit(folder, "m", "attribution", "-", "", "")
    assert decisions(folder) == [("amend", "attribution", "", "Ann", "")]
    assert walk(folder)["claims"].filter(reviewed="amend")["actor_id"].to_list() == [None]


def test_back_takes_the_last_decision_back_and_shows_its_claim(folder):
    shown = sit(folder, "b", "a", "s", "b", "b", "r", "", "q")
    assert "this is the first" in shown
    assert decisions(folder) == [("reject", "", "", "Ann", "")]
    assert "1 rejected" in shown


def test_what_others_write_meanwhile_and_what_people_wrote_by_hand_is_kept(folder):
    path = folder / "reviews.csv"
    claim_id = walk(folder)["claims"]["claim_id"][0]
    by_hand = f"mood,claim_id,verdict\n# mine\nglad,{claim_id},accept\n,c0,reject\n"
    path.write_text(by_hand, encoding="utf-8")
    sit(folder, "a")
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("mood,claim_id,verdict,field,value,reviewer,date,reason,article")
    assert lines[1] == "# mine"
    assert lines[2].startswith(f"glad,{claim_id},accept,,,,,,https://example.org/")
    assert lines[3] == ",c0,reject"
    assert lines[4].startswith(",c")
    assert len(lines) == 5


def test_a_file_that_must_be_mended_first_is_left_alone(folder):
    path = folder / "reviews.csv"
    for text in ("who,what\n", 'claim_id,verdict\nc1,"accept\n', "claim_id,verdict\nc1,accept,so\n"):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(SheetError):
            sit(folder, "a")
        assert path.read_text(encoding="utf-8") == text


def test_help_and_unknown_keys_say_what_the_keys_are(folder):
    assert "it is left out of every comparison" in sit(folder, "?", "q")
    assert "it is left out of every comparison" in sit(folder, "dance")


def test_names_and_reasons_are_one_line_and_no_formula(folder):
    sit(folder, "r", "=cmd|' /C calc'!A0", reviewer="Ann")
    written = (folder / "reviews.csv").read_text(encoding="utf-8")
    assert "'=cmd|" in written
    assert decisions(folder)[0][4] == "=cmd|' /C calc'!A0"


# ---------------------------------------------------------------- the command


def reviewing(*arguments: str | Path, typed: str, cwd: Path, **environment: str):
    command = [sys.executable, "-m", "pipeline", "review", *map(str, arguments)]
    return subprocess.run(
        command,
        cwd=cwd,
        input=typed,
        capture_output=True,
        text=True,
        check=False,
        env=_environment(environment),
    )


def _environment(given: dict[str, str]) -> dict[str, str]:
    known = {
        name: value for name, value in os.environ.items() if not name.startswith(("COUNTERCLAIM_", "DAGSTER"))
    }
    return known | given


def test_the_command_reads_a_pipe_and_the_next_run_applies_it(folder, tmp_path):
    assert counterclaim("run", cwd=tmp_path).returncode == 0
    done = reviewing("riverton-2023", typed="Ann\nr\na misprint\na\nq\n", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "1 accepted, 1 rejected, 0 amended; 1 of 3 claims are left" in done.stdout
    (folder / "reviews.csv").open("a").write("c0,reject\n")
    run = counterclaim("run", cwd=tmp_path)
    assert run.returncode == 0, run.stdout
    tables = tmp_path / "reports" / "riverton-2023" / "tables"
    assert "a misprint" in (tables / "reviews.csv").read_text(encoding="utf-8")
    assert "review_without_claim" in (tables / "findings.csv").read_text(encoding="utf-8")
    verified = counterclaim("verify", "reports/riverton-2023", cwd=tmp_path)
    assert verified.returncode == 0, verified.stderr + verified.stdout
    named = reviewing("riverton-2023", typed="q\n", cwd=tmp_path, COUNTERCLAIM_REVIEWER="Ben")
    assert "nothing is left to review" in named.stdout
    assert "your name" not in named.stdout
    nobody = reviewing("riverton-2023", typed="", cwd=tmp_path)
    assert (nobody.returncode, "give yours with --reviewer" in nobody.stderr) == (2, True)


def test_killed_in_the_middle_it_has_lost_nothing(folder, tmp_path):
    assert counterclaim("run", cwd=tmp_path).returncode == 0
    process = subprocess.Popen(
        [sys.executable, "-m", "pipeline", "review", "riverton-2023", "--reviewer", "Ann"],
        cwd=tmp_path, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=_environment({}),
    )  # fmt: skip
    process.stdin.write("a\nr\n")
    process.stdin.flush()
    for _ in range(200):
        if (folder / "reviews.csv").exists():
            break
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert decisions(folder) == [("accept", "", "", "Ann", "")]
    assert not list(folder.glob(".reviews*"))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["riverton-2023"], "does not exist; make it with `counterclaim run`"),
        (["atlantis"], "no event atlantis"),
    ],
)
@pytest.mark.usefixtures("folder")
def test_what_cannot_be_reviewed_says_why(tmp_path, arguments, message):
    done = reviewing(*arguments, typed="", cwd=tmp_path)
    assert done.returncode == 2
    assert message in done.stderr
    assert done.stderr.count("\n") == 1
