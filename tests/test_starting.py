"""`counterclaim new`: a folder that explains itself, and never a change to what is there."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from dataclasses import MISSING, fields
from pathlib import Path

import pytest
from saved import page

from pipeline.coded.layout import names
from pipeline.config.keys import ENTRIES, EVENT, FIGURES
from pipeline.events import Event, EventError, discover, load
from pipeline.fetch.adding import event_folder
from pipeline.starting import start, template

# What no event.toml can say: where the event is, and what is wrong with the file.
NOT_SAID = {"event_id", "root", "files", "mistakes"}


def counterclaim(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pipeline", *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)


def uncommented(text: str) -> str:
    """The template with its examples in use: a line of an example begins with # and no space."""
    return re.sub(r"^#(?=[^ \n])", "", text, flags=re.MULTILINE)


def test_a_new_event_loads_as_it_is_written(tmp_path):
    folder = start(tmp_path / "data", "riverton-2023", "Riverton, May 2023")
    event = load(folder)
    assert (event.event_id, event.title, event.mistakes) == ("riverton-2023", "Riverton, May 2023", ())
    assert list((folder / "articles").iterdir()) == []
    assert [one.event_id for one in discover(tmp_path / "data")] == ["riverton-2023"]


def test_with_every_example_in_use_every_field_of_an_event_is_filled(tmp_path):
    folder = start(tmp_path, "riverton-2023")
    (folder / "event.toml").write_text(uncommented(template("Riverton")), encoding="utf-8")
    event = load(folder)
    assert event.mistakes == ()
    bare = load(start(tmp_path, "bare"))
    unfilled = {
        one.name
        for one in fields(Event)
        if one.name not in NOT_SAID | {"tolerance"} and getattr(event, one.name) == getattr(bare, one.name)
    }
    assert unfilled == set()
    assert all(one.default is not MISSING for one in fields(Event) if one.name not in NOT_SAID | {"title"})


def test_every_kind_of_entry_has_an_example_and_all_that_it_needs():
    values = tomllib.loads(uncommented(template("Riverton")))
    assert ENTRIES[EVENT].all.keys() <= values.keys()
    for heading, known in ENTRIES.items():
        if heading in (EVENT, FIGURES):
            continue
        first, _, inner = heading.partition(".")
        rows = values[first][inner] if inner else values[first]
        assert known.needed.keys() <= rows[0].keys(), heading


def test_the_template_names_every_metric_that_there_is():
    text = " ".join(line.strip("# ") for line in template("Riverton").splitlines())
    listed = re.search(r"Metrics: ([a-z_, ]+), and your own", text)
    assert listed
    assert set(listed[1].split(", ")) == names("metric") - {"all", "side_a", "side_b"}


@pytest.mark.parametrize("title", ['The "big" flood', "C:\\pages", "Überfälle – mai 2023", "’#=[["])
def test_any_title_is_kept_as_it_is_given(tmp_path, title):
    event = load(start(tmp_path, "riverton", title))
    assert (event.title, event.mistakes) == (title, ())


@pytest.mark.parametrize("title", ["", " ", "two\nlines", "\x1b[31mred", "half \udcff", "end\x7f"])
def test_a_title_that_is_none_is_told_and_nothing_is_made(tmp_path, title):
    with pytest.raises(EventError, match="is no title"):
        start(tmp_path / "data", "riverton", title)
    assert not (tmp_path / "data").exists()


def test_without_a_title_the_name_is_one(tmp_path):
    assert load(start(tmp_path, "riverton-2023")).title == "Riverton 2023"


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("Riverton 2023", "riverton-2023"),
        ("../riverton", "riverton"),
        ("riverton/2023", "riverton-2023"),
        ("river--ton", "river-ton"),
        (".riverton", "riverton"),
        ("Ривертон", "event"),
        ("", "event"),
        ("a" * 101, "a" * 100),
    ],
)
def test_a_name_that_is_not_safe_is_told_with_one_that_is(tmp_path, name, safe):
    with pytest.raises(EventError, match=f"for example {safe}$"):
        start(tmp_path / "data", name)
    assert not (tmp_path / "data").exists()


def test_what_exists_is_never_changed(tmp_path):
    config = start(tmp_path, "riverton", "First") / "event.toml"
    with pytest.raises(EventError, match=r"exists already; edit .*event\.toml"):
        start(tmp_path, "riverton", "Second")
    assert load(config.parent).title == "First"
    (tmp_path / "empty").mkdir()
    (tmp_path / "a-file").write_text("mine")
    (tmp_path / "a-link").symlink_to("nowhere")
    for name in ("empty", "a-file", "a-link"):
        with pytest.raises(EventError, match="exists already"):
            start(tmp_path, name)
    assert list((tmp_path / "empty").iterdir()) == []
    assert (tmp_path / "a-file").read_text() == "mine"


def test_an_event_whose_folder_has_another_name_for_the_same_id_is_found(tmp_path):
    (tmp_path / "Riverton 2023" / "articles").mkdir(parents=True)
    with pytest.raises(
        EventError, match=r"Riverton 2023 exists already, without event\.toml; start one under"
    ):
        start(tmp_path, "riverton-2023")


def test_an_event_is_not_started_inside_another(tmp_path):
    folder = start(tmp_path, "riverton")
    with pytest.raises(EventError, match="is an event itself"):
        start(folder, "harborport")


def test_nothing_is_left_where_nothing_can_be_written(tmp_path, monkeypatch):
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(OSError, match="No space"):
        start(tmp_path, "riverton")
    assert list(tmp_path.iterdir()) == []


def test_pages_are_added_to_it_by_command_and_by_hand(tmp_path):
    (tmp_path / "page.html").write_bytes(page())
    assert counterclaim("new", "riverton", cwd=tmp_path).returncode == 0
    added = counterclaim("add", "riverton", "page.html", cwd=tmp_path)
    assert added.returncode == 0, added.stdout + added.stderr
    articles = event_folder(tmp_path / "data", "riverton") / "articles"
    (articles / "dropped.html").write_bytes(page(title="Another"))
    assert [path.name for path in load(articles.parent).files] == ["dropped.html", "page.html"]


def test_the_command_says_what_to_do_next_in_commands_that_work(tmp_path):
    done = counterclaim("new", "riverton", "--title", "Riverton", "--data", "my events", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "counterclaim add riverton page1.html page2.html --data 'my events'" in done.stdout
    assert "counterclaim run riverton --data 'my events'" in done.stdout
    assert load(tmp_path / "my events" / "riverton").title == "Riverton"


def test_the_command_ends_with_2_and_a_remedy_where_the_name_is_taken_or_unsafe(tmp_path):
    assert counterclaim("new", "riverton", cwd=tmp_path).returncode == 0
    for name, words in (("riverton", "exists already"), ("River Ton", "for example river-ton")):
        done = counterclaim("new", name, cwd=tmp_path)
        assert done.returncode == 2
        assert words in done.stderr
        assert "Traceback" not in done.stderr


def test_the_command_ends_with_1_where_nothing_can_be_written(tmp_path):
    (tmp_path / "data").write_text("a file where a folder should be")
    done = counterclaim("new", "riverton", cwd=tmp_path)
    assert done.returncode == 1
    assert "cannot write to data" in done.stderr
