"""Hostile files among good ones: each is a row of problems that says what to do, and the rest is read."""

from __future__ import annotations

import os
import zipfile

import pytest
from declared import violations
from saved import LEAD, archive, page, response

from pipeline.events import load
from pipeline.ingest.articles import ingest
from pipeline.limits import Limits
from pipeline.schema import PROBLEMS

LIMITS = Limits(page_bytes=3_000_000, page_seconds=5)


@pytest.fixture
def folder(tmp_path):
    """An event's folder of articles with one good page."""
    inner = tmp_path / "riverton-2023" / "articles"
    inner.mkdir(parents=True)
    (inner / "good.html").write_bytes(page(head='<meta name="date" content="2023-05-04">'))
    return inner


def problems(folder) -> dict[str, str]:
    """Each problem's message by its path; the good page is read, whatever lies beside it."""
    found = ingest(load(folder.parent), limits=LIMITS)
    good = found.articles.filter(found.articles["raw_path"] == "articles/good.html")
    assert LEAD in good["text"].item()
    assert violations(PROBLEMS, found.problems) == []
    assert found.problems["remedy"].str.len_chars().min() or found.problems.is_empty()
    return {row["path"].removeprefix("articles/"): row["message"] for row in found.problems.to_dicts()}


def test_a_page_of_50_megabytes_is_refused_by_its_size(folder):
    (folder / "huge.html").write_bytes(b"<p>12 people died.</p>" * 2_500_000)
    assert problems(folder) == {"huge.html": "is too large"}


def test_a_page_that_takes_for_ever_is_stopped(folder):
    (folder / "slow.html").write_bytes(page("<span>" * 400_000 + LEAD))
    found = problems(folder)
    assert found.keys() == {"slow.html"}
    assert found["slow.html"] in {
        "takes longer to read than it may",
        "is nested too deep: what lies deepest would be lost",
    }


def test_links_out_of_the_folder_are_not_followed(folder, tmp_path):
    (tmp_path / "secret.txt").write_text("99 people died.")
    (tmp_path / "secrets").mkdir()
    (folder / "out.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "up.txt").symlink_to("../../secret.txt")
    (folder / "nowhere.txt").symlink_to("nothing.txt")
    (folder / "inner").symlink_to(".")
    assert problems(folder) == {
        "out.txt": "is a link to outside of the event's folder",
        "up.txt": "is a link to outside of the event's folder",
        "nowhere.txt": "is a link to nothing",
        "inner": "is a link to a folder, which is not followed",
    }


def test_a_pipe_is_not_waited_for(folder):
    os.mkfifo(folder / "pipe.txt")
    assert problems(folder) == {"pipe.txt": "is no plain file"}


def test_names_with_control_characters_are_shown_by_their_codes(folder):
    for name in (b"a\nb.pdf", b"c\x1b[31m.pdf", b"d\xff.pdf", "e\u202e.pdf".encode()):
        with open(os.path.join(os.fsencode(folder), name), "wb") as file:  # noqa: PTH118, PTH123 bytes
            file.write(b"%PDF")
    assert problems(folder).keys() == {"a\\nb.pdf", "c\\x1b[31m.pdf", "d\\udcff.pdf", "e\\u202e.pdf"}


def test_bombs_in_archives_are_refused_and_the_rest_of_the_archive_is_read(folder):
    bomb = response(b"a" * 30_000_000)
    (folder / "bomb.warc.gz").write_bytes(archive([bomb, response(page())]))
    with zipfile.ZipFile(folder / "bomb.wacz", "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("archive/a.warc", bomb)
        file.writestr("archive/../../b.warc", bomb)
    found = problems(folder)
    assert found.pop("bomb.warc.gz") == "record #1 is too large"
    assert found.pop("bomb.warc.gz#2").startswith("no date of publication")
    assert set(found) == {"bomb.wacz"}
    assert not (folder.parent / "b.warc").exists()


def test_front_matter_that_grows_without_end_is_refused(folder):
    lines = ["a0: &a0 [x, x, x]"] + [f"a{n}: &a{n} [{f'*a{n - 1}, ' * 9}]" for n in range(1, 12)]
    (folder / "bomb.md").write_text("---\n" + "\n".join(lines) + "\ntitle: *a11\n---\nTwelve died.\n")
    (folder / "long.md").write_text("---\n" + "x: 1\n" * 100_000 + "---\nTwelve died.\n")
    found = problems(folder)
    assert "references" in found["bomb.md"]
    assert "longer than" in found["long.md"]


def test_files_that_a_browser_saves_beside_a_page_are_no_articles(folder):
    beside = folder / "good_files"
    beside.mkdir()
    (beside / "script.js").write_text("12 people died")
    assert problems(folder) == {}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may open everything")
def test_what_may_not_be_opened_is_said(folder):
    (folder / "closed.txt").write_text("12 people died.")
    (folder / "closed.txt").chmod(0)
    (folder / "shut").mkdir(mode=0)
    found = problems(folder)
    assert found == {
        "closed.txt": "cannot be opened: Permission denied",
        "shut": "is a folder that cannot be opened",
    }


def test_an_article_in_another_language_is_used_and_said(folder):
    russian = "Не менее двенадцати человек погибли во вторник в Ривертоне, сообщил мэр города."
    (folder / "ru.md").write_text(f"---\npublished: 2023-05-04\n---\n{russian}\n")
    assert problems(folder)["ru.md"].startswith("its language is ru: only English is read")


def test_of_an_archive_of_nothing_the_first_problems_are_told_and_the_rest_counted(folder):
    (folder / "empty.jsonl").write_text("{}\n" * 250)
    found = problems(folder)
    assert len(found) == 101
    assert found["empty.jsonl"] == "150 more problems of this kind and others"
