from __future__ import annotations

from declared import violations

from pipeline.events import load
from pipeline.ingest.articles import ingest
from pipeline.schema import ARTICLES, FURNITURE, PROBLEMS


def problems(folder):
    rows = ingest(load(folder)).problems.iter_rows(named=True)
    return {row["path"]: (row["severity"], row["message"]) for row in rows}


def test_files_become_articles_of_the_declared_shape(make_event, article):
    found = ingest(load(make_event(one=article("Three people died.\n4 min read"), two=article("Two died."))))
    assert violations(ARTICLES, found.articles) == []
    assert violations(FURNITURE, found.furniture) == []
    assert found.articles.height == 2
    assert found.furniture.select("start", "end", "pattern").rows() == [(19, 29, "reading time")]
    assert found.problems.equals(PROBLEMS.frame())


def test_an_address_that_was_not_fetched_is_a_problem_until_it_is(make_event, article):
    folder = make_event(good=article("Three people died."))
    told = "# the server answers 404; check the address in a browser\nhttps://example.org/gone\n"
    (folder / "failed.txt").write_text(f"# Addresses that could not be fetched.\n\n{told}")
    assert problems(folder) == {"https://example.org/gone": ("error", "the server answers 404")}


def test_one_broken_file_stops_nothing(make_event, article):
    folder = make_event(
        bad=b"\x00\x01\x02", good=article("Three people died."), undated=article("x", published=None)
    )
    (folder / "articles" / "page.pdf").write_bytes(b"%PDF")
    assert problems(folder) == {
        "articles/bad.md": ("error", "is no text: it holds many zero bytes"),
        "articles/page.pdf": ("error", "files of the kind .pdf are not read"),
        "articles/undated.md": ("warning", "no date of publication: its claims have no place in time"),
    }
    assert ingest(load(folder)).articles.height == 2


def test_an_empty_folder_is_a_problem_with_a_remedy(make_event):
    assert problems(make_event()) == {"articles": ("error", "the folder holds no files")}


def test_the_same_file_twice_is_read_once(make_event, article):
    folder = make_event(one=article("Three died."), twin=article("Three died."))
    assert problems(folder)["articles/twin.md"][0] == "warning"
    assert ingest(load(folder)).articles["raw_path"].to_list() == ["articles/one.md"]


def test_a_config_that_cannot_be_used_is_a_problem(make_event, article):
    folder = make_event(config="title = ", one=article("Three died."))
    assert "the event was read without it" in problems(folder)["event.toml"][1]


def test_an_article_keeps_its_id_when_others_come_and_go(make_event, article):
    folder = make_event(one=article("Three died."))
    alone = ingest(load(folder)).articles["article_id"].to_list()
    (folder / "articles" / "another.md").write_text(article("Nine died."))
    assert set(alone) < set(ingest(load(folder)).articles["article_id"].to_list())


def test_progress_is_told_file_by_file(make_event, article):
    steps = []
    ingest(load(make_event(one=article("a"), two=article("b"))), lambda: steps.append(1))
    assert len(steps) == 2


def test_one_text_under_one_address_is_one_article_and_the_second_file_is_told(make_event, article):
    text, url = "Twelve people died.", "https://example.org/flood"
    folder = make_event(one=article(text, url=url), two=article(text, outlet="Valley News", url=url))
    assert problems(folder) == {
        "articles/two.md": ("warning", "the same page and text as articles/one.md; read once")
    }


def test_an_address_that_is_none_is_not_kept(make_event, article):
    found = ingest(load(make_event(one=article("Twelve people died.", url="javascript:alert(1)")))).articles
    assert found["url"].to_list() == [None]


def test_a_list_of_failures_that_is_a_link_is_not_followed(make_event, article, tmp_path):
    folder = make_event(one=article("Twelve people died."))
    (tmp_path / "secret").write_text("classified\n")
    (folder / "failed.txt").symlink_to(tmp_path / "secret")
    assert problems(folder) == {}
