from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.events import load
from pipeline.ingest.articles import ingest
from pipeline.ingest.copies import copies

MORNING = (
    "Shops in the old town of Riverton stayed shut on Tuesday morning while soldiers stood at every bridge. "
    "The market, which usually opens before dawn, was swept by two men who would not give their names. "
)
HOSPITAL = (
    "Doctors at the central hospital said they had treated 40 people since the weekend, most of them hurt "
    "by falling glass, and had sent the worst cases by road to the capital before the highway was closed. "
)
EVENING = (
    "By evening the trams ran again as far as the university, and a loudspeaker van told families that bread "
    "would be handed out from the back of the post office until nine. "
)
OTHER = (
    "Fishermen on the lower lake said the season had begun three weeks late because ice held in the bays, "
    "and that prices at the landing stage were twice those of the spring before. The harbour master keeps "
    "a ledger of every boat and hopes that the summer will make up for what the winter took from them. "
)


@pytest.fixture
def read(make_event, article):
    """What an event of these texts is read into: outlet n prints on 10 May plus `step` times n."""

    def event(*texts: str, step: int = 1):
        files = {
            f"a{n}": article(text, outlet=f"Outlet {n}", published=f"2023-05-{10 + step * n:02}")
            for n, text in enumerate(texts)
        }
        return ingest(load(make_event(**files)))

    return event


@pytest.fixture
def found(read):
    """Of each text that has a copy (a0, a1 …) the first of its group and its twin."""

    def rows(*texts: str, step: int = 1) -> dict[str, tuple[str, str]]:
        given = read(*texts, step=step)
        name = {
            key: path.removeprefix("articles/").removesuffix(".md")
            for key, path in given.articles.select("article_id", "raw_path").iter_rows()
        }
        table = copies(given.articles, given.furniture).select("article_id", "copy_group", "twin")
        return {name[own]: (name[first], name[twin]) for own, first, twin in table.iter_rows()}

    return rows


def test_a_verbatim_copy_is_found_and_goes_back_to_the_first_to_print(found):
    text = MORNING + HOSPITAL + EVENING
    assert found(text, text, OTHER) == {"a0": ("a0", "a1"), "a1": ("a0", "a0")}


def test_the_first_to_print_is_told_by_day_and_not_by_file(found):
    text = MORNING + HOSPITAL + EVENING
    assert found(text, text, OTHER, step=-1) == {"a0": ("a1", "a1"), "a1": ("a1", "a0")}


@pytest.mark.parametrize(
    "copy",
    [
        pytest.param(HOSPITAL, id="trimmed"),
        pytest.param(EVENING + MORNING + HOSPITAL, id="reordered"),
        pytest.param(MORNING.upper() + HOSPITAL, id="in capitals"),
        pytest.param(
            (MORNING + HOSPITAL).replace("Tuesday", "9 May").replace("said", "told us"), id="edited"
        ),
        pytest.param(OTHER[:150] + MORNING + HOSPITAL, id="with a paragraph of its own"),
    ],
)
def test_a_copy_that_was_worked_on_is_found(found, copy):
    assert found(MORNING + HOSPITAL + EVENING, copy).keys() == {"a0", "a1"}


def test_articles_that_share_a_quotation_are_no_copies(found):
    quoted = " ".join(HOSPITAL.split()[:16])
    assert found(MORNING + EVENING + quoted, OTHER + quoted) == {}


def test_short_texts_are_never_copies(found):
    text = "Nine people were killed in Riverton on Tuesday."
    assert found(text, text) == {}


def test_a_copy_is_found_though_another_article_printed_its_background_first(found):
    first = OTHER + EVENING
    assert found(first, MORNING + HOSPITAL + EVENING, MORNING + HOSPITAL + EVENING)["a2"][1] == "a1"


def test_two_trimmed_copies_are_joined_by_the_whole(found):
    groups = found(MORNING, HOSPITAL, MORNING + HOSPITAL + EVENING)
    assert {group for group, _ in groups.values()} == {"a0"}
    assert groups.keys() == {"a0", "a1", "a2"}


def test_what_an_outlet_prints_on_every_page_makes_no_copy(read):
    appeal = (
        "Support our journalism: this newsroom has no owner, carries no advertising and is free to read\n"
    )
    pages = read(appeal + MORNING[:100], appeal + OTHER[:100])
    assert copies(pages.articles, pages.furniture).is_empty()
    assert copies(pages.articles, pages.furniture.clear()).height == 2


def test_no_articles_have_no_copies(found):
    assert found(OTHER) == {}


WORDED = Path(__file__).parent / "copies"
WIRE = (WORDED / "wire.txt").read_text(encoding="utf-8")
PARAGRAPHS = WIRE.split("\n\n")


def told(name: str) -> str:
    return (WORDED / f"{name}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "copy",
    [
        pytest.param(WIRE, id="verbatim"),
        pytest.param("\n\n".join(PARAGRAPHS[:3]), id="trimmed to three paragraphs"),
        pytest.param(PARAGRAPHS[3], id="trimmed to one paragraph"),
        pytest.param("\n\n".join(reversed(PARAGRAPHS)), id="reordered"),
        pytest.param(told("same-event") + "\n\n" + "\n\n".join(PARAGRAPHS[1:4]), id="in a report of its own"),
        pytest.param(told("edited"), id="edited by a desk"),
        pytest.param(
            told("lightly-translated"), id="translated and back, by a machine that keeps the syntax"
        ),
    ],
)
def test_what_a_desk_makes_of_a_wire_is_found(found, copy):
    assert found(WIRE, copy, OTHER).keys() == {"a0", "a1"}


def test_a_free_translation_there_and_back_is_not_found(found):
    """Every sentence built anew: no ten runs of five words are left, and the same event would be a copy."""
    assert found(WIRE, told("translated")) == {}


def test_another_report_of_the_same_event_is_no_copy(found):
    assert found(WIRE, told("same-event")) == {}


def test_one_long_statement_in_two_short_reports_makes_no_copy(found):
    assert found(told("statement"), told("statement-elsewhere")) == {}


def test_without_its_marks_the_statement_would_be_a_copy(found):
    bare = [told(name).replace('"', "") for name in ("statement", "statement-elsewhere")]
    assert found(*bare).keys() == {"a0", "a1"}


def test_the_longest_passage_is_shown_by_its_characters_in_both_texts(read):
    given = read(WIRE, told("edited"))
    text = dict(given.articles.select("article_id", "text").iter_rows())
    row = copies(given.articles, given.furniture).row(0, named=True)
    shown = text[row["article_id"]][row["start"] : row["end"]]
    assert shown == text[row["twin"]][row["twin_start"] : row["twin_end"]]
    assert shown.startswith("doctors and two city officials said.")
    assert shown.endswith("which the army closed to civilians")


def test_many_copies_of_one_text_are_one_group(found):
    groups = found(*(f"Desk {n}. {WIRE}" for n in range(12)))
    assert len(groups) == 12
    assert {first for first, _ in groups.values()} == {"a0"}


def test_the_order_of_the_rows_changes_nothing(read):
    given = read(WIRE, told("edited"), told("lightly-translated"), OTHER)
    turned = copies(given.articles.reverse(), given.furniture.reverse())
    assert turned.equals(copies(given.articles, given.furniture))
