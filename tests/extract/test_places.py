"""Where, for events that say where they are and for folders that do not."""

from __future__ import annotations

from pathlib import Path

import pytest
from riverland import claims_in

from pipeline.events import countries, load
from pipeline.extraction import extract_from


def articles(folder: Path, *texts: str) -> Path:
    """A bare folder of articles."""
    for number, text in enumerate(texts):
        (folder / f"{number:02d}.md").write_text(f"---\noutlet: Post\n---\n{text}\n", encoding="utf-8")
    return folder


def places(folder: Path) -> list[str | None]:
    claims = extract_from([folder])[0]
    return claims.sort("document", "start").get_column("place").to_list()


def test_every_country_has_a_code_of_its_own_and_no_name_is_of_two():
    codes = [place.country for place in countries()]
    names = [name.lower() for place in countries() for name in (place.name, *place.aliases)]
    assert len(codes) == len(set(codes)) > 190
    assert len(names) == len(set(names))


def test_a_claim_without_a_place_is_about_the_country_that_its_article_names(tmp_path):
    articles(tmp_path, "Floods in Peru killed 12 people.\n\nPolice said later that 15 people had died.")
    assert places(tmp_path) == ["Peru", "Peru"]


def test_an_adjective_counts_less_than_a_name(tmp_path):
    articles(tmp_path, "Chadian troops reached Niger. Chadian officers said that 12 people were killed.")
    assert places(tmp_path) == ["Niger"]


def test_articles_that_agree_speak_for_one_that_does_not_say(tmp_path):
    said = [f"In Peru police said {number} people were killed." for number in range(12, 18)]
    articles(tmp_path, *said, "Police said 40 people were killed.")
    assert set(places(tmp_path)) == {"Peru"}


def test_stories_of_many_countries_do_not_speak_for_each_other(tmp_path):
    named = ("Peru", "Chad", "Nepal", "Kenya", "Oman")
    articles(tmp_path, *(f"Police in {name} said 12 people were killed. Later 15 died." for name in named))
    assert places(tmp_path) == [name for name in named for _ in range(2)]


def test_an_event_of_its_own_places_does_not_know_the_world(tmp_path):
    config = 'title = "Riverton"\nplace = "Riverton"\n[[places]]\nid = "rt"\nname = "Riverton"\nkind = "city"'
    (tmp_path / "event.toml").write_text(config, encoding="utf-8")
    assert [place.place_id for place in load(tmp_path).places] == ["rt"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("12 people were killed off Harborport.", "hp"),
        ("12 people were evacuated from the Riverton district.", "rt"),
        ("12 people were killed; the mayor was in Harborport.", None),
    ],
)
def test_a_place_belongs_to_the_claim_it_stands_with(text, place):
    (claim,) = claims_in(text)
    assert claim["place_id"] == place


def test_a_place_before_a_dash_heads_the_entry_of_its_number():
    text = "In Riverton 103 people died, two children among them, in Harborport – 21, in Riverton – eight."
    found = [(claim["value"], claim["place_id"]) for claim in claims_in(text)]
    assert found == [(103, "rt"), (2, "rt"), (21, "hp"), (8, "rt")]
