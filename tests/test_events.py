from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.events import EventError, discover, load

CONFIG = """
title = "Riverton, May 2023"
place = "Riverton"
window = { start = 2023-05-01, end = 2023-05-31 }

[[places]]
id = "rv"
name = "Riverton"
kind = "city"
aliases = ["River Town"]

[[actors]]
id = "rv-police"
name = "Riverton police"
side = "authorities"
aliases = ["police"]
"""


def test_a_data_folder_holds_events_in_order_of_name(make_event, tmp_path):
    make_event("b-town", one="text")
    make_event("a-town", one="text")
    assert [event.event_id for event in discover(tmp_path / "data")] == ["a-town", "b-town"]


def test_an_event_folder_is_read_with_its_config(make_event):
    event = load(make_event(config=CONFIG, one="text", two="text"))
    assert (event.event_id, event.title, event.place) == ("riverton-2023", "Riverton, May 2023", "Riverton")
    assert event.window is not None
    assert event.window[1].isoformat() == "2023-05-31"
    assert event.places[0].aliases == ("River Town",)
    assert event.actors[0].side == "authorities"
    assert [path.name for path in event.files] == ["one.md", "two.md"]


def test_a_bare_folder_and_a_single_file_are_events_too(tmp_path):
    (tmp_path / "saved pages").mkdir()
    file = tmp_path / "saved pages" / "One Page.txt"
    file.write_text("text")
    (folder,) = discover(tmp_path / "saved pages")
    (single,) = discover(file)
    assert (folder.event_id, folder.files) == ("saved-pages", (file,))
    assert (single.event_id, single.files) == ("one-page", (file,))


def test_a_file_of_an_event_knows_the_events_places(make_event):
    folder = make_event(config=CONFIG, one="text", two="text")
    (event,) = discover(folder / "articles" / "one.md")
    assert [place.name for place in event.places] == ["Riverton"]
    assert [path.name for path in event.files] == ["one.md"]


@pytest.mark.parametrize(
    "config",
    [
        "title = ",
        "place = 'nowhere'",
        'title = "x"\n[[actors]]\nid = "a"\nname = "A"\nside = "them"',
        'title = "x"\nlexicon = "y"',
        'title = "x"\nwindow = { start = "2023-05-01", end = "2023-05-31" }',
        'title = "x"\n[[coded]]\nfile = "own.csv"\nfigures = ["killed"]',
        'title = "x"\n[[coded]]\nfile = "own.csv"\nfigures = [{ metric = "kiled", best = "dead" }]',
    ],
)
def test_a_config_that_cannot_be_used_is_said_and_the_event_still_read(make_event, config):
    event = load(make_event(config=config, one="text"))
    assert event.config_error
    assert len(event.files) == 1


def test_no_event_says_what_to_do(tmp_path):
    with pytest.raises(EventError, match=r"make a folder .*articles"):
        discover(tmp_path)
    with pytest.raises(EventError, match="does not exist"):
        discover(Path("no-such-folder"))


def test_hidden_files_and_the_events_own_files_are_not_articles(make_event):
    folder = make_event(one="text")
    (folder / "articles" / ".DS_Store").write_bytes(b"\0")
    (folder / "articles" / "README.md").write_text("about these files")
    assert [path.name for path in load(folder).files] == ["one.md"]
